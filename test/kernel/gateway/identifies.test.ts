import { describe, expect, test } from "vitest";
import { OwnIdentifies } from "../../../src/kernel/gateway/own-identifies.js";
import { ManualClock } from "../../manual-clock.js";
import { engines, workbench } from "../../store/engines.js";

const DAY_MS = 86_400_000;
const request = { count: 4, shard: 0, row: 0, gapMs: 5_000, remaining: 1_000, resetAfterMs: DAY_MS, reserve: 10 };

describe.each(engines)("the IDENTIFYs of several processes on $name", (engine) => {
  const bench = workbench(engine);
  const join = async (name: string, shards: readonly number[], store = bench.store()) => {
    const { identifies, leases } = store.gateway("a token").among(name);
    await leases.take(4, shards, { abandoned: false });
    return identifies;
  };

  test("take turns within a row of shards, and not between rows; who waits for one takes none", async () => {
    const [here, there] = [await join("a", [0, 1]), await join("b", [2, 3], bench.elsewhere())];
    const take = (identifies: typeof here, shard: number) => identifies.take({ ...request, shard, row: shard % 2 });
    expect(await take(here, 0)).toEqual({ kind: "turn", left: 999 });
    for (let time = 0; time < 3; time += 1) {
      const turn = await take(there, 2);
      expect(turn.kind).toBe("not yet");
      // Five seconds after the turn before, of which a moment is over.
      expect(turn.kind === "not yet" && turn.ms).toBeGreaterThan(0);
      expect(turn.kind === "not yet" && turn.ms).toBeLessThanOrEqual(5_000);
    }
    expect(await take(here, 1)).toEqual({ kind: "turn", left: 998 });
  });

  test("end before the day's limit, whatever each of them believes; a new day begins anew", async () => {
    const [here, there] = [await join("a", [0, 1]), await join("b", [2, 3], bench.elsewhere())];
    const take = (identifies: typeof here, shard: number, remaining: number, resetAfterMs = DAY_MS) =>
      identifies.take({ ...request, shard, row: shard, remaining, resetAfterMs });
    expect(await take(here, 0, 12)).toMatchObject({ kind: "turn", left: 11 });
    // It asked Discord before the other one had identified.
    expect(await take(there, 2, 12)).toMatchObject({ kind: "turn", left: 10 });
    const over = await take(here, 1, 12);
    expect(over.kind).toBe("none left");
    expect(over.kind === "none left" && over.ms).toBeGreaterThan(DAY_MS - 60_000);
    expect(await take(there, 3, 1_000, DAY_MS + 3_600_000)).toMatchObject({ kind: "turn", left: 999 });
  });

  test("are not for a shard that another process has", async () => {
    const [, there] = [await join("a", [0]), await join("b", [1], bench.elsewhere())];
    expect(await there.take({ ...request, shard: 0 })).toEqual({ kind: "not ours" });
    expect(await there.take({ ...request, shard: 3, row: 3 })).toEqual({ kind: "not ours" });
  });
});

test("a process that is alone keeps the same limits", async () => {
  const clock = new ManualClock();
  const identifies = new OwnIdentifies(clock);
  const take = (remaining: number) => identifies.take({ ...request, remaining });
  expect(await take(12)).toEqual({ kind: "turn", left: 11 });
  expect(await take(12)).toEqual({ kind: "not yet", ms: 5_000 });
  clock.advance(4_000);
  expect(await take(12)).toEqual({ kind: "not yet", ms: 1_000 });
  clock.advance(1_000);
  expect(await take(12)).toEqual({ kind: "turn", left: 10 });
  clock.advance(3_595_000);
  expect(await take(12)).toEqual({ kind: "none left", ms: DAY_MS - 3_600_000 });
  clock.advance(DAY_MS - 3_600_000);
  expect(await take(1_000)).toEqual({ kind: "turn", left: 999 });
});
