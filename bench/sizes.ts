import { join } from "node:path";
import { figuresByCategory } from "../commands/character/statistics.js";
import { sortLots } from "../commands/lots/query.js";
import { marketFigures } from "../commands/price/figures.js";
import { bucketsOf } from "../src/charts/buckets.js";
import { Texts } from "../src/kernel/texts.js";
import { gradeOf, type MarketLot, type PricedSale } from "../src/market/index.js";
import { joinPages } from "../test/market/joined-pages.js";
import { numberText, percentText } from "../src/kernel/numbers.js";
import { CharacterStat } from "@zonewire/stalcraft";
import { printTable, round } from "./table.js";

const NOW = new Date("2026-11-24T12:00:00Z");
const DAY = 86_400_000;
/** Up to the longest list that the client takes. */
const SIZES = [1_000, 5_000, 20_000];
const RUNS = 15;
const WARM_UP = 5;

const scattered = (n: number) => Math.abs(Math.sin(n * 12.9898) * 43_758.5453) % 1;
const additional = (n: number) => ({ qlt: n % 6, ptn: n % 16 });

function lots(count: number): MarketLot[] {
  return Array.from({ length: count }, (_, n) => ({
    amount: 1 + (n % 5),
    startPrice: 0,
    buyoutPrice: 1_000 * (1 + scattered(n)),
    startTime: new Date(NOW.getTime() - scattered(n + 0.2) * DAY),
    endTime: new Date(NOW.getTime() + scattered(n + 0.5) * DAY),
    additional: additional(n),
  }));
}

function sales(count: number): PricedSale[] {
  return Array.from({ length: count }, (_, n) => ({
    unit: 1_000 * (1 + scattered(n)),
    amount: 1,
    price: 1_000,
    time: new Date(NOW.getTime() - (n / count) * 14 * DAY),
    grade: gradeOf(additional(n)),
  }));
}

function stats(count: number): CharacterStat[] {
  return Array.from({ length: count }, (_, n) => new CharacterStat({ id: `s${n}`, type: "INTEGER", value: n }, NOW));
}

function figures(listed: readonly MarketLot[], sold: readonly PricedSale[]) {
  const read = { total: listed.length, readAt: NOW, complete: true };
  const market = {
    lots: { ...read, lots: listed },
    sales: { ...read, sales: sold, reachesTo: NOW, full: false },
    outage: undefined,
    readAt: NOW,
  };
  return marketFigures(
    market,
    undefined,
    { item: "x", region: "EU", quality: undefined, level: undefined },
    { now: NOW },
  );
}

/** How long the event loop stands still for the largest lists, in one go. */
export async function benchSizes(): Promise<void> {
  const texts = await Texts.load(join(import.meta.dirname, "../locales"));
  const context = {
    locale: "en" as const,
    t: texts.translator("en"),
    number: (value: number) => numberText("en", value),
    percent: (part: number) => percentText("en", part),
  };
  const glossary = { statistics: new Map(), achievements: new Map() };
  const [from, to] = [NOW.getTime() - 14 * DAY, NOW.getTime()];
  const works: readonly [string, (count: number) => () => unknown][] = [
    ["figures of lots", (count) => prepared(lots(count), (list) => figures(list, []))],
    ["figures of sales", (count) => prepared(sales(count), (list) => figures([], list))],
    ["lots in order", (count) => prepared(lots(count), (list) => sortLots(list, "time_left", "asc"))],
    ["pages of 200 joined", (count) => prepared(pages(lots(count)), (list) => joinPages(list))],
    [
      "buckets of a chart",
      (count) =>
        prepared(
          sales(count).map((sale) => ({ ...sale, quality: 0 })),
          (list) => bucketsOf(list, from, to),
        ),
    ],
    ["statistics by category", (count) => prepared(stats(count), (list) => figuresByCategory(list, glossary, context))],
  ];
  const rows = works.map(([name, work]) => [name, ...SIZES.map((size) => round(fastest(work(size)), 1))]);
  printTable("Milliseconds in one go, the fastest of some runs (aim: 50)", ["of entries", ...SIZES.map(String)], rows);
}

function pages(all: readonly MarketLot[]) {
  return Array.from({ length: Math.ceil(all.length / 180) }, (_, page) => {
    const offset = page * 180;
    return { offset, total: all.length, items: all.slice(offset, offset + 200) };
  });
}

function prepared<T>(list: T, work: (list: T) => unknown): () => unknown {
  return () => work(list);
}

function fastest(work: () => unknown): number {
  const times = Array.from({ length: WARM_UP + RUNS }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return Math.min(...times.slice(WARM_UP));
}
