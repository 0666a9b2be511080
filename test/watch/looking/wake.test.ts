import { expect, test } from "vitest";
import { Wake } from "../../../src/watch/looking/wake.js";
import { ManualClock } from "../../manual-clock.js";

/** How long a pause of 15 seconds lasts, in milliseconds. */
async function lasts(wake: Wake, clock: ManualClock, meanwhile: () => void = () => undefined): Promise<number> {
  const begun = clock.now();
  let end: number | undefined;
  const waiting = wake.wait(15_000, new AbortController().signal).then(() => {
    end = clock.now();
  });
  await clock.pass(0);
  meanwhile();
  await clock.pass(0);
  await clock.pass(20_000);
  await waiting;
  return (end ?? Infinity) - begun;
}

const made = () => {
  const clock = new ManualClock();
  return { clock, wake: new Wake(clock) };
};

test("a pause lasts as long as it should", async () => {
  const { clock, wake } = made();
  expect(await lasts(wake, clock)).toBe(15_000);
});

test("whoever calls ends it, or the next one", async () => {
  const { clock, wake } = made();
  expect(await lasts(wake, clock, wake.call.bind(wake))).toBe(0);
  wake.call();
  expect(await lasts(wake, clock)).toBe(0);
  expect(await lasts(wake, clock)).toBe(15_000);
});

test("who wants it to end earlier, before it begins or while it lasts, gets that; nobody makes it longer", async () => {
  const { clock, wake } = made();
  wake.callIn(5_000);
  wake.callIn(9_000);
  expect(await lasts(wake, clock)).toBe(5_000);
  const wish = () => {
    wake.callIn(30_000);
    wake.callIn(4_000);
    wake.callIn(6_000);
  };
  expect(await lasts(wake, clock, wish)).toBe(4_000);
  // A pause that ended before keeps the wish.
  wake.callIn(5_000);
  wake.call();
  const begun = clock.now();
  await wake.wait(15_000, new AbortController().signal);
  expect(clock.now()).toBe(begun);
  expect(await lasts(wake, clock)).toBe(5_000);
  expect(await lasts(wake, clock)).toBe(15_000);
});

test("nothing is waited for when the bot stops", async () => {
  const { wake } = made();
  await expect(wake.wait(15_000, AbortSignal.abort())).resolves.toBeUndefined();
});
