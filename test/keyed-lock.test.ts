import { expect, test } from "vitest";
import { KeyedLock } from "../src/keyed-lock.js";
import { settled } from "./manual-clock.js";

/** Work that ends when it is told to, and a list of what began. */
function workshop() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => () => {
    begun.push(name);
    return new Promise<string>((resolve, reject) => {
      ends.set(name, () => {
        if (name.startsWith("bad")) reject(new Error(name));
        else resolve(name);
      });
    });
  };
  const end = async (name: string) => {
    ends.get(name)?.();
    await settled();
  };
  return { begun, work, end };
}

test("one after the other for the same key, in their order, also after a failure; others do not wait", async () => {
  const lock = new KeyedLock();
  const { begun, work, end } = workshop();
  const first = lock.run("a", work("bad first"));
  const second = lock.run("a", work("second"));
  const third = lock.run("a", work("third"));
  const other = lock.run("b", work("other"));
  expect(begun).toEqual(["bad first", "other"]);
  await end("third");
  await Promise.all([expect(first).rejects.toThrow("bad first"), end("bad first")]);
  expect(begun).toEqual(["bad first", "other", "second"]);
  await end("second");
  expect(await second).toBe("second");
  expect(begun.at(-1)).toBe("third");
  await Promise.all([end("third"), end("other")]);
  expect(await Promise.all([third, other])).toEqual(["third", "other"]);
});

test("tells who is at it, and when all are done", async () => {
  const lock = new KeyedLock();
  const { work, end } = workshop();
  await lock.settled();
  const runs = Promise.allSettled([lock.run("a", work("bad")), lock.run("a", work("last"))]);
  let done = false;
  void lock.settled().then(() => (done = true));
  expect([lock.isHeld("a"), lock.isHeld("b")]).toEqual([true, false]);
  await end("bad");
  expect([lock.isHeld("a"), done]).toEqual([true, false]);
  await end("last");
  await runs;
  expect([lock.isHeld("a"), done]).toEqual([false, true]);
});
