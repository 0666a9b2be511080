import { describe, expect, test } from "vitest";
import type { DiscordSimulator } from "@zonewire/sandbox/discord";
import { engines, workbench } from "../../store/engines.js";
import { ALL, HURRIED, received, sharer, shards, startDiscord } from "./sharers.js";

describe.each(engines)("processes that share $name", (engine) => {
  const bench = workbench(engine);
  const join = async (discord: DiscordSimulator, options = {}) => {
    const one = sharer(discord, bench.elsewhere(), options);
    await one.gateway.connect();
    return one;
  };

  test("change to more shards beside the old ones: everything is received once, and the old sessions end", async () => {
    const { discord, tries, ask } = await startDiscord({ shards: 2 });
    const first = await join(discord);
    expect(first.shards()).toEqual([0, 1]);
    discord.recommendShards(4);
    const asked: string[] = [];
    const stop = new AbortController();
    const asking = (async () => {
      while (!stop.signal.aborted) {
        asked.push(...ask());
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    // Who joins looks at what Discord recommends.
    const second = await join(discord);
    const sum = () => [...first.shards(), ...second.shards()].sort();
    await expect
      .poll(() => [...first.told(), ...second.told()])
      .toContain("all shards of the new number are up: the old ones end");
    await expect.poll(sum).toEqual(ALL);
    stop.abort();
    await asking;
    asked.push(...ask());
    await expect.poll(() => received([first, second])).toEqual(asked);
    expect(tries.identifies).toBe(6);
    expect(discord.faults.gateway.shards.get("3/4")).toMatchObject({ identified: 1, refused: 0 });
  });

  test("begin anew with more where Discord takes no session of so few, and go on where it does", async () => {
    const { discord, ask } = await startDiscord({ shards: 2 });
    const before = await join(discord);
    await before.gateway.close();
    // Too few more for sessions of both numbers side by side.
    discord.recommendShards(3);
    discord.faults.gateway.invalidateSessions({ resumable: false });
    discord.faults.gateway.faults.leastShards = 3;
    const [first, second] = await Promise.all([join(discord), join(discord)]);
    await expect.poll(() => shards([first, second]).sort()).toEqual([1, 2]);
    const asked = ask();
    await expect.poll(() => received([first, second])).toEqual(asked);
    expect([...first.refusals, ...second.refusals]).toEqual([]);
    expect(
      [...first.told(), ...second.told()].filter((line) => line.includes("beginning anew with more")),
    ).toHaveLength(1);
  });

  test("end where Discord takes no session of the number that is set", async () => {
    const { discord } = await startDiscord({ shards: 4 });
    discord.faults.gateway.faults.leastShards = 3;
    const one = sharer(discord, bench.elsewhere(), { shards: { count: 2, ids: "shared" } });
    await expect(one.gateway.connect()).rejects.toThrow(/SHARD_COUNT is a number, set it to auto or to a larger one/);
  });

  test("answer in time while two numbers are known and the database is silent: with a look at who else does", async () => {
    const { discord, ask } = await startDiscord();
    const few = await join(discord, { shards: { count: 2, ids: "shared" }, clock: HURRIED });
    const many = await join(discord, { shards: { count: 4, ids: "shared" }, clock: HURRIED });
    many.silence();
    few.silence();
    const asked = ask();
    for (const one of [few, many]) {
      await expect.poll(() => one.received.toSorted()).toEqual(asked);
      expect(one.repeated.toSorted()).toEqual(asked);
    }
  });

  test("of two numbers of shards, as while the setting is changed, answer everything once", async () => {
    const { discord, ask } = await startDiscord();
    const few = await join(discord, { shards: { count: 2, ids: "shared" } });
    const many = await join(discord, { shards: { count: 4, ids: "shared" } });
    expect([few.shards().sort(), many.shards().sort()]).toEqual([[0, 1], ALL]);
    for (const one of [few, many]) expect(one.told().join()).toContain("or SHARD_COUNT differs");
    const asked = ask();
    await expect.poll(() => received([few, many])).toEqual(asked);
    await few.gateway.close();
    asked.push(...ask());
    await expect.poll(() => received([few, many])).toEqual(asked);
  });
});
