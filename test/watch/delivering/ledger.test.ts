import { expect, test } from "vitest";
import { StoreUnavailableError, type DeliveryOutcome, type TargetRelease } from "../../../src/store/index.js";
import { systemClock } from "../../../src/time.js";
import { Ledger } from "../../../src/watch/delivering/ledger.js";

/** A database that takes nothing until it is back; what it takes is in `written`, a line for each statement. */
function openBook() {
  const written: string[] = [];
  let [failures, hold] = [0, Promise.resolve()];
  const stop = new AbortController();
  const heard: unknown[] = [];
  const refused: string[] = [];
  /** What the database never takes. */
  const poison = new Set<string>();
  const write = async (kind: string, names: readonly (string | number)[]) => {
    await hold;
    if (failures-- > 0) throw new StoreUnavailableError("away");
    if (names.some((name) => poison.has(`${kind} ${name}`))) throw new Error("violates a constraint");
    written.push(`${kind} ${names.join()}`);
  };
  const ledger = new Ledger({
    outbox: {
      note: (outcomes: readonly DeliveryOutcome[]) =>
        write(
          "note",
          outcomes.map(({ delivery }) => delivery.id),
        ),
      giveUp: (id: number) => write("give up", [id]),
      release: (lease: string, targets: readonly TargetRelease[]) =>
        write(
          `release ${lease}:`,
          targets.map(({ target }) => target),
        ),
    },
    // Pauses take no time.
    clock: { ...systemClock, setTimeout: (callback) => systemClock.setTimeout(callback, 0) },
    onFailure: (error) => void heard.push(error),
    onRefused: (_error, what) => void refused.push(JSON.stringify(what)),
    signal: stop.signal,
  });
  const wait = () => {
    let release: () => void = () => undefined;
    hold = new Promise((resolve) => (release = resolve));
    return release;
  };
  const fail = (times: number) => void (failures = times);
  return { ledger, written, heard, refused, poison, stop, fail, wait };
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

test("one that the database never takes is given up for itself, told with its id, and the others are written", async () => {
  const { ledger, written, heard, refused, poison, fail } = openBook();
  poison.add("note 5");
  fail(1);
  await ledger.note([1, 2, 3, 4, 5, 6, 7].map(sent));
  const noted = written.flatMap((line) => (line.startsWith("note ") ? line.slice(5).split(",") : []));
  expect(noted.sort()).toEqual(["1", "2", "3", "4", "6", "7"]);
  expect(written).toContain("give up 5");
  expect(refused).toEqual(['{"delivery":5}']);
  expect(heard).toHaveLength(1);
  // What comes later is written as ever.
  await ledger.note([sent(8)]);
  expect(written.at(-1)).toBe("note 8");
});

test("who noted what cannot even be given up hears of it, and nobody else does", async () => {
  const { ledger, written, poison } = openBook();
  for (const kind of ["note", "give up"]) poison.add(`${kind} 2`);
  const [good, bad] = [ledger.note([sent(1)]), ledger.note([sent(2)])];
  await expect(bad).rejects.toThrow("violates a constraint");
  await good;
  expect(written).toEqual(["note 1"]);
});

test("a target that can never be given back keeps no other one", async () => {
  const { ledger, written, refused, poison } = openBook();
  poison.add("release a: y");
  await Promise.all(["x", "y", "z"].map((target) => ledger.release("a", { target })));
  expect(written.join(" ")).toBe("release a: x release a: z");
  expect(refused).toEqual(['{"target":"y"}']);
});

test("it is given up when the bot stops", async () => {
  const { ledger, written, stop, fail } = openBook();
  fail(Infinity);
  const noting = ledger.note([sent(1)]);
  stop.abort();
  await expect(noting).rejects.toThrow();
  expect(written).toEqual([]);
});
