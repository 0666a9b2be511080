import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Channel, Post, Role } from "@zonewire/sandbox/discord";
import { sourceName } from "../../src/zonewire/game.js";
import { systemClock } from "../../src/time.js";
import { PATIENCE_MS } from "../patience.js";
import { borrowStore } from "../store/shared.js";
import { labels, startBot, textOf, type Bot } from "./bot.js";
import { menuOf } from "./linking.js";

/** What is sent at the start of an emission, and what the others say; the first line. */
const START = "☢️ Emission in EU. Get to shelter!";
const END = "🌤️ The emission in EU is over.";
const BOOST = "🍀 More artifacts in EU";
/** Two starts within five seconds are of one emission: the first one began a while ago, the last one begins soon. */
const FIRST = { inMs: -10_000 };
const LAST = { inMs: 6_000 };

describe("emissions that are watched", () => {
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
  /** An answer of the API serves a second: the first look may not see yet what has just happened. */
  const until = async (what: string, happened: () => boolean) => {
    const seen = async () => {
      await look();
      return happened();
    };
    await expect.poll(seen, { timeout: PATIENCE_MS, interval: 600, message: what }).toBe(true);
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
    expect(inChannel(panels)[0]).toMatchObject({ silent: true, pings: { roles: [], everyone: false } });

    const own = await bot.as().slash("watch emission", { region: "EU" });
    expect(own.ephemeral).toBe(true);
    expect(textOf(own.message)).toContain("I have just sent you a direct message");
    expect(textOf(own.message)).toContain("Ends after 30 days without a reaction");
    expect(textOf(message)).not.toContain("Ends after");
    expect(told("vesper")).toHaveLength(1);
    await bot.as("ru", { person: "mira" }).slash("watch emission", { region: "EU", stages: "boost" });
    expect(told("mira")).toHaveLength(1);
    await bot.discord.until("the calm on the panel", () => panelText().includes("Calm"));
  });

  test.each([
    ["en-US", "History", "I have seen none here since I began to look."],
    ["ru", "История", "С тех пор как я слежу за этим регионом, выбросов не было."],
  ])(
    "before the first one is seen, the history says in %s since when there was none",
    async (locale, button, words) => {
      const { message } = await bot.as(locale).slash("emission", { region: "RU" });
      expect(message?.embeds[0]?.fields).not.toEqual([]);
      expect(textOf((await bot.as(locale).click(message!, button)).message)).toContain(words);
    },
  );

  test("are told once when one starts, to everybody who asked for it, and ping the chosen role alone", async () => {
    bot.game.startEmission("EU", FIRST);
    await until("the alert", () => inChannel(alerts).length === 1 && told("vesper").length === 2);
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
    bot.game.shiftEmission("EU", -3_000);
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
    const alt = (await bot.as().click(inChannel(panels)[0]!.message, "History")).message?.files[0]?.description;
    expect(alt).toMatch(/EU: 1 gap, (\d+ h )?\d+ min( \d+ s)?\.$/);
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

  test("their buttons snooze, pause and delete them: one's own, and a server's for those who manage it", async () => {
    const [alert] = inChannel(alerts);
    const mine = told("vesper").at(-1)?.message;
    if (!alert || !mine) throw new Error("nothing was told");
    expect(labels(alert.message)).toEqual(["Snooze 1 h", "Snooze 8 h", "Pause", "Delete"]);
    expect(labels(mine)).toEqual(["Snooze 1 h", "Snooze 8 h", "Pause", "Delete"]);
    const stranger = await bot.as("ru", { person: "mira", channel: alerts }).click(alert.message, "Pause");
    expect(stranger.ephemeral).toBe(true);
    expect(textOf(stranger.message)).toContain("Управлять сервером");
    const warden = bot.as("en-US", { person: "warden", channel: alerts });
    const paused = await warden.click(alert.message, "Pause");
    expect(paused.ephemeral).toBe(true);
    expect(textOf(paused.message)).toContain("Paused");
    const snoozed = await bot.as("ru").click(mine, "Snooze 8 h");
    expect(textOf(snoozed.message)).toContain("Отложено до");
    expect(textOf((await warden.click(paused.message!, "Resume")).message)).toContain("Running again");
    const asked = await bot.as("ru").click(mine, "Delete");
    expect(textOf(asked.message)).toContain("Удалить это оповещение? **Выбросы · EU · Начало · Конец");
    expect(textOf((await bot.as("ru").click(snoozed.message!, "Возобновить")).message)).toContain("Снова работает");
  });

  test("saying it anew changes what is there, and does not add to it", async () => {
    const before = told("vesper").length;
    await bot.as().slash("watch emission", { region: "EU", stages: "start" });
    await bot.as().slash("watch emission", { region: "EU", stages: "boost" });
    expect(told("vesper")).toHaveLength(before + 2);
    bot.game.startEmission("EU", LAST);
    await until("the alert", () => saying(inChannel(alerts), START).length === 3);
    bot.game.endEmission("EU");
    await until("the end", () => saying(told("vesper"), BOOST).length === 1);
    expect(told("vesper")).toHaveLength(before + 3);
  });

  test("a panel that is removed does not stay in the channel as it was", async () => {
    const { message } = await owner().slash("alerts remove");
    const { customId, options } = menuOf(message, "choose");
    const { value } = options.find(({ label }) => label.startsWith("Panel"))!;
    await owner().select(message!, customId, [value]);
    const deleted = bot.discord.posts.list({ channel: panels, change: "deleted" });
    expect(deleted.at(-1)?.message.id).toBe(inChannel(panels).at(-1)?.message.id);
  });

  test("nothing went wrong on the way", () => {
    // The panel that somebody deleted.
    expect(bot.discord.problems).toEqual([expect.stringContaining("404 10008 Unknown Message")]);
    expect(bot.complaints()).toEqual([]);
  });
});
