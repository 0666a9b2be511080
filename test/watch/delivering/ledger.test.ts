import { expect, test } from "vitest";
import type { DeliveryOutcome, TargetRelease } from "../../../src/store/index.js";
import { systemClock } from "../../../src/time.js";
import { Ledger } from "../../../src/watch/delivering/ledger.js";

/** A database that takes nothing until it is back; what it takes is in `written`, a line for each statement. */
function openBook() {
  const written: string[] = [];
  let [failures, hold] = [0, Promise.resolve()];
  const stop = new AbortController();
  const heard: unknown[] = [];
  const write = async (line: string) => {
    await hold;
    if (failures-- > 0) throw new Error("away");
    written.push(line);
  };
  const ledger = new Ledger({
    outbox: {
      note: (outcomes: readonly DeliveryOutcome[]) =>
        write(`note ${outcomes.map(({ delivery }) => delivery.id).join()}`),
      release: (lease: string, targets: readonly TargetRelease[]) =>
        write(`release ${lease}: ${targets.map(({ target }) => target).join()}`),
    },
    // Pauses take no time.
    clock: { ...systemClock, setTimeout: (callback) => systemClock.setTimeout(callback, 0) },
    onFailure: (error) => void heard.push(error),
    signal: stop.signal,
  });
  const wait = () => {
    let release: () => void = () => undefined;
    hold = new Promise((resolve) => (release = resolve));
    return release;
  };
  return { ledger, written, heard, stop, fail: (times: number) => void (failures = times), wait };
}

const sent = (id: number): DeliveryOutcome => ({
  delivery: { id, begunAgoMs: null },
  outcome: "sent",
  messageId: String(id),
});

test("what comes while something is being written is written together after it", async () => {
  const { ledger, written, wait } = openBook();
  const go = wait();
  const first = ledger.note([sent(1)]);
  await Promise.resolve().then(() => undefined);
  const others = [ledger.note([sent(2)]), ledger.note([sent(3), sent(4)])];
  go();
  await Promise.all([first, ...others]);
  expect(written.join(" | ").match(/\d/g)).toEqual(["1", "2", "3", "4"]);
  expect(written.length).toBeLessThanOrEqual(2);
});

test("a target is given back after what was noted before, those of one claim together", async () => {
  const { ledger, written } = openBook();
  await Promise.all([
    ledger.note([sent(1)]),
    ledger.release("a", { target: "x" }),
    ledger.release("a", { target: "y" }),
    ledger.release("b", { target: "z" }),
  ]);
  expect(written).toEqual(["note 1", "release a: x,y", "release b: z"]);
});

test("what the database does not take is written when it does, and nothing is lost", async () => {
  const { ledger, written, heard, fail } = openBook();
  fail(3);
  await Promise.all([ledger.note([sent(1)]), ledger.release("a", { target: "x" })]);
  expect(written).toEqual(["note 1", "release a: x"]);
  expect(heard).toHaveLength(3);
});

test("it is given up when the bot stops", async () => {
  const { ledger, written, stop, fail } = openBook();
  fail(Infinity);
  const noting = ledger.note([sent(1)]);
  stop.abort();
  await expect(noting).rejects.toThrow();
  expect(written).toEqual([]);
});
