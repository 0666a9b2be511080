import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { DiscordSimulator } from "@zonewire/sandbox/discord";
import { rowsOf } from "../../../src/store/rows.js";
import { engines, workbench } from "../../store/engines.js";
import { received, sharer, startDiscord } from "./sharers.js";

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
