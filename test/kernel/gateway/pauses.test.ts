import fc from "fast-check";
import { expect, test } from "vitest";
import { pauseAfter } from "../../../src/kernel/gateway/pauses.js";
import { USUAL_TIMING as TIMING } from "../../../src/kernel/gateway/timing.js";

const lost = { why: "closed by Discord", code: 1006 } as const;
const invalid = { why: "session invalid", resumable: false } as const;

test("the first try of a row is made at once, the pauses before the next ones grow to half a minute", () => {
  const pauses = [0, 1, 2, 3, 4, 5, 6, 7, 1_000].map((failures) =>
    pauseAfter(lost, { failures, identified: false }, TIMING, () => 1),
  );
  expect(pauses).toEqual([0, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
});

test("an invalid session is followed by a second to five, however chance will have it", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(3), (chance, failures) => {
      const ms = pauseAfter(invalid, { failures, identified: true }, TIMING, () => chance);
      expect(ms).toBeGreaterThanOrEqual(1_000);
      expect(ms).toBeLessThanOrEqual(5_000);
    }),
  );
});

test("sessions that never last spend fewer than the 1,000 a day that Discord allows", () => {
  const day = 24 * 3_600_000;
  let spent = 0;
  for (let at = 0; at < day; spent++)
    at += pauseAfter(invalid, { failures: spent, identified: true }, TIMING, () => 0.5);
  expect(spent).toBeLessThan(1_000);
});

test("while Discord allows no more sessions, its own time is waited", () => {
  const tried = { failures: 0, identified: false };
  expect(pauseAfter({ why: "no sessions left", ms: 3_600_000 }, tried, TIMING, () => 0)).toBe(3_600_000);
  expect(pauseAfter({ why: "no sessions left", ms: 0 }, tried, TIMING, () => 0)).toBe(TIMING.longestPause);
});
