import { expect, test } from "vitest";
import { abortable, backgroundPause, backoff, every, pause, retrying, within } from "../src/time.js";
import { ManualClock, settled } from "./manual-clock.js";

const never = new Promise<string>(() => undefined);

test("within gives what comes in time, undefined for what is late, and the failure of the work", async () => {
  const clock = new ManualClock();
  expect(await within(Promise.resolve(7), 100, clock)).toBe(7);
  const late = within(never, 100, clock);
  clock.advance(100);
  expect(await late).toBeUndefined();
  await expect(within(Promise.reject(new Error("no")), 100, clock)).rejects.toThrow("no");
});

test.each([
  ["pause", pause],
  ["backgroundPause", backgroundPause],
])("%s ends with its time, or with the signal", async (_name, wait) => {
  const clock = new ManualClock();
  const done: string[] = [];
  const stop = new AbortController();
  void wait(100, clock).then(() => done.push("time"));
  void wait(1_000, clock, stop.signal).then(() => done.push("signal"));
  await clock.pass(99);
  expect(done).toEqual([]);
  await clock.pass(1);
  expect(done).toEqual(["time"]);
  stop.abort();
  await settled();
  expect(done).toEqual(["time", "signal"]);
  await wait(1_000, clock, stop.signal);
  await wait(0, clock);
});

test("abortable gives the result, and rejects with the signal's reason", async () => {
  const stop = new AbortController();
  expect(await abortable(Promise.resolve(7), stop.signal)).toBe(7);
  const waiting = abortable(never, stop.signal);
  stop.abort(new Error("nobody waits"));
  await expect(waiting).rejects.toThrow("nobody waits");
  await expect(abortable(Promise.reject(new Error("late")), stop.signal)).rejects.toThrow("nobody waits");
});

test("pauses double from the first to the longest", () => {
  expect([1, 2, 3, 4, 5, 50].map((failures) => backoff(failures, { first: 100, longest: 900 }))).toEqual([
    100, 200, 400, 800, 900, 900,
  ]);
});

test("retrying tries until it succeeds, and tells of every failure", async () => {
  const clock = new ManualClock();
  const { signal } = new AbortController();
  const pauses: number[] = [];
  let tries = 0;
  const attempt = () => (++tries < 4 ? Promise.reject(new Error(`try ${tries}`)) : Promise.resolve("there"));
  const onFailure = (_error: unknown, ms: number) => pauses.push(ms);
  const result = retrying(attempt, { clock, signal, first: 100, longest: 250, onFailure });
  await settled();
  await clock.pass(549);
  expect(tries).toBe(3);
  await clock.pass(1);
  expect(await result).toBe("there");
  expect(pauses).toEqual([100, 200, 250]);
});

test("retrying ends where onFailure throws, and with the signal", async () => {
  const clock = new ManualClock();
  const stop = new AbortController();
  const options = { clock, signal: stop.signal, first: 100, longest: 100 };
  const giveUp = (error: unknown) => {
    throw error;
  };
  const failing = () => Promise.reject(new Error("for good"));
  await expect(retrying(failing, { ...options, onFailure: giveUp })).rejects.toThrow("for good");
  const waiting = retrying(failing, { ...options, onFailure: () => undefined });
  await settled();
  stop.abort(new Error("stopped"));
  await expect(waiting).rejects.toThrow("stopped");
});

test("every repeats until it is cancelled", async () => {
  const clock = new ManualClock();
  let times = 0;
  const cancel = every(100, () => times++, clock);
  expect(times).toBe(0);
  await clock.pass(350);
  expect(times).toBe(3);
  cancel();
  await clock.pass(1_000);
  expect(times).toBe(3);
});
