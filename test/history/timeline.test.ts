import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { growthOf, Timeline } from "../../src/history/timeline.js";
import { snapshotMarks, type Past, type Snapshot } from "../../src/store/index.js";
import { DAY_MS } from "../../src/time.js";

const NOW = Date.UTC(2026, 10, 28, 12);
const ago = (days: number) => new Date(NOW - days * DAY_MS);
const { hidden, missing, fell } = snapshotMarks;

/** A row of the past, in days before now. */
const row = (from: number, to: number, values: Record<string, number | undefined>, marks = 0): Snapshot => ({
  ...{ at: ago(from), until: ago(to), marks },
  values: new Map(Object.entries(values)),
});

const past = (
  figures: Record<string, number>,
  [since, readAt]: readonly [number, number],
  snapshots: readonly Snapshot[],
  changes: Partial<Past> = {},
): Past => ({
  ...{ name: "Wren", knownSince: ago(400), since: ago(since), readAt: ago(readAt), absence: null, snapshots },
  figures: new Map(Object.entries(figures).map(([id, value]) => [id, { type: "INTEGER", value }])),
  ...{ shared: false, clans: [], now: new Date(NOW) },
  ...changes,
});

const daysOf = (date: Date) => Math.round(((NOW - date.getTime()) / DAY_MS) * 10) / 10;
const statOf = (timeline: Timeline, id = "kil") => timeline.growth().find((one) => one.id === id);

describe("a period", () => {
  test("begins with what held then, read up to 36 hours before", () => {
    const days = [row(10, 8, { kil: 1 }), row(7, 5, { kil: 4 })];
    const timeline = (length: number) => new Timeline(past({ kil: 9 }, [4, 0.5], days), length);
    expect(statOf(timeline(6))).toMatchObject({ first: 4, last: 9, growth: 5 });
    expect(daysOf(timeline(6).from)).toBe(6);
    expect(statOf(timeline(7.5))).toMatchObject({ first: 1, growth: 8 });
    expect(daysOf(timeline(7.5).from)).toBe(8);
    expect(daysOf(timeline(4.5).from)).toBe(5);
    expect(statOf(timeline(4.5))).toMatchObject({ first: 4, growth: 5 });
    expect(statOf(timeline(2))).toMatchObject({ first: 9, growth: 0 });
    expect(daysOf(timeline(2).until)).toBe(0.5);
  });

  test("else begins with the first reading after that, or with the last one before where there is no other", () => {
    const late = new Timeline(past({ kil: 9 }, [2, 0], [row(30, 25, { kil: 1 }), row(5, 4, { kil: 4 })]), 7);
    expect(statOf(late)).toMatchObject({ first: 4, growth: 5 });
    expect(daysOf(late.from)).toBe(5);
    const only = new Timeline(past({ kil: 9 }, [2, 0], [row(30, 25, { kil: 1 })]), 7);
    expect(statOf(only)).toMatchObject({ first: 1, growth: 8 });
    expect(daysOf(only.from)).toBe(25);
    const young = new Timeline(past({ kil: 9 }, [2, 2], []), 7);
    expect(young.from).toEqual(young.until);
    expect(statOf(young)).toMatchObject({ first: 9, growth: 0 });
  });

  test("counts from nothing what the first profile did not have; dates and texts do not grow", () => {
    const one = past({ kil: 9, dea: 2 }, [1, 0], [row(3, 2, { kil: undefined })]);
    const figures = new Map([...one.figures, ["reg-tim", { type: "DATE", value: 5 }] as const]);
    const timeline = new Timeline({ ...one, figures }, 30);
    expect(timeline.growth()).toMatchObject([
      { id: "kil", first: 0, last: 9, growth: 9 },
      { id: "dea", first: 2, last: 2, growth: 0 },
    ]);
  });
});

describe("a series", () => {
  test("has the first and the last reading of what stayed a while", () => {
    const timeline = new Timeline(past({ kil: 9, dea: 1 }, [2, 0], [row(9, 6, { kil: 1 }), row(5, 5, { kil: 4 })]), 7);
    const points = (id: string) => timeline.series(id).map(({ at, value }) => [daysOf(at), value]);
    expect(points("kil")).toEqual([
      [7, 1],
      [6, 1],
      [5, 4],
      [2, 9],
      [0, 9],
    ]);
    expect(points("dea").map(([, value]) => value)).toEqual([1, 1, 1, 1, 1]);
    expect(points("unheard-of")).toEqual([]);
  });
});

describe("gaps", () => {
  const gaps = (one: Past, days = 365) =>
    new Timeline(one, days).gaps().map(({ from, to, reason }) => [daysOf(from), daysOf(to), reason]);

  test("are told with their reason; a reading that was only missed is none", () => {
    const rows = [row(60, 50, { kil: 1 }, hidden), row(48, 40, {}, missing), row(39, 30, { kil: 2 }), row(29, 20, {})];
    expect(gaps(past({ kil: 9 }, [10, 0.2], rows))).toEqual([
      [50, 48, "hidden"],
      [40, 39, "missing"],
      [20, 10, "unread"],
    ]);
  });

  test("where only one reading a week is left, a fortnight is usual", () => {
    const rows = [row(140, 139, {}), row(127, 126, {}), row(110, 109, {})];
    expect(gaps(past({ kil: 9 }, [100, 0.2], rows))).toEqual([[126, 110, "unread"]]);
  });

  test("last until now while nothing is read", () => {
    expect(gaps(past({}, [10, 2], []))).toEqual([[2, 0, "unread"]]);
    expect(gaps(past({}, [10, 1], []))).toEqual([]);
    expect(gaps(past({}, [10, 0.5], [], { absence: "hidden" }))).toEqual([[0.5, 0, "hidden"]]);
  });

  test("of before the period are none of its", () => {
    const rows = [row(60, 50, { kil: 1 }, hidden), row(40, 39, {})];
    expect(gaps(past({ kil: 9 }, [38, 0.2], rows), 38)).toEqual([]);
  });
});

describe("a total that falls", () => {
  const growth = (...values: readonly number[]) => {
    const { growth: by, fellAt } = growthOf(values.map((value, n) => ({ value, at: new Date(n) })));
    return [by, fellAt?.getTime()];
  };

  test.each([
    [[5, 7, 9], 4, undefined],
    [[900, 950, 0, 20, 60], 60, 2],
    [[900, 950, 40, 60], 20, 2],
    [[900, 0, 950], 50, undefined],
    [[900, 0, 10, 0, 4], 4, 3],
    [[900, 900, 900], 0, undefined],
    [[900, 3], 0, 1],
    [[5], 0, undefined],
    [[], 0, undefined],
  ])("%j has grown by %i, since %s", (values, by, since) => {
    expect(growth(...values)).toEqual([by, since]);
  });

  test("has never grown by less than nothing, nor by more than its last value", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 1_000 }), { minLength: 1 }), (values) => {
        const [by] = growth(...values);
        expect(by).toBeGreaterThanOrEqual(0);
        expect(by).toBeLessThanOrEqual(values.at(-1)!);
      }),
    );
  });

  test("is found in a timeline by its marks", () => {
    const rows = [row(9, 8, { kil: 900 }), row(7, 6, { kil: 950 }, fell), row(5, 4, { kil: 0 })];
    expect(statOf(new Timeline(past({ kil: 20 }, [1, 0], rows), 30))).toMatchObject({
      ...{ first: 900, last: 20, growth: 20 },
      fellAt: ago(5),
    });
  });
});
