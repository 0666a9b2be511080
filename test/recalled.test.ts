import { describe, expect, test } from "vitest";
import { Recalled } from "../src/recalled.js";
import { ManualClock, settled } from "./manual-clock.js";

const PATIENCE = 500;

/** A reading that ends when the test says so. */
function reading() {
  let resolve: (value: string[]) => void = () => undefined;
  const promise = new Promise<string[]>((done) => {
    resolve = done;
  });
  let begun = 0;
  const read = () => {
    begun += 1;
    return promise;
  };
  const end = (value: string[]) => {
    resolve(value);
  };
  return { read, resolve: end, begun: () => begun };
}

const given = (value: string[]) => () => Promise.resolve(value);
const failing = () => Promise.reject(new Error("the API sleeps"));

function start() {
  const clock = new ManualClock();
  return { clock, recalled: new Recalled<string[]>(clock) };
}

describe("what suggestions recall", () => {
  test("is waited for the first time, and not longer than somebody's patience", async () => {
    const { clock, recalled } = start();
    expect(await recalled.get("quick", given(["EU"]), PATIENCE)).toEqual(["EU"]);
    const slow = reading();
    const first = recalled.get("slow", slow.read, PATIENCE);
    await clock.pass(PATIENCE);
    expect(await first).toBeUndefined();
    slow.resolve(["RU"]);
    await settled();
    expect(recalled.peek("slow")).toEqual(["RU"]);
  });

  test("is shown at once while it is read again; the new value is shown the next time", async () => {
    const { recalled } = start();
    await recalled.get("key", given(["old"]), PATIENCE);
    const slow = reading();
    // No time passes: nobody waits.
    expect(await recalled.get("key", slow.read, PATIENCE)).toEqual(["old"]);
    expect(slow.begun()).toBe(1);
    slow.resolve(["new"]);
    await settled();
    expect(await recalled.get("key", reading().read, PATIENCE)).toEqual(["new"]);
  });

  test("is not read again while it is fresh, where one says for how long that is", async () => {
    const clock = new ManualClock();
    const recalled = new Recalled<string[]>(clock, 1_000);
    await recalled.get("key", given(["old"]), PATIENCE);
    await clock.pass(999);
    const slow = reading();
    expect(await recalled.get("key", slow.read, PATIENCE)).toEqual(["old"]);
    expect(slow.begun()).toBe(0);
    await clock.pass(1);
    expect(await recalled.get("key", slow.read, PATIENCE)).toEqual(["old"]);
    expect(slow.begun()).toBe(1);
  });

  test("is read once for all who ask meanwhile, each key by itself", async () => {
    const { recalled } = start();
    const slow = reading();
    const asked = [recalled.get("one", slow.read, PATIENCE), recalled.get("one", slow.read, PATIENCE)];
    expect(await recalled.get("two", given(["other"]), PATIENCE)).toEqual(["other"]);
    expect(slow.begun()).toBe(1);
    slow.resolve(["same"]);
    expect(await Promise.all(asked)).toEqual([["same"], ["same"]]);
    await recalled.get("one", slow.read, PATIENCE);
    expect(slow.begun()).toBe(2);
  });

  test("outlives an API that fails, and a failure is nobody's", async () => {
    const { recalled } = start();
    expect(await recalled.get("key", failing, PATIENCE)).toBeUndefined();
    await recalled.get("key", given(["known"]), PATIENCE);
    expect(await recalled.get("key", failing, PATIENCE)).toEqual(["known"]);
    await settled();
    expect(await recalled.get("key", failing, PATIENCE)).toEqual(["known"]);
  });

  test("is forgotten by the beginning of its key, also when it is being read", async () => {
    const { recalled } = start();
    await recalled.get("7 EU", given(["mine"]), PATIENCE);
    await recalled.get("8 EU", given(["theirs"]), PATIENCE);
    const slow = reading();
    const late = recalled.get("7 RU", slow.read, PATIENCE);
    recalled.forget("7 ");
    slow.resolve(["gone"]);
    await late;
    await settled();
    expect([recalled.peek("7 EU"), recalled.peek("7 RU"), recalled.peek("8 EU")]).toEqual([
      undefined,
      undefined,
      ["theirs"],
    ]);
  });
});
