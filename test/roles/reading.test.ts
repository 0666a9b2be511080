import { expect, test } from "vitest";
import { hasShrunk, readingOf } from "../../src/roles/reading.js";
import { CLAN, NOON } from "./scene.js";

const list = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ name: `M${n}`, rank: "RECRUIT", joinedAt: n }));

test("a list is doubted when more than a third is gone at once", () => {
  const shrunk = (before: number, now: number) => hasShrunk(before, now);
  expect([shrunk(30, 20), shrunk(3, 2), shrunk(0, 0), shrunk(10, 30)]).toEqual([false, false, false, false]);
  expect([shrunk(30, 19), shrunk(2, 1), shrunk(1, 0), shrunk(30, 0)]).toEqual([true, true, true, true]);
});

test("somebody may say that it is true all the same, but not one that has shrunk again since", () => {
  const kept = { ...CLAN, members: list(30), readAt: new Date(0) };
  const read = (now: number, accepted?: number) =>
    readingOf(CLAN, { members: list(now), readAt: new Date(NOON) }, kept, accepted).doubt;
  expect([read(20), read(19), read(19, 19), read(22, 19), read(18, 19)]).toEqual([
    undefined,
    "shrunk",
    undefined,
    undefined,
    "shrunk",
  ]);
  // The first one is believed.
  expect(readingOf(CLAN, { members: list(1), readAt: new Date(NOON) }, undefined, undefined).doubt).toBeUndefined();
});
