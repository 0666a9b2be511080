import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { mainFigures, figuresByCategory } from "../../commands/character/statistics.js";
import { sortLots } from "../../commands/lots/query.js";
import { marketFigures } from "../../commands/price/figures.js";
import { bucketsOf } from "../../src/charts/buckets.js";
import { Texts } from "../../src/kernel/texts.js";
import { gradeOf, type MarketLot, type PricedSale } from "../../src/market/index.js";
import { joinPages } from "./joined-pages.js";
import { numberText, percentText } from "../../src/kernel/numbers.js";
import { CharacterStat } from "@zonewire/stalcraft";

const NOW = new Date("2026-11-23T12:00:00Z");
const DAY = 86_400_000;
const FEW = 400;

let texts: Texts;
beforeAll(async () => {
  texts = await Texts.load(join(import.meta.dirname, "../../locales"));
});

/** A list whose entries count how often anything of them is read: work that grows faster than the list shows in it. */
function counted<T extends object>(entries: readonly T[]): { readonly list: T[]; readonly reads: () => number } {
  let reads = 0;
  const handler: ProxyHandler<T> = {
    get(target, key) {
      reads += 1;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  };
  return { list: entries.map((entry) => new Proxy(entry, handler)), reads: () => reads };
}

const scattered = (n: number): number => Math.abs(Math.sin(n * 12.9898) * 43_758.5453) % 1;
const additional = (n: number) => ({ qlt: n % 6, ptn: n % 16 });
const lots = (count: number): MarketLot[] =>
  Array.from({ length: count }, (_, n) => ({
    amount: 1,
    startPrice: 0,
    buyoutPrice: 1_000 * (1 + scattered(n)),
    startTime: NOW,
    endTime: new Date(NOW.getTime() + scattered(n + 0.5) * DAY),
    additional: additional(n),
  }));
const sales = (count: number): PricedSale[] =>
  Array.from({ length: count }, (_, n) => ({
    unit: 1_000 * (1 + scattered(n)),
    amount: 1,
    price: 1_000,
    time: new Date(NOW.getTime() - (n / count) * 14 * DAY),
    grade: gradeOf(additional(n)),
  }));
const stats = (count: number): CharacterStat[] =>
  Array.from({ length: count }, (_, n) => new CharacterStat({ id: `s${n}`, type: "INTEGER", value: n }, NOW));

const readAt = { total: 0, readAt: NOW, complete: true };
const nothing = { ...readAt, lots: [], sales: [], reachesTo: NOW, full: false };
const query = { item: "x", region: "EU", quality: undefined, level: undefined };
const read = (part: Partial<{ lots: MarketLot[]; sales: PricedSale[] }>) => {
  const market = { lots: { ...nothing, ...part }, sales: { ...nothing, ...part }, outage: undefined, readAt: NOW };
  return marketFigures(market, undefined, query, { now: NOW });
};
const context = () => ({
  locale: "en" as const,
  t: texts.translator("en"),
  number: (value: number) => numberText("en", value),
  percent: (part: number) => percentText("en", part),
});

const WORKS: readonly [string, (count: number) => number][] = [
  ["figures of lots", (count) => readsOf(lots(count), (list) => read({ lots: list }))],
  ["figures of sales", (count) => readsOf(sales(count), (list) => read({ sales: list }))],
  ["lots in order", (count) => readsOf(lots(count), (list) => sortLots(list, undefined, undefined))],
  [
    "a chart's buckets",
    (count) => readsOf(sales(count), (list) => bucketsOf(list.map(drawn), NOW.getTime() - 14 * DAY, NOW.getTime())),
  ],
  ["main statistics", (count) => readsOf(stats(count), (list) => mainFigures(list, context()))],
  [
    "statistics by category",
    (count) =>
      readsOf(stats(count), (list) =>
        figuresByCategory(list, { statistics: new Map(), achievements: new Map() }, context()),
      ),
  ],
];

const drawn = ({ unit, amount, time }: PricedSale) => ({ unit, amount, time, quality: 0 });

function readsOf<T extends object>(entries: readonly T[], work: (list: T[]) => unknown): number {
  const { list, reads } = counted(entries);
  work(list);
  return reads();
}

test.each(WORKS)("%s: four times as many take about four times the steps", (_name, work) => {
  const [few, many] = [work(FEW), work(4 * FEW)];
  expect(few).toBeGreaterThan(FEW / 2);
  // Sorting takes a little more than linear; what is quadratic would take 16 times as many.
  expect(many / few).toBeLessThan(5.5);
});

test("pages a hundred times longer than the API's are joined, though nothing tells how they follow on each other", () => {
  const count = 20_000;
  const all = lots(2 * count);
  const pages = [0, 1].map((page) => ({
    offset: page * (count - 20),
    total: 3 * count,
    items: all.slice(page * count, (page + 1) * count),
  }));
  // Comparing each with each would take minutes.
  const { items, gap } = joinPages(pages, ({ buyoutPrice }) => String(buyoutPrice));
  expect([items.length, gap]).toEqual([2 * count, true]);
});
