import type { ObservedEmission } from "../../../src/store/index.js";
import { describe, expect, test } from "vitest";
import { emissionFigures, gapsOf } from "../../../src/watch/emission/index.js";
import { HOUR, MINUTE, T0 } from "./timeline.js";

/** Emissions of four minutes each, so many hours apart. */
function seen(...hours: readonly number[]): ObservedEmission[] {
  let start = T0;
  const first = { startedAt: new Date(start), previousStart: null };
  const others = hours.map((gap) => {
    const previousStart = new Date(start);
    start += gap * HOUR;
    return { startedAt: new Date(start), previousStart };
  });
  return [first, ...others].map((one) => ({
    ...one,
    endedAt: new Date(one.startedAt.getTime() + 4 * MINUTE),
    endIsSure: true,
  }));
}

const TEN = seen(2, 2.5, 3, 3, 3, 3, 3, 3.5, 4);

describe("what is usual", () => {
  test("is not known of nine, and known of ten", () => {
    expect(emissionFigures(TEN.slice(1))).toBeUndefined();
    expect(emissionFigures(TEN)).toEqual({
      gap: { p10: 2.4 * HOUR, p90: 3.6 * HOUR, count: 9 },
      length: { median: 4 * MINUTE, count: 10 },
    });
  });

  test("the order in which they come does not matter", () => {
    expect(emissionFigures(TEN.toReversed())).toEqual(emissionFigures(TEN));
  });

  test("gaps in which others may have been do not count", () => {
    const hole = { ...TEN[5]!, previousStart: null };
    expect(emissionFigures(TEN.with(5, hole))).toMatchObject({ gap: undefined, length: { count: 10 } });
    expect(gapsOf(TEN.with(5, hole))).toHaveLength(8);
  });

  test("ends that nobody saw do not count, nor does one that still runs", () => {
    const running = { ...TEN[9]!, endedAt: null, endIsSure: false };
    expect(emissionFigures(TEN.with(9, running))).toMatchObject({ length: { median: 4 * MINUTE, count: 9 } });
    const assumed = { ...TEN[3]!, endIsSure: false };
    expect(emissionFigures(TEN.with(9, running).with(3, assumed))?.length).toBeUndefined();
  });
});
