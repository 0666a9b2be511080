import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import type { DiscordSimulator } from "@zonewire/sandbox/discord";
import { engines, workbench } from "../../store/engines.js";
import { command } from "../../store/processes.js";
import { isUp } from "./listener.js";
import { ALL, HURRIED, received, sharer, shards, startDiscord, type Sharer } from "./sharers.js";

const PRESENCE = { counts: [1], pinned: null, knows: [], up: [], news: false };

describe.each(engines)("processes that share $name", (engine) => {
  const bench = workbench(engine);
  const join = async (discord: DiscordSimulator, options = {}) => {
    const one = sharer(discord, bench.elsewhere(), options);
    await one.gateway.connect();
    return one;
  };
  /** As if this one of them were an operating system's process of its own; the returned function kills that. */
  const runApart = async (id: string) => {
    const { pid, kill, ended } = command([process.execPath, "--eval", "setInterval(() => {}, 1e6)"], {});
    const identity = sql`jsonb_set(identity, '{pid}', ${String(pid)}::jsonb) || '{"started": null}'`;
    await bench.database.run((db) =>
      db.execute(sql`update gateway_processes set identity = ${identity} where process = ${id}`),
    );
    return async () => {
      kill();
      await ended;
    };
  };
  /** As if the process had given no sign of life for long enough. */
  const letExpire = async ({ id }: Sharer) => {
    await bench.database.transaction(async (tx) => {
      const before = sql`now() - interval '1 second'`;
      await tx.execute(sql`update gateway_processes set alive_until = ${before} where process = ${id}`);
      await tx.execute(sql`update gateway_shards set leased_until = ${before} where holder = ${id}`);
    });
  };

  test("share the shards out evenly, hand them over without an IDENTIFY, and lose nothing on the way", async () => {
    const { discord, tries, ask } = await startDiscord();
    const first = await join(discord);
    expect(first.shards()).toEqual(ALL);
    const asked = ask();

    const second = await join(discord);
    asked.push(...ask());
    expect(shards([first, second])).toEqual([2, 2]);
    expect(first.told()).toContain("this process has other shards now");
    const third = await join(discord);
    await expect.poll(() => shards([first, second, third]).sort()).toEqual([1, 1, 2]);
    asked.push(...ask());

    const left = third.gateway.close();
    asked.push(...ask());
    await left;
    await expect.poll(() => shards([first, second])).toEqual([2, 2]);
    asked.push(...ask());
    await first.gateway.close();
    await expect.poll(() => second.shards().sort()).toEqual(ALL);

    await expect.poll(() => received([first, second, third])).toEqual(asked);
    expect([first, second, third].flatMap((one) => one.repeated)).toEqual([]);
    expect(tries.identifies).toBe(4);
    expect(discord.problems).toEqual([]);
  });

  test("have as many as there are shards at work; another one waits, is ready, and takes over", async () => {
    const { discord, tries } = await startDiscord({ shards: 1 });
    const [first, second] = [await join(discord), await join(discord)];
    expect([first.shards(), second.shards()]).toEqual([[0], []]);
    expect(isUp(second.gateway)).toBe(true);
    await first.gateway.handOver();
    await expect.poll(() => second.shards()).toEqual([0]);
    expect(tries).toMatchObject({ identifies: 1, resumes: 1 });
  });

  test("take over the shards of one that was killed: what it may have answered comes with a warning", async () => {
    const { discord, tries, ask } = await startDiscord();
    const [first, second] = [await join(discord), await join(discord)];
    const answered = ask();
    await expect.poll(() => received([first, second])).toEqual(answered);
    const dead = [...second.received];
    await second.kill();
    const missed = ask();
    await letExpire(second);
    await expect.poll(() => first.shards().sort()).toEqual(ALL);
    // Everything after what was noted of the session, which was written when it began.
    await expect.poll(() => received([first])).toEqual([...answered, ...missed].sort());
    expect(first.repeated).toEqual(expect.arrayContaining(dead));
    expect(tries.identifies).toBe(4);
  });

  test("see a process of their machine die without asking anybody, and take its shards", async () => {
    const { discord } = await startDiscord();
    const { leases } = bench.elsewhere().gateway(discord.token).among("other");
    await leases.agree(4);
    await leases.renew({ ...PRESENCE, counts: [4], knows: [4] });
    await leases.take(4, [0, 1], { abandoned: false });
    const end = await runApart("other");
    const one = await join(discord, { glances: true });
    expect(one.shards()).toEqual([2, 3]);
    await end();
    await expect.poll(() => one.shards().sort()).toEqual(ALL);
  });

  test("give signs of life and keep their sessions at once, and neither waits for the other", async () => {
    const ids = Array.from({ length: 32 }, (_, id) => id);
    const { leases, sessions } = bench.elsewhere().gateway("a bot").among("one");
    await leases.take(32, ids.toReversed(), { abandoned: false });
    const kept = ids.toReversed().map((shardId) => ({
      session: { shardCount: 32, shardId, sessionId: "s", resumeURL: "wss://gateway.example", sequence: 1 },
      exact: false,
    }));
    const often = async (work: () => Promise<unknown>) => {
      for (let time = 0; time < 150; time += 1) await work();
    };
    await Promise.all([often(() => leases.renew({ ...PRESENCE, counts: [32] })), often(() => sessions.keep(kept))]);
    expect((await leases.renew(PRESENCE)).shards).toHaveLength(32);
  });

  test("see each death once", async () => {
    const gateway = bench.elsewhere().gateway("a bot");
    const [{ leases }, other] = [gateway.among("one"), gateway.among("other")];
    await other.leases.renew(PRESENCE);
    const end = await runApart("other");
    const living = async () => (await leases.renew(PRESENCE)).processes.map(({ id }) => id);
    expect(await living()).toEqual(["other", "one"]);
    expect(leases.seesDeath()).toBe(false);
    await end();
    expect([leases.seesDeath(), leases.seesDeath()]).toEqual([true, false]);
    expect(await living()).toEqual(["one"]);
    expect(leases.seesDeath()).toBe(false);
  });

  test("keep what they have while the database is away, and after it", async () => {
    const { discord, tries, ask } = await startDiscord();
    const [first, second] = [await join(discord), await join(discord)];
    const ends = [first.isolate(), second.isolate()];
    await letExpire(first);
    await letExpire(second);
    for (const one of [first, second])
      await expect.poll(one.told).toContain("the other processes cannot be reached: shards stay where they are");
    const asked = ask();
    await expect.poll(() => received([first, second])).toEqual(asked);
    for (const end of ends) end();
    await expect.poll(() => second.told()).toContain("the other processes are in reach again");
    await expect.poll(() => first.told()).toContain("the other processes are in reach again");
    expect(shards([first, second])).toEqual([2, 2]);
    expect(tries).toMatchObject({ identifies: 4 });
  });

  test("leave in time while the database is silent, and say what that may cost", async () => {
    const { discord } = await startDiscord();
    const one = await join(discord, { clock: HURRIED });
    one.silence();
    await one.gateway.handOver();
    await one.gateway.close();
    expect(one.told().filter((line) => line.startsWith("the gateway session could not be kept in time"))).not.toEqual(
      [],
    );
  });

  test("of whom one was away too long, and whose shards others have, leaves them alone", async () => {
    const { discord, tries, ask } = await startDiscord();
    const [first, second] = [await join(discord), await join(discord)];
    const back = second.isolate();
    await letExpire(second);
    await expect.poll(() => first.shards().sort()).toEqual(ALL);
    back();
    await expect.poll(() => shards([first, second])).toEqual([2, 2]);
    const asked = ask();
    await expect.poll(() => received([first, second])).toEqual(asked);
    expect(tries.identifies).toBe(4);
  });

  test("with shards of their own take these, the latest comer first", async () => {
    const { discord, tries } = await startDiscord();
    const own = (...ids: number[]) => ({ shards: { count: 4, ids } });
    const [low, high] = await Promise.all([join(discord, own(0, 1)), join(discord, own(2, 3))]);
    expect([low.shards().sort(), high.shards().sort()]).toEqual([
      [0, 1],
      [2, 3],
    ]);
    const heir = await join(discord, own(2, 3));
    expect([heir.shards().sort(), high.shards()]).toEqual([[2, 3], []]);
    expect(tries.identifies).toBe(4);
  });

  test("take up a session also where the database answered only at the second time", async () => {
    const { discord, tries, ask } = await startDiscord();
    const before = await join(discord);
    await before.gateway.close();
    const missed = ask();
    const after = sharer(discord, bench.elsewhere());
    after.failNext("read", 4);
    await after.gateway.connect();
    await expect.poll(() => received([after])).toEqual(missed);
    expect(tries).toMatchObject({ identifies: 4, resumes: 4 });
  });

  test("wait when Discord allows no more sessions for today, which is said", async () => {
    const { discord, tries } = await startDiscord({ sessionLimit: 3, sessionLimitMs: 86_400_000 });
    const one = sharer(discord, bench.store());
    const connecting = expect(one.gateway.connect()).rejects.toThrow("leaves");
    await expect.poll(one.told).toContain("Discord allows no more sessions for now: waiting until it does");
    // The one that is too many hears so while the others may still be on their way.
    await expect.poll(one.shards).toHaveLength(3);
    expect(tries.identifies).toBe(3);
    expect(discord.problems).toEqual([]);
    await one.gateway.close();
    await connecting;
  });
});
