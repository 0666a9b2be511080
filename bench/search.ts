import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Item } from "../src/items/index.js";
import { parseListing } from "../src/items/listing.js";
import { ENGINES, type Engine } from "./search/engines.js";
import { makeQueries, type Query } from "./search/queries.js";
import { percentile, printTable, round } from "./table.js";

const DATABASE = join(import.meta.dirname, "../../shared/stalzone-database");
/** The set that is measured; the index was tuned on others. */
const SEED = Number(process.env.SEARCH_SEED ?? 2);
const PER_KIND = 200;

interface Outcome {
  readonly kind: string;
  /** 1 for the first; undefined where it is not among those shown. */
  readonly place: number | undefined;
  /** The first time through the whole set, while the engine still compiles, and the second. */
  readonly cold: number;
  readonly ms: number;
}

/** How well and how fast items are found by what people type, compared with three search libraries. */
export async function benchSearch(): Promise<void> {
  const path = join(DATABASE, "ru/listing.json");
  if (!existsSync(path)) {
    console.log("\nSearch: left out, for the game's item database is not there");
    return;
  }
  const items = parseListing(JSON.parse(await readFile(path, "utf8")));
  const queries = makeQueries(items, SEED, PER_KIND);
  const all: ({ engine: Engine } & Awaited<ReturnType<typeof measure>>)[] = [];
  for (const engine of ENGINES) all.push({ engine, ...(await measure(engine, items, queries)) });

  const columns = ["", ...ENGINES.map(({ name }) => name)];
  const share = (outcomes: readonly Outcome[]) =>
    round((100 * outcomes.filter(({ place }) => place !== undefined).length) / outcomes.length, 1);
  const rank = (outcomes: readonly Outcome[]) =>
    round(outcomes.reduce((sum, { place }) => sum + (place === undefined ? 0 : 1 / place), 0) / outcomes.length, 2);
  const perKind = (kind: string) => all.map(({ outcomes }) => outcomes.filter((outcome) => outcome.kind === kind));
  const kinds = [...queries.keys()];
  printTable(
    `Search, ${items.length} items, ${PER_KIND} queries a kind, seed ${SEED}: found among 25, % (aim: 95)`,
    columns,
    [
      ...kinds.map((kind) => [kind, ...perKind(kind).map(share)]),
      ["all", ...all.map(({ outcomes }) => share(outcomes))],
    ],
  );
  printTable("The same: mean of 1 / place", columns, [
    ...kinds.map((kind) => [kind, ...perKind(kind).map(rank)]),
    ["all", ...all.map(({ outcomes }) => rank(outcomes))],
  ]);
  const sorted = (time: "cold" | "ms") =>
    all.map(({ outcomes }) => outcomes.map((outcome) => outcome[time]).sort((a, b) => a - b));
  const times = sorted("ms");
  printTable("The same: time (aims: p99 1 ms, build 200 ms)", columns, [
    ["p50 ms", ...times.map((ms) => round(percentile(ms, 0.5), 3))],
    ["p99 ms", ...times.map((ms) => round(percentile(ms, 0.99), 3))],
    ["p99 ms, first time", ...sorted("cold").map((ms) => round(percentile(ms, 0.99), 3))],
    ["slowest ms", ...times.map((ms) => round(ms.at(-1) ?? NaN, 2))],
    ["first query ms", ...all.map(({ first }) => round(first, 2))],
    ["build ms", ...all.map(({ build }) => round(build))],
    ["warm-up ms", ...all.map(({ warm }) => round(warm))],
  ]);
}

async function measure(engine: Engine, items: readonly Item[], queries: ReadonlyMap<string, readonly Query[]>) {
  const [find, build] = timed(() => engine.build(items));
  const started = performance.now();
  await engine.warmUp?.(find);
  const warm = performance.now() - started;
  const outcomes: Omit<Outcome, "ms">[] = [];
  let first: number | undefined;
  for (const [kind, those] of queries) {
    for (const query of those) {
      const [found, cold] = timed(() => find(query));
      first ??= cold;
      const wanted = query.item.names[query.language];
      const at = found.findIndex((item) => item === query.item || item.names[query.language] === wanted);
      outcomes.push({ kind, place: at < 0 ? undefined : at + 1, cold });
      if (process.env.SEARCH_MISSES === engine.name && at < 0)
        console.log(
          `${kind}: ${query.text} → ${wanted ?? ""}; ${found
            .slice(0, 3)
            .map(({ names }) => names[query.language])
            .join(" | ")}`,
        );
    }
  }
  const again = [...queries.values()].flat().map((query) => timed(() => find(query))[1]);
  return {
    outcomes: outcomes.map((outcome, index) => ({ ...outcome, ms: again[index] ?? NaN })),
    build,
    warm,
    first: first ?? NaN,
  };
}

function timed<T>(work: () => T): [T, number] {
  const started = performance.now();
  const result = work();
  return [result, performance.now() - started];
}
