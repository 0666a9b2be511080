import type { Channel } from "@zonewire/sandbox/discord";
import { ChannelType, PermissionFlagsBits as Bit } from "discord-api-types/v10";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import type { View } from "../../../src/kernel/view.js";
import { systemClock } from "../../../src/time.js";
import { PanelSender } from "../../../src/watch/delivering/panel-sender.js";
import { openSending, type Sending } from "./sending.js";

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

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 20_000, interval: 20 });

function start(): PanelSender<View> {
  const silent = () => undefined;
  const panels = new PanelSender<View>({
    panels: sending.store.watching("production").panels,
    messenger: sending.messenger,
    render: ({ region }) => Promise.resolve({ embeds: [{ title: shown[region] ?? "calm" }] }),
    clock: systemClock,
    random: () => 0.5,
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  panels.start();
  running.push(panels);
  return panels;
}

const add = (channel: Channel, region = "EU") =>
  sending.store.watching("production").panels.add({
    ...{ channelId: channel.id, region, guildId: sending.guild.id, ownerId: "1", locale: "en" },
  });
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

test("several panels of a channel take turns, and show the newest in the end", async () => {
  const channel = sending.channel();
  const regions = ["EU", "RU", "NA"];
  for (const region of regions) await add(channel, region);
  start();
  await until(() => {
    expect(changes(channel)).toHaveLength(3);
  });
});
