import { ChannelType } from "discord-api-types/v10";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Channel, Post, Role } from "@zonewire/sandbox/discord";
import { sourceName } from "../../src/zonewire/game.js";
import { systemClock } from "../../src/time.js";
import { PATIENCE_MS } from "../patience.js";
import { borrowStore } from "../store/shared.js";
import { labels, startBot, textOf, type Bot } from "./bot.js";

/** What is sent at the start of an emission, and what the others say; the first line. */
const START = "☢️ Emission in EU. Get to shelter!";
const END = "🌤️ The emission in EU is over.";
const BOOST = "🍀 More artifacts in EU";

describe("emissions that are watched", { timeout: 120_000 }, () => {
  let bot: Bot;
  let alerts: Channel;
  let panels: Channel;
  let role: Role;
  let borrowed: Awaited<ReturnType<typeof borrowStore>>;
  beforeAll(async () => {
    borrowed = await borrowStore(systemClock);
    bot = await startBot({ store: borrowed.store });
    const { discord } = bot;
    const [guild] = discord.guilds;
    if (!guild) throw new Error("there is no server");
    role = discord.world.addRole(guild, "Stalkers");
    alerts = discord.world.addChannel(guild, "emissions");
    panels = discord.world.addChannel(guild, "panel");
  });
  afterAll(async () => {
    await bot.close();
    borrowed.giveBack();
  });

  const owner = () => bot.as("en-US", { person: "warden" });
  /** What the bot wrote first in the direct messages of somebody. */
  const told = (name: string) =>
    bot.discord.posts.sent().filter(({ channel }) => channel.recipients.some(({ username }) => username === name));
  const inChannel = (channel: Channel) => bot.discord.posts.sent(channel);
  const saying = (posts: readonly Post[], text: string) => posts.filter(({ content }) => content.includes(text));
  const panelText = () => textOf(inChannel(panels).at(-1)?.message);
  /** Has the region looked at now, as whoever resumes a watch does, in place of at its time. */
  const look = async () => {
    const { watches } = borrowed.store.watching(sourceName(bot.game.apiUrl));
    const scope = { ownerId: bot.as().standpoint.user.id };
    for (const { id } of await watches.list(scope)) await watches.resume(id, scope, { periodMs: 10_000, points: 1 });
  };
  const until = async (what: string, happened: () => boolean) => {
    await look();
    await bot.discord.until(what, happened);
  };
  /** Until it was looked at again, and what came of it is stored. */
  const looked = async () => {
    const { watches } = borrowed.store.watching(sourceName(bot.game.apiUrl));
    const last = async () =>
      (await watches.list({ ownerId: bot.as().standpoint.user.id }))[0]?.lookedAt?.getTime() ?? 0;
    const before = await last();
    await look();
    await expect.poll(last, { timeout: PATIENCE_MS }).toBeGreaterThan(before);
  };

  test("are set up with one command each, which says what will happen", async () => {
    const { message, ephemeral } = await owner().slash("alerts emission", {
      channel: alerts.id,
      region: "EU",
      role: role.id,
    });
    expect(ephemeral).toBe(true);
    expect(textOf(message)).toContain(`✅ Messages in <#${alerts.id}>: Start · End · More artifacts after it`);
    expect(textOf(message)).toContain(`pings <@&${role.id}>`);
    expect(textOf(message)).toContain("Checked about every 10 seconds");
    await owner().slash("alerts emission", { channel: panels.id, region: "EU", stages: "none", panel: true });
    await bot.discord.until("the panel", () => inChannel(panels).length === 1);

    const own = await bot.as().slash("watch emission", { region: "EU" });
    expect(own.ephemeral).toBe(true);
    expect(textOf(own.message)).toContain("I have just sent you a direct message");
    expect(told("vesper")).toHaveLength(1);
    await bot.as("ru", { person: "mira" }).slash("watch emission", { region: "EU", stages: "boost" });
    expect(told("mira")).toHaveLength(1);
    await bot.discord.until("the calm on the panel", () => panelText().includes("Calm"));
  });

  test("are told once when one starts, to everybody who asked for it, and ping the chosen role alone", async () => {
    bot.game.startEmission("EU");
    await bot.discord.until("the alert", () => inChannel(alerts).length === 1 && told("vesper").length === 2);
    expect(inChannel(alerts)[0]).toMatchObject({
      content: expect.stringContaining(START) as unknown,
      pings: { roles: [role.id], users: [], everyone: false },
    });
    expect(told("vesper")[1]).toMatchObject({ content: START, pings: { roles: [], everyone: false } });
    expect(told("mira")).toHaveLength(1);
    await bot.discord.until("the emission on the panel", () => panelText().includes("under way"));
    expect(inChannel(panels)).toHaveLength(1);
  });

  test("are not told again when the API flickers or moves the start, nor after a restart", async () => {
    bot.game.shiftEmission("EU", 3_000);
    await looked();
    bot.game.hideEmission("EU", 5_000);
    await looked();
    await bot.restart();
    await looked();
    expect(inChannel(alerts)).toHaveLength(1);
    expect(told("vesper")).toHaveLength(2);
    expect(inChannel(panels)).toHaveLength(1);
    expect(panelText()).toContain("under way");
  });

  test("are told once when one ends, with the rise of artifacts", async () => {
    bot.game.endEmission("EU");
    await until("the end", () => inChannel(alerts).length === 2 && told("mira").length === 2);
    expect(inChannel(alerts)[1]?.content).toContain(END);
    expect(textOf(inChannel(alerts)[1]?.message)).toContain("More artifacts until");
    await bot.discord.until("the end for Vesper", () => saying(told("vesper"), END).length === 1);
    expect(told("mira")[1]?.content).toMatch(/^🍀 В EU больше артефактов до <t:\d+:t>$/);
    await bot.discord.until("the calm on the panel", () => panelText().includes("Calm"));
    expect(inChannel(panels)).toHaveLength(1);
    expect(bot.discord.posts.list({ channel: panels, change: "updated" }).length).toBeLessThanOrEqual(3);
  });

  test("a panel that somebody deleted is made anew at the next change", async () => {
    const [panel] = inChannel(panels);
    if (!panel) throw new Error("there is no panel");
    const { token, restUrl } = bot.discord;
    const gone = await fetch(`${restUrl}/v10/channels/${panels.id}/messages/${panel.message.id}`, {
      method: "DELETE",
      headers: { authorization: `Bot ${token}` },
    });
    expect(gone.status).toBe(204);
    bot.game.startEmission("EU");
    await until("the new panel", () => inChannel(panels).length === 2);
    expect(panelText()).toContain("under way");
    expect(labels(inChannel(panels)[1]!.message)).toEqual(["Notify me", "History"]);
    bot.game.endEmission("EU");
    await until("its calm", () => panelText().includes("Calm"));
    expect(inChannel(panels)).toHaveLength(2);
  });

  test("the buttons of a panel answer whoever presses them, alone", async () => {
    const panel = inChannel(panels).at(-1)?.message;
    if (!panel) throw new Error("there is no panel");
    const warden = bot.as("en-US", { person: "warden", channel: panels });
    const watched = await warden.click(panel, "Notify me");
    expect(watched.ephemeral).toBe(true);
    expect(textOf(watched.message)).toContain("I have just sent you a direct message");
    const history = await warden.click(panel, "History");
    expect(history.ephemeral).toBe(true);
    expect(textOf(history.message)).toMatch(/So far I have seen \d emissions here/);
    expect(history.message?.files[0]?.description).toContain("time between emissions in EU");
    expect(panelText()).toContain("Calm");
  });

  test("saying it anew changes what is there, and does not add to it", async () => {
    const before = told("vesper").length;
    await bot.as().slash("watch emission", { region: "EU", stages: "start" });
    await bot.as().slash("watch emission", { region: "EU", stages: "boost" });
    expect(told("vesper")).toHaveLength(before + 2);
    bot.game.startEmission("EU");
    await until("the alert", () => saying(inChannel(alerts), START).length === 3);
    bot.game.endEmission("EU");
    await until("the end", () => saying(told("vesper"), BOOST).length === 1);
    expect(told("vesper")).toHaveLength(before + 3);
  });

  test("nothing went wrong on the way", () => {
    // The panel that somebody deleted.
    expect(bot.discord.problems).toEqual([expect.stringContaining("404 10008 Unknown Message")]);
    expect(bot.complaints()).toEqual([]);
  });
});

describe("what cannot be watched", { timeout: 60_000 }, () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await startBot();
  });
  afterAll(() => bot.close());

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
    const { message, ephemeral } = await warden.slash(`${command} emission`, { region: "MOON", ...channel });
    expect(ephemeral).toBe(true);
    expect(textOf(message)).toContain("I do not know the region **MOON**");
  });
});
