import { ChannelType } from "discord-api-types/v10";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "../../src/time.js";
import { sourceName } from "../../src/zonewire/game.js";
import { PATIENCE_MS } from "../patience.js";
import { borrowStore } from "../store/shared.js";
import { labels, startBot, textOf, type Bot } from "./bot.js";
import { menuOf } from "./linking.js";

describe("where alerts go, and what cannot be watched", () => {
  let bot: Bot;
  let borrowed: Awaited<ReturnType<typeof borrowStore>>;
  beforeAll(async () => {
    borrowed = await borrowStore(systemClock);
    bot = await startBot({ store: borrowed.store });
  });
  afterAll(async () => {
    await bot.close();
    borrowed.giveBack();
  });

  test("they go to a thread, become posts of a forum, and are published among announcements", async () => {
    const { world, posts } = bot.discord;
    const [guild] = bot.discord.guilds;
    const warden = bot.as("en-US", { person: "warden" });
    const thread = world.addThread(world.addChannel(guild!, "talk"), "emissions");
    const forum = world.addChannel(guild!, "board", { type: ChannelType.GuildForum });
    const news = world.addChannel(guild!, "headlines", { type: ChannelType.GuildAnnouncement });
    const voice = world.addChannel(guild!, "voices", { type: ChannelType.GuildVoice });
    const places = [
      { channel: thread.id },
      { channel: forum.id },
      { channel: news.id, publish: true },
      { channel: voice.id },
    ];
    const setUp = async () => {
      for (const place of places) {
        const { message } = await warden.slash("alerts emission", { region: "SEA", stages: "start", ...place });
        expect(textOf(message)).toContain("✅");
      }
    };
    await setUp();
    const { watches } = borrowed.store.watching(sourceName(bot.game.apiUrl));
    const lookedAt = async () => (await watches.list({ guildId: guild!.id })).every((watch) => watch.lookedAt !== null);
    await expect.poll(lookedAt, { timeout: PATIENCE_MS }).toBe(true);
    bot.game.startEmission("SEA");
    await setUp();
    const inForum = () => posts.sent().filter(({ channel }) => channel.thread?.parent === forum);
    await bot.discord.until("all of them", () =>
      [thread, news, voice].every((channel) => posts.sent(channel).length === 1 && inForum().length === 1),
    );
    expect(inForum()[0]?.channel.name).toBe("Emission · SEA");
    await bot.discord.until("the publishing", () => posts.list({ change: "crossposted" }).length === 1);
    expect(posts.list({ change: "crossposted" })[0]?.channel).toBe(news);
    expect(posts.sent(thread)[0]?.content).toContain("Emission in SEA");
  });

  test("more of them than a page and a menu hold are listed and deleted over several", async () => {
    const { watches } = borrowed.store.watching(sourceName(bot.game.apiUrl));
    const [guild] = bot.discord.guilds;
    const warden = bot.as("en-US", { person: "warden" });
    const before = (await watches.list({ guildId: guild!.id })).length;
    const to = {
      guildId: guild!.id,
      ownerId: warden.standpoint.user.id,
      roleId: null,
      crosspost: false,
      silent: false,
    };
    for (let n = before; n < 30; n++) {
      const channel = bot.discord.world.addChannel(guild!, `alerts-${n}`);
      const what = { kind: "emission", subject: "NA", target: `channel:${channel.id}` } as const;
      const how = { rule: { stages: ["start"] }, locale: "en-US", lifetimeDays: null };
      await watches.add({ ...to, ...what, ...how }, { perPerson: 50, perServer: 50 }, { periodMs: 10_000, points: 1 });
    }
    const list = (await warden.slash("alerts list")).message!;
    expect(textOf(list)).toContain("30 of 50");
    expect(menuOf(list, "open").options).toHaveLength(8);
    const last = (await warden.click(list, "»")).message!;
    expect(menuOf(last, "open").options).toHaveLength(6);
    const removal = (await warden.slash("alerts remove")).message!;
    expect(menuOf(removal, "choose").options).toHaveLength(25);
    const rest = (await warden.click(removal, "›")).message!;
    const { customId, options } = menuOf(rest, "choose");
    expect(options).toHaveLength(5);
    const gone = await warden.select(
      rest,
      customId,
      options.map(({ value }) => value),
    );
    expect(textOf(gone.message)).toContain("🗑️ Deleted");
    expect(await watches.list({ guildId: guild!.id })).toHaveLength(25);
    const { customId: first, options: others } = menuOf(gone.message, "choose");
    const none = await warden.select(
      gone.message!,
      first,
      others.map(({ value }) => value),
    );
    expect(textOf(none.message)).toContain("This server has no alerts yet.");
  });

  test("a person deletes watches of their own with a menu, and /status says what watching takes", async () => {
    const mira = bot.as("en-US", { person: "mira" });
    await mira.slash("watch emission", { region: "RU" });
    await mira.slash("watch emission", { region: "EU", stages: "end" });
    const message = (await mira.slash("watch remove")).message!;
    const { customId, options } = menuOf(message, "choose");
    expect(options).toHaveLength(2);
    const { value } = options.find(({ label }) => label.includes("EU"))!;
    const gone = await mira.select(message, customId, [value]);
    expect(textOf(gone.message)).toContain("🗑️ Deleted: Emissions · EU · End");
    const list = textOf((await mira.slash("watch list")).message);
    expect([list.includes("RU"), list.includes("· EU")]).toEqual([true, false]);
    expect(textOf((await mira.slash("status")).message)).toMatch(
      /Watched\nemissions, prices, clans, roles, battles: \d+ in all, \d+ of \d+ requests a minute/,
    );
  });

  test.each([
    ["an announcement channel", ChannelType.GuildAnnouncement],
    ["a forum", ChannelType.GuildForum],
  ] as const)("has no panel in %s", async (_what, type) => {
    const [guild] = bot.discord.guilds;
    const channel = bot.discord.world.addChannel(guild!, "news", { type });
    const warden = bot.as("en-US", { person: "warden" });
    const { message, ephemeral } = await warden.slash("alerts emission", { channel: channel.id, panel: true });
    expect(ephemeral).toBe(true);
    expect(textOf(message)).toContain(`A panel cannot be kept in <#${channel.id}>`);
    const { message: other } = await warden.slash("alerts emission", { channel: channel.id, stages: "none" });
    expect(textOf(other)).toContain("Choose what to tell");
    expect(bot.discord.posts.sent(channel)).toEqual([]);
  });

  test("any more, as a panel whose channel is gone, is paused in the list, which says why and what to do", async () => {
    const [guild] = bot.discord.guilds;
    const channel = bot.discord.world.addChannel(guild!, "panel");
    const warden = bot.as("en-US", { person: "warden" });
    bot.game.startEmission("SEA");
    await warden.slash("alerts emission", { channel: channel.id, region: "SEA", stages: "none", panel: true });
    await bot.discord.until("the panel", () => bot.discord.posts.sent(channel).length === 1);
    // It shows what is known from the first moment on.
    expect(textOf(bot.discord.posts.sent(channel)[0]?.message)).not.toContain("No emission is known");
    const opened = async () => {
      const { message } = await warden.slash("alerts list");
      const menu = menuOf(message, "open");
      const { value } = menu.options.find(({ label }) => label === "Panel: emissions · SEA")!;
      await warden.select(message!, menu.customId, [value]);
      return message!;
    };
    const running = await opened();
    expect(textOf(running)).toMatch(/always up to date · last edited <t:\d+:R>/);
    expect(labels(running)).toEqual(["Test", "Delete", "Back to the list"]);
    await warden.click(running, "Test");
    expect(textOf(running)).toContain("✅ Sent, without a sound");
    bot.discord.world.removeChannel(channel);
    bot.game.endEmission("SEA");
    await expect
      .poll(async () => textOf(await opened()), { timeout: PATIENCE_MS, interval: 500 })
      .toContain("paused. This channel is not in this server any more");
    const paused = await opened();
    expect(labels(paused)).toEqual(["Resume", "Test", "Delete", "Back to the list"]);
    await warden.click(paused, "Test");
    expect(textOf(paused)).toContain("This channel is not in this server any more");
    await warden.click(paused, "Resume");
    expect(textOf(paused)).toContain("✅ It goes on");
    await warden.click(paused, "Delete");
    expect(textOf(paused)).toContain("Deleted: Panel: emissions · SEA");
  });

  test("is not saved for somebody who takes no direct messages", async () => {
    const vesper = bot.as();
    bot.discord.world.closedDms.add(vesper.standpoint.user.id);
    for (let time = 0; time < 2; time++) {
      const { message, ephemeral } = await vesper.slash("watch emission", { region: "NA" });
      expect(ephemeral).toBe(true);
      expect(textOf(message)).toContain("nothing was saved");
    }
    bot.discord.world.closedDms.clear();
    const { message } = await vesper.slash("watch emission", { region: "NA" });
    expect(textOf(message)).toContain("✅ Saved");
  });

  test.each(["watch", "alerts"])("is said of a region that there is not, by /%s", async (command) => {
    const channel = command === "alerts" && { channel: bot.discord.channels[0]?.id ?? "" };
    const warden = bot.as("en-US", { person: "warden" });
    const { message, ephemeral } = await warden.slash(`${command} emission`, { region: "moon", ...channel });
    expect(ephemeral).toBe(true);
    expect(textOf(message)).toContain("I do not know the region **moon**");
  });
});
