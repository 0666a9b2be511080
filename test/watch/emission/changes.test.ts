import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HOUR, Looks, MINUTE, SECOND, shownAt, T0, type Real } from "./timeline.js";

const FIRST: Real = { start: 0, end: 4 * MINUTE };
const SECOND_ONE: Real = { start: 3 * HOUR, end: 3 * HOUR + 230 * SECOND };
const BOTH = [FIRST, SECOND_ONE];
const at = (ms: number) => new Date(T0 + ms);

/** Somebody who has looked once, in the calm after the first one. */
function watching(): Looks {
  const looks = new Looks();
  looks.look(shownAt(BOTH, HOUR), HOUR);
  return looks;
}

describe("what happened between two looks", () => {
  test("the first look tells nothing, whatever runs", () => {
    for (const now of [HOUR, SECOND_ONE.start + MINUTE, SECOND_ONE.end + SECOND]) {
      const looks = new Looks();
      expect(looks.look(shownAt(BOTH, now), now)).toEqual([]);
      expect(looks.observed.length).toBeGreaterThan(0);
    }
  });

  test("a start and an end are told once, at the first look that shows them", () => {
    const looks = watching();
    for (let now = HOUR; now < 4 * HOUR; now += 10 * SECOND) looks.look(shownAt(BOTH, now), now);
    expect(looks.changes).toEqual([
      { stage: "start", start: T0 + SECOND_ONE.start, at: SECOND_ONE.start },
      { stage: "end", start: T0 + SECOND_ONE.start, end: T0 + SECOND_ONE.end, endIsSure: true, at: SECOND_ONE.end },
    ]);
    expect(looks.archive()).toEqual([
      { startedAt: at(FIRST.start), previousStart: null, endedAt: at(FIRST.end), endIsSure: true },
      { startedAt: at(SECOND_ONE.start), previousStart: at(0), endedAt: at(SECOND_ONE.end), endIsSure: true },
    ]);
  });

  test("one that ran at the first look is told when it ends", () => {
    const looks = new Looks();
    looks.look(shownAt(BOTH, SECOND_ONE.start + MINUTE), SECOND_ONE.start + MINUTE);
    expect(looks.look(shownAt(BOTH, SECOND_ONE.end), SECOND_ONE.end)).toMatchObject([{ stage: "end" }]);
  });

  test.each([1, 2, 5, -5])("a start that moves by %i seconds is the same", (seconds) => {
    const looks = watching();
    const now = SECOND_ONE.start + MINUTE;
    looks.look(shownAt(BOTH, now), now);
    const moved = { ...SECOND_ONE, start: SECOND_ONE.start + seconds * SECOND };
    expect(looks.look(shownAt([FIRST, moved], now), now + 10 * SECOND)).toEqual([]);
    expect(looks.look(shownAt([FIRST, moved], moved.end), moved.end)).toMatchObject([
      { stage: "end", start: T0 + SECOND_ONE.start },
    ]);
    expect(looks.archive()).toHaveLength(2);
  });

  test("fractions of a second are none of the start", () => {
    const looks = watching();
    looks.look({ currentStart: at(SECOND_ONE.start + 987) }, SECOND_ONE.start + MINUTE);
    expect(looks.changes).toMatchObject([{ start: T0 + SECOND_ONE.start }]);
  });

  test("a start that lies ahead has not happened: it is told when it has", () => {
    const looks = watching();
    const shown = { ...shownAt(BOTH, HOUR), currentStart: at(SECOND_ONE.start) };
    expect(looks.look(shown, SECOND_ONE.start - 20 * SECOND)).toEqual([]);
    expect(looks.nextInMs).toBe(20 * SECOND);
    expect(looks.look(shown, SECOND_ONE.start)).toMatchObject([{ stage: "start" }]);
    expect(looks.nextInMs).toBeUndefined();
  });

  test("a start that lay ahead and never came is forgotten", () => {
    const looks = watching();
    looks.look({ ...shownAt(BOTH, HOUR), currentStart: at(2 * HOUR) }, 2 * HOUR - MINUTE);
    looks.look(shownAt(BOTH, HOUR), 2 * HOUR + MINUTE);
    expect(looks.changes).toEqual([]);
  });

  test("nothing at all, in the middle of an emission, is no end", () => {
    const looks = watching();
    looks.look(shownAt(BOTH, SECOND_ONE.start), SECOND_ONE.start);
    for (const shown of [{}, shownAt(BOTH, HOUR)]) expect(looks.look(shown, SECOND_ONE.start + 2 * MINUTE)).toEqual([]);
    expect(looks.look(shownAt(BOTH, SECOND_ONE.start + 3 * MINUTE), SECOND_ONE.start + 3 * MINUTE)).toEqual([]);
    expect(looks.look(shownAt(BOTH, SECOND_ONE.end), SECOND_ONE.end)).toMatchObject([{ stage: "end" }]);
  });

  test("an end that the API never tells is assumed long after, and corrected when it does", () => {
    const looks = watching();
    looks.look(shownAt(BOTH, SECOND_ONE.start), SECOND_ONE.start);
    looks.look({}, SECOND_ONE.start + 7 * MINUTE);
    expect(looks.changes).toHaveLength(1);
    looks.look({}, SECOND_ONE.start + 9 * MINUTE);
    expect(looks.changes.at(-1)).toMatchObject({
      stage: "end",
      end: T0 + SECOND_ONE.start + 4 * MINUTE,
      endIsSure: false,
    });
    expect(looks.archive().at(-1)).toMatchObject({ endIsSure: false });
    looks.look(shownAt(BOTH, 4 * HOUR), SECOND_ONE.start + 20 * MINUTE);
    expect(looks.changes).toHaveLength(2);
    expect(looks.archive().at(-1)).toMatchObject({ endedAt: at(SECOND_ONE.end), endIsSure: true });
  });

  test("while the API still shows it, it runs, however long", () => {
    const looks = watching();
    for (let now = SECOND_ONE.start; now < SECOND_ONE.start + HOUR; now += MINUTE)
      looks.look({ currentStart: at(SECOND_ONE.start) }, now);
    expect(looks.changes).toHaveLength(1);
  });

  test("one that nobody saw run is told by its end, and the one before it is over by assumption", () => {
    const third: Real = { start: 6 * HOUR, end: 6 * HOUR + 4 * MINUTE };
    const looks = watching();
    looks.look(shownAt(BOTH, SECOND_ONE.start), SECOND_ONE.start);
    expect(looks.look(shownAt([...BOTH, third], third.end + MINUTE), third.end + MINUTE)).toEqual([
      { stage: "end", start: T0 + third.start, end: T0 + third.end, endIsSure: true },
    ]);
    // Another one may have been between the two.
    expect(looks.archive().slice(-2)).toEqual([
      expect.objectContaining({ startedAt: at(SECOND_ONE.start), endIsSure: false }),
      expect.objectContaining({ startedAt: at(third.start), previousStart: null }),
    ]);
  });

  test("a start short after a look at the calm follows the one before it, also when it is first seen over", () => {
    const looks = watching();
    looks.look(shownAt(BOTH, SECOND_ONE.start - MINUTE), SECOND_ONE.start - MINUTE);
    looks.look(shownAt(BOTH, SECOND_ONE.end + MINUTE), SECOND_ONE.end + MINUTE);
    expect(looks.archive().at(-1)).toMatchObject({ previousStart: at(0) });
  });

  test("one that begins as soon as the other is over is another one", () => {
    const short: Real = { start: 3 * HOUR, end: 3 * HOUR + 20 * SECOND };
    const next: Real = { start: short.end, end: short.end + 30 * SECOND };
    const looks = watching();
    for (let now = 3 * HOUR; now <= next.end; now += 10 * SECOND) looks.look(shownAt([FIRST, short, next], now), now);
    expect(looks.changes.map(({ stage, start }) => [stage, start - T0])).toEqual([
      ["start", short.start],
      ["end", short.start],
      ["start", next.start],
      ["end", next.start],
    ]);
  });

  test("a start that moves by more while it runs is no other one", () => {
    const looks = watching();
    for (const seconds of [0, 20, 40, 59])
      looks.look({ currentStart: at(3 * HOUR + seconds * SECOND) }, 3 * HOUR + 2 * MINUTE);
    expect(looks.changes).toHaveLength(1);
  });

  test.each([
    ["ends before it starts", { previousStart: at(2 * HOUR), previousEnd: at(HOUR) }],
    ["has no end", { previousStart: at(2 * HOUR) }],
    ["has no start", { previousEnd: at(2 * HOUR) }],
    ["is older than what is known", { previousStart: at(-5 * HOUR), previousEnd: at(-4 * HOUR) }],
    ["runs since before the last one", { currentStart: at(-HOUR) }],
  ])("one that %s is none", (_what, shown) => {
    const looks = watching();
    expect(looks.look(shown, 3 * HOUR)).toEqual([]);
    expect(looks.archive()).toHaveLength(1);
  });
});

describe("whatever the API shows meanwhile", () => {
  /** Emissions as in the game, but closer together: from half an hour to four hours apart, 200 to 300 s long. */
  const emissions = fc
    .array(fc.record({ gap: fc.integer({ min: 1_800, max: 14_400 }), length: fc.integer({ min: 200, max: 300 }) }), {
      minLength: 1,
      maxLength: 6,
    })
    .map((all) => {
      const real: Real[] = [];
      for (const { gap, length } of all) {
        const start = (real.at(-1)?.start ?? 0) + gap * SECOND;
        real.push({ start, end: start + length * SECOND });
      }
      return real;
    });
  const oddity = fc.oneof(
    { weight: 6, arbitrary: fc.constant({ kind: "right" as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: "outage" as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: "nothing" as const }) },
    { weight: 1, arbitrary: fc.constant({ kind: "no-current" as const }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("stale" as const), by: fc.integer({ min: 1, max: 60 }) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("early" as const), by: fc.integer({ min: 1, max: 60 }) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("moved" as const), by: fc.integer({ min: -5, max: 5 }) }) },
  );
  const looks = fc.array(fc.record({ after: fc.integer({ min: 1, max: 600 }), oddity }), { maxLength: 400 });

  function shown(real: readonly Real[], now: number, how: typeof oddity extends fc.Arbitrary<infer T> ? T : never) {
    const right = shownAt(real, now);
    switch (how.kind) {
      case "right":
        return right;
      case "outage":
        return undefined;
      case "nothing":
        return {};
      case "no-current":
        return { ...right, currentStart: undefined };
      case "stale":
        return shownAt(real, now - how.by * SECOND);
      case "early":
        return shownAt(real, now + how.by * SECOND);
      case "moved":
        return shownAt(
          real.map(({ start, end }) => ({ start: start + how.by * SECOND, end })),
          now,
        );
    }
  }

  test("each stage of each emission is told at most once, of none that was not, and never early", () => {
    fc.assert(
      fc.property(emissions, looks, (real, all) => {
        const one = new Looks();
        let now = 0;
        for (const { after, oddity: how } of all) {
          now += after * SECOND;
          const seen = shown(real, now, how);
          const before = one.observed.length;
          if (seen) one.look(seen, now);
          // The archive takes each of one look once.
          const observed = one.observed.slice(before).map(({ startedAt }) => startedAt.getTime());
          expect(new Set(observed).size).toBe(observed.length);
        }
        const told = one.changes.map(({ stage, start, at: when }) => {
          const which = real.findIndex((emission) => Math.abs(T0 + emission.start - start) <= 5 * SECOND);
          expect(which).toBeGreaterThanOrEqual(0);
          expect(when).toBeGreaterThanOrEqual(real[which]!.start - 5 * SECOND);
          return `${stage} ${which}`;
        });
        expect(new Set(told).size).toBe(told.length);
        const order = one.changes.map(({ start, stage }) => start * 2 + (stage === "end" ? 1 : 0));
        expect(order).toEqual(order.toSorted((a, b) => a - b));
      }),
      { numRuns: 200 },
    );
  });

  test("with nothing odd about it, each is told once, at the first look", () => {
    fc.assert(
      fc.property(emissions, fc.integer({ min: 7, max: 12 }), (real, seconds) => {
        const one = new Looks();
        const last = real.at(-1)!.end;
        for (let now = 0; now <= last + MINUTE; now += seconds * SECOND) one.look(shownAt(real, now), now);
        expect(one.changes.map(({ stage }) => stage)).toEqual(real.flatMap(() => ["start", "end"]));
        for (const [place, { at: when }] of one.changes.entries()) {
          const emission = real[Math.floor(place / 2)]!;
          const happened = place % 2 === 0 ? emission.start : emission.end;
          expect(when - happened).toBeLessThan(seconds * SECOND);
        }
        const gaps = one
          .archive()
          .flatMap(({ startedAt, previousStart }) =>
            previousStart ? [startedAt.getTime() - previousStart.getTime()] : [],
          );
        expect(gaps).toEqual(real.slice(1).map(({ start }, place) => start - real[place]!.start));
      }),
      { numRuns: 8 },
    );
  });
});
