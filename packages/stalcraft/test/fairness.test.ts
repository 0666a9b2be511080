import { expect, test } from "vitest";
import { Cancellation } from "../src/session/cancellation.js";
import { Exhausted } from "../src/session/refusals.js";
import { Scheduler } from "../src/session/scheduler.js";
import type { Asker } from "../src/index.js";
import { ManualClock, settled } from "../../../test/manual-clock.js";

const LIMIT = 400;
const COST = 8;

/** A scheduler, and an API that gives 400 points in each minute. */
async function start() {
  const clock = new ManualClock();
  const scheduler = new Scheduler(clock, 16);
  let reset = clock.now() + 60_000;
  let left = LIMIT;
  const ask = async (asker: Asker | undefined, cost = COST) => {
    const flight = {
      cancellation: new Cancellation(),
      priority: "interactive" as const,
      asker,
      deadline: clock.now() + 8_000,
      onJoin: undefined,
      queued: true,
    };
    try {
      const permit = await scheduler.acquire("app", cost, flight);
      flight.queued = false;
      if (clock.now() >= reset) {
        reset += 60_000;
        left = LIMIT;
      }
      left -= cost;
      scheduler.settle(permit, { limit: LIMIT, remaining: left, reset, retryAfter: undefined, refused: false });
      return "served";
    } catch (error) {
      return error instanceof Exhausted ? error.lack : String(error);
    }
  };
  await ask(undefined, 0);
  return { clock, ask };
}

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
const served = (outcomes: readonly string[]) => outcomes.filter((outcome) => outcome === "served").length;
const crowd = (count: number, place?: string) =>
  times(count, (at): Asker => ({ person: `${place ?? "alone"} ${at}`, place }));

test.each([60, 500])("of one who asks for %i things at once, 40 others hear nothing", async (count) => {
  const { clock, ask } = await start();
  const spam = Promise.all(times(count, () => ask({ person: "spammer", place: "S" })));
  await settled();
  const others = await Promise.all(crowd(40, "S").map((person) => ask(person)));
  expect(served(others)).toBe(40);
  await clock.pass(8_000);
  const told = await spam;
  expect(served(told)).toBeGreaterThanOrEqual(10);
  expect(told.every((outcome) => outcome === "served" || outcome === "share")).toBe(true);
});

test("who asks every second is told to wait, and the others of that minute are not", async () => {
  const { clock, ask } = await start();
  const spam: Promise<string>[] = [];
  const others: Promise<string>[] = [];
  for (const [second, person] of crowd(60, "S").entries()) {
    spam.push(ask({ person: "spammer", place: "S" }));
    if (second % 3 < 2) others.push(ask(person));
    await clock.pass(1_000);
  }
  await clock.pass(8_000);
  expect(served(await Promise.all(others))).toBe(40);
  expect(await Promise.all(spam)).toContain("share");
});

test("two who spam in one server get no more than what the others leave", async () => {
  const { clock, ask } = await start();
  const spam = Promise.all(times(100, (at) => ask({ person: `spammer ${at % 2}`, place: "S" })));
  await settled();
  expect(served(await Promise.all(crowd(40, "T").map((person) => ask(person))))).toBe(40);
  await clock.pass(8_000);
  const told = await spam;
  for (const which of [0, 1]) expect(served(told.filter((_, at) => at % 2 === which))).toBeGreaterThanOrEqual(4);
});

test("a crowd of one server leaves something to people of other places", async () => {
  const { clock, ask } = await start();
  expect(await ask({ person: "elsewhere" })).toBe("served");
  const rush = Promise.all(crowd(100, "S").map((person) => ask(person)));
  await settled();
  expect(served(await Promise.all(crowd(9).map((person) => ask(person))))).toBe(9);
  await clock.pass(8_000);
  expect(served(await rush)).toBeGreaterThanOrEqual(30);
});

test("a server that is the only one, and a person who is the only one, get all", async () => {
  const server = await start();
  expect(served(await Promise.all(crowd(50, "S").map((person) => server.ask(person))))).toBe(50);
  const { clock, ask } = await start();
  const spam: Promise<string>[] = [];
  for (let second = 0; second < 60; second++) {
    spam.push(ask({ person: "spammer" }));
    await clock.pass(1_000);
  }
  await clock.pass(8_000);
  // All but the last crumbs of the minute, and what the next one gives.
  expect(served(await Promise.all(spam)) * COST).toBeGreaterThanOrEqual(LIMIT - COST);
});

test("what is asked with little weight counts little, and a minute of silence is a new beginning", async () => {
  const { clock, ask } = await start();
  expect(served(await Promise.all(times(18, () => ask({ person: "typist", weight: 0.25 }))))).toBe(18);
  await clock.pass(60_100);
  const spam = Promise.all(times(18, () => ask({ person: "spammer" })));
  await clock.pass(8_000);
  expect(await spam).toContain("share");
  await clock.pass(60_000);
  expect(await ask({ person: "spammer" })).toBe("served");
});
