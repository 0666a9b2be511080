import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Timeline } from "../../../src/history/timeline.js";
import type { HistoryStore, Past } from "../../../src/store/index.js";
import { engines, workbench } from "../engines.js";
import { figures, pass, readAll, told } from "./days.js";

/** What a reading showed, and how many days later the next one is. */
interface Day {
  readonly seen: Readonly<Record<string, number>> | "hidden";
  readonly pause: number;
}

const STATISTICS = ["kil", "dea", "pla-tim"];
const total = fc.oneof(fc.nat({ max: 5 }), fc.maxSafeNat(), fc.float({ noNaN: true, min: 0, noDefaultInfinity: true }));
const shown = fc.dictionary(fc.constantFrom(...STATISTICS), total);
const day: fc.Arbitrary<Day> = fc.record({
  seen: fc.oneof({ weight: 6, arbitrary: shown }, { weight: 1, arbitrary: fc.constant("hidden" as const) }),
  pause: fc.constantFrom(1, 1, 1, 1, 2, 9),
});

/** All that was known at each moment, by that moment in days before the last reading. */
function statesOf({ figures: last, snapshots, since, readAt }: Past): Map<number, Record<string, number>> {
  const current = new Map([...last].map(([id, { value }]): [string, number | undefined] => [id, value]));
  const states = new Map<number, Record<string, number>>();
  const note = (at: Date) => {
    const known = [...current].filter((pair): pair is [string, number] => pair[1] !== undefined);
    states.set(Math.round((readAt.getTime() - at.getTime()) / 86_400_000), Object.fromEntries(known.sort()));
  };
  note(since);
  for (const { at, values } of [...snapshots].reverse()) {
    for (const [id, value] of values) current.set(id, value);
    note(at);
  }
  return states;
}

/** What the domain makes of it, which the query of `spans` has to find too. */
function timelineOf(past: Past, days: number, id: string) {
  const timeline = new Timeline(past, days);
  const total = timeline.growth().find((one) => one.id === id);
  const totals = { first: total?.first, last: total?.last };
  return { from: timeline.from, until: timeline.until, known: total !== undefined, totals };
}

describe.each(engines)("on $name", (engine) => {
  const bench = workbench(engine);

  const live = async (store: HistoryStore, days: readonly Day[], name: string) => {
    await store.keeping.keep("EU", name, "7");
    await told(store, [name], { lease: name });
    let at = 0;
    const readings: { readonly day: number; readonly seen: Record<string, number> }[] = [];
    for (const { seen, pause } of days) {
      await readAll(store, () => (typeof seen === "string" ? seen : figures(seen)));
      if (typeof seen !== "string") readings.push({ day: at, seen });
      await pass(bench.database, pause);
      await told(store, [name], { lease: `${name}-${at}` });
      at += pause;
    }
    const last = readings.at(-1)?.day ?? 0;
    return new Map(readings.map(({ day: of, seen }) => [last - of, Object.fromEntries(Object.entries(seen).sort())]));
  };

  test("what was written is read back; thinning loses no total, and the past goes after 400 days", async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(day, { minLength: 1, maxLength: 14 }), async (days) => {
        const store = bench.store().history("production");
        const name = `Wren${(run += 1)}`;
        const written = await live(store, days, name);
        const past = () => store.archive.past("EU", name, 1_000);
        const before = await past();
        if (!before) {
          expect(written.size).toBe(0);
          return;
        }
        for (const length of [1.5, 4, 12, 500]) {
          const { from, until, ...line } = timelineOf(before, length, "kil");
          const [span] = await store.archive.spans("EU", [name], "kil", length);
          if (!line.known || from >= until) expect(span).toBeUndefined();
          else expect({ ...span, first: span?.first ?? 0 }).toMatchObject({ ...line.totals, until });
          if (span) expect(Math.abs(span.from.getTime() - from.getTime())).toBeLessThan(60_000);
        }
        const states = statesOf(before);
        for (const [ago, seen] of states) expect(seen).toEqual(written.get(ago));

        const ids = Array.from({ length: 100 }, (_, n) => n);
        await store.thin(ids);
        expect(await past()).toMatchObject({ snapshots: before.snapshots.map(({ marks }) => ({ marks })) });
        await pass(bench.database, 130);
        await store.thin(ids);
        const thinned = await past();
        const left = statesOf(thinned!);
        for (const [ago, seen] of left) expect(seen).toEqual(states.get(ago));
        // The first and the last one stay, and each that is not of the same week as the one before it.
        expect([...left.keys()].sort()[0]).toBe([...states.keys()].sort()[0]);
        expect(Math.max(...left.keys())).toBe(Math.max(...states.keys()));
        const weeks = new Set(
          before.snapshots.map(({ at }) => Math.floor((at.getTime() - 130 * 86_400_000) / (7 * 86_400_000))),
        );
        expect(thinned!.snapshots.length).toBeGreaterThanOrEqual(weeks.size);
        const marked = before.snapshots.filter(({ marks }) => marks !== 0).length;
        expect(thinned!.snapshots.length).toBeLessThanOrEqual(weeks.size + 2 * marked);
        expect(await store.thin(ids)).toBe(0);

        await pass(bench.database, 401);
        await store.thin(ids);
        expect((await past())?.snapshots).toEqual([]);
        expect((await past())?.figures).toEqual(before.figures);
        await store.keeping.object("EU", `id-${name}`, name);
      }),
      { numRuns: 8 },
    );
  });
});
