import type { Channel } from "@zonewire/sandbox/discord";
import { ChannelType, PermissionFlagsBits as Bit } from "discord-api-types/v10";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { View } from "../../../src/kernel/view.js";
import { systemClock, type Clock } from "../../../src/time.js";
import { PanelSender } from "../../../src/watch/delivering/panel-sender.js";
import { openSending, until, type Sending } from "./sending.js";

let sending: Sending;
let shown: Record<string, string> = {};
let running: PanelSender<View>[] = [];
beforeAll(async () => {
  sending = await openSending();
});
afterEach(async () => {
  await Promise.all(running.map((panels) => panels.stop()));
  running = [];
  shown = {};
  await sending.change(sql`delete from panels`);
  await sending.reset();
});
afterAll(() => sending.close());

function start(clock: Clock = systemClock): PanelSender<View> {
  const silent = () => undefined;
  const panels = new PanelSender<View>({
    panels: sending.store.watching("production").panels,
    messenger: sending.messenger,
    render: ({ region }) => Promise.resolve({ embeds: [{ title: shown[region] ?? "calm" }] }),
    clock,
    random: () => 0.5,
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  panels.start();
  running.push(panels);
  return panels;
}

/** One whose region has been looked at. */
async function add(channel: Channel, region = "EU"): Promise<void> {
  await sending.store.watching("production").panels.add({
    ...{ channelId: channel.id, region, guildId: sending.guild.id, ownerId: "1", locale: "en" },
  });
  await sending.change(sql`update watch_subjects set looked_at = now()`);
}
/** There may be something new to show, and no reason to wait. */
async function dirty(panels: PanelSender<View>): Promise<void> {
  await sending.change(sql`update panels set version = version + 1, next_at = null`);
  panels.wake();
}
const changes = (channel: Channel) =>
  sending.discord.posts
    .list({ channel })
    .map(({ change, embeds: [embed] }) => `${change} ${(embed as { title: string }).title}`);
const state = async () => (await sending.store.watching("production").panels.list(sending.guild.id))[0];

test("a panel is made once, and edited when what it shows changes and only then", async () => {
  const channel = sending.channel();
  await add(channel);
  const panels = start();
  await until(() => {
    expect(changes(channel)).toEqual(["created calm"]);
  });
  await dirty(panels);
  shown = { EU: "runs" };
  await dirty(panels);
  await until(() => {
    expect(changes(channel)).toEqual(["created calm", "updated runs"]);
  });
});

test("a panel that somebody deletes is made anew", async () => {
  const channel = sending.channel();
  await add(channel);
  const panels = start();
  await until(() => {
    expect(changes(channel)).toHaveLength(1);
  });
  const [made] = sending.discord.posts.sent(channel);
  await sending.messenger.delete(channel.id, made!.message.id);
  shown = { EU: "runs" };
  await dirty(panels);
  await until(() => {
    expect(changes(channel)).toEqual(["created calm", "deleted calm", "created runs"]);
  });
});

test("a panel in an archived thread is shown, too", async () => {
  const thread = sending.discord.world.addThread(sending.channel(), "emissions");
  await add(thread);
  const panels = start();
  await until(() => {
    expect(changes(thread)).toHaveLength(1);
  });
  sending.discord.world.changeThread(thread, { archived: true });
  shown = { EU: "runs" };
  await dirty(panels);
  await until(() => {
    expect(changes(thread)).toEqual(["created calm", "updated runs"]);
  });
});

test("there are none among announcements", async () => {
  const channel = sending.channel({ type: ChannelType.GuildAnnouncement });
  await add(channel);
  start();
  await until(async () => {
    expect(await state()).toMatchObject({ state: "paused", reason: "wrong-channel" });
  });
  expect(changes(channel)).toEqual([]);
});

test("a panel whose channel is gone is paused; one that is hidden waits", async () => {
  const { discord, guild } = sending;
  const gone = sending.channel();
  await add(gone);
  discord.world.removeChannel(gone);
  start();
  await until(async () => {
    expect(await state()).toMatchObject({ state: "paused", reason: "channel-gone" });
  });
  await sending.change(sql`delete from panels`);
  const hidden = sending.channel();
  discord.world.setOverwrite(hidden, guild.roles.get(guild.id)!, { deny: Bit.ViewChannel });
  await add(hidden);
  const panels = start();
  const failures = async (count: number) => {
    await until(async () => {
      expect(await state()).toMatchObject({ state: "ok" });
      await sending.change(sql`select 1 / (select count(*) from panels where failures = ${count} and next_at > now())`);
    });
    await sending.change(sql`update panels set next_at = null`);
    panels.wake();
  };
  await failures(1);
  await failures(2);
  await until(async () => {
    expect(await state()).toMatchObject({ state: "paused", reason: "permission.view-channel" });
  });
});

test("a panel of a server without the bot waits for its return", async () => {
  const { discord, guild, store } = sending;
  const channel = sending.channel();
  await add(channel);
  const gone = discord.faults.rest.add({ path: channel.id, status: 404, code: 10004 });
  const panels = start();
  await until(async () => {
    expect(await state()).toMatchObject({ state: "paused", reason: "server-gone" });
  });
  await dirty(panels);
  expect(gone.hits).toBe(1);
  discord.faults.rest.clear();
  await store.servers.joined(guild.id);
  await dirty(panels);
  await until(() => {
    expect(changes(channel)).toEqual(["created calm"]);
  });
});

test("several panels of a channel take turns, also where the machine's clock is set again and again", async () => {
  const channel = sending.channel();
  const regions = ["EU", "RU", "NA"];
  for (const region of regions) await add(channel, region);
  let ahead = 0;
  start({ ...systemClock, now: () => Date.now() + (ahead += 60_000) });
  await until(() => {
    expect(changes(channel)).toHaveLength(3);
  });
});
