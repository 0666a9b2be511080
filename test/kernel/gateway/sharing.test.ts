import { sql } from "drizzle-orm";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { DiscordSimulator, type DiscordSimulatorOptions } from "@zonewire/sandbox/discord";
import { rowsOf } from "../../../src/store/rows.js";
import { systemClock } from "../../../src/time.js";
import { PATIENT } from "../../patience.js";
import { engines, workbench } from "../../store/engines.js";
import { command } from "../../store/processes.js";
import { sharer, type Sharer } from "./sharers.js";

/** A Discord with a server for each of the shards 0 to 3 of four, and of two. */
async function startDiscord(options: DiscordSimulatorOptions = {}) {
  const discord = await DiscordSimulator.start({ ...PATIENT, shards: 4, ...options });
  onTestFinished(() => discord.close());
  const owner = discord.users[0]!;
  const servers: string[] = [];
  while (servers.filter(Boolean).length < 4) {
    const { id } = discord.world.addGuild("a server", owner);
    servers[Number((BigInt(id) >> 22n) % 4n)] = id;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const { tries } = discord.faults.gateway;
  let last = 4_000_000_000_000_000_000n;
  return {
    discord,
    tries,
    /** Sends one interaction to each server; their ids. */
    ask: () =>
      servers.map((guildId) => {
        const id = String((last += 1n));
        const ping = { id, token: "token", type: 2, data: { name: "ping" }, user: { id: "1" }, application_id: "1" };
        discord.faults.gateway.dispatch("INTERACTION_CREATE", ping, { guildId });
        return id;
      }),
  };
}

const received = (sharers: readonly Sharer[]) => sharers.flatMap((one) => one.received).sort();
const shards = (sharers: readonly Sharer[]) => sharers.map((one) => one.shards().length);
const ALL = [0, 1, 2, 3];
/** No wait lasts. */
const HURRIED = { ...systemClock, setTimeout: (end: () => void, ms: number) => systemClock.setTimeout(end, ms / 20) };
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
    expect(second.gateway.up).toBe(true);
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

describe("the only process of a bot", () => {
  const bench = workbench(engines[0]!);
  const start = async (discord: DiscordSimulator) => {
    const one = sharer(discord, bench.store(), { shares: false });
    await one.gateway.connect();
    return one;
  };
  const noted = () =>
    bench.database.run((db) => rowsOf(db, sql`select 1 from gateway_shards where session_id is not null`, z.unknown()));

  test("resumes after a restart, and receives once what came meanwhile", async () => {
    const { discord, tries, ask } = await startDiscord();
    const before = await start(discord);
    const asked = ask();
    await expect.poll(() => received([before])).toEqual(asked);
    await before.gateway.close();
    const missed = ask();
    const after = await start(discord);
    await expect.poll(() => received([after])).toEqual(missed);
    expect(after.repeated).toEqual([]);
    expect(tries).toMatchObject({ identifies: 4, resumes: 4 });
  });

  test("resumes after kill -9, and is told of what it may have answered", async () => {
    const { discord, tries, ask } = await startDiscord();
    const before = await start(discord);
    const asked = ask();
    await expect.poll(() => received([before])).toEqual(asked);
    await expect.poll(noted).toHaveLength(4);
    await before.kill();
    const after = await start(discord);
    await expect.poll(() => after.repeated.sort()).toEqual(asked);
    const later = ask();
    await expect.poll(() => received([after])).toEqual([...asked, ...later]);
    expect(after.repeated).toHaveLength(4);
    expect(tries).toMatchObject({ identifies: 4, resumes: 4 });
  });

  test("begins anew with another number of shards, and when Discord no longer knows the session", async () => {
    const { discord, tries } = await startDiscord();
    await (await start(discord)).gateway.close();
    discord.recommendShards(2);
    const fewer = await start(discord);
    expect(fewer.shards()).toEqual([0, 1]);
    expect(tries).toMatchObject({ identifies: 6, resumes: 0 });
    await fewer.gateway.close();
    discord.faults.gateway.invalidateSessions({ resumable: false });
    expect((await start(discord)).shards()).toEqual([0, 1]);
    expect(tries).toMatchObject({ identifies: 8, resumes: 2 });
  });

  test("does not take up the session of another bot, whose token was there before", async () => {
    const [ours, theirs] = [await startDiscord(), await startDiscord({ token: "another.token" })];
    await (await start(theirs.discord)).gateway.close();
    await start(ours.discord);
    expect(ours.tries).toMatchObject({ identifies: 4, resumes: 0 });
  });
});
