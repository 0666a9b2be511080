import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import type { Channel, Message } from "@zonewire/sandbox/discord";
import { landmarks, type Roster } from "@zonewire/sandbox/game";
import type { Database } from "../../src/store/database.js";
import { KeyRing } from "../../src/store/index.js";
import { rowsOf } from "../../src/store/rows.js";
import { Store } from "../../src/store/store.js";
import { CHANNEL } from "../../src/store/watch/signals.js";
import { borrowDatabase } from "../store/shared.js";
import { labels, ShiftedClock, startBot, textOf, type Bot } from "./bot.js";
import { link, menuOf } from "./linking.js";

const { clans } = landmarks;

describe("alerts of a clan", () => {
  let bot: Bot;
  let channel: Channel;
  let roster: Roster;
  let database: Database;
  let giveBack: () => void;
  const clock = new ShiftedClock();
  /** Of the clan, and may manage the server. */
  const warden = (locale = "en-US") => bot.as(locale, { person: "warden" });
  const vesper = (locale?: string) => bot.as(locale);
  beforeAll(async () => {
    ({ database, giveBack } = await borrowDatabase());
    const store = new Store(database, KeyRing.parse(KeyRing.newKey()), clock);
    bot = await startBot({ clock, store, game: { clock } });
    const [guild] = bot.discord.guilds;
    if (!guild) throw new Error("there is no server");
    channel = bot.discord.world.addChannel(guild, "clan");
    roster = bot.game.roster("EU");
    await link(bot, warden(), "marten");
    await link(bot, vesper(), "heron");
  });
  afterAll(async () => {
    await bot.close();
    giveBack();
  });

  const setUp = (locale?: string, clan: string = roster.clanId) =>
    warden(locale).slash("alerts clan", { clan, channel: channel.id, region: "EU" });
  const list = async () => (await warden().slash("alerts list")).message!;
  const open = async (message: Message, named = "") => {
    const option = menuOf(message, "open").options.find(({ label }) => label.includes(named));
    return (await warden().select(message, menuOf(message, "open").customId, [option!.value])).message!;
  };
  /** A watch that is resumed is looked at at once; what the client remembers is too old then. */
  const lookAgain = async () => {
    clock.shift += 2 * 60_000;
    const card = await open(await list());
    await warden().click(card, "Pause");
    await warden().click(card, "Resume");
  };
  const posted = () => bot.discord.posts.sent(channel);
  /** What the bot wrote to the one who set the alert up. */
  const word = () =>
    textOf(
      bot.discord.posts
        .sent()
        .filter(({ channel: { recipients } }) => recipients.some(({ username }) => username === "warden"))
        .at(-1)?.message,
    );
  const log = async () => textOf((await warden().slash("clan log", { region: "EU" })).message);

  test("are for those who manage the server and are in the clan: for others nothing is saved", async () => {
    const options = { clan: roster.clanId, channel: channel.id, region: "EU" };
    await expect(vesper().slash("alerts clan", options)).rejects.toThrow("not to be seen");
    const other = bot.game.world.region("EU").population.clanId(clans.hostile);
    const refused = await setUp("ru", other);
    expect(refused.ephemeral).toBe(true);
    expect(textOf(refused.message)).toContain("Игра показывает участников");
    expect(textOf(await list())).toContain("This server has no alerts yet.");
  });

  test("say where, with whose account and how often, and stand in the list", async () => {
    const { message, ephemeral } = await setUp("ru");
    expect(ephemeral).toBe(true);
    expect(textOf(message)).toContain(`Теперь я пишу в <#${channel.id}>`);
    expect(textOf(message)).toMatch(/5 мин/);
    const text = textOf(await list());
    expect(text).toContain(`<#${channel.id}>`);
    expect(text).toContain("checked about every 5 minutes · nothing told yet");
    expect(text).toContain("1 of 50");
    // Another time it is the same one.
    await setUp();
    expect(textOf(await list())).toContain("1 of 50");
  });

  test("what changes between two looks is in the log of the clan, for those in it alone", async () => {
    await expect.poll(() => bot.game.requests.all().some(({ path }) => path.endsWith("/members"))).toBe(true);
    expect(await log()).toContain("Nothing yet");
    const [, , third] = roster.members();
    roster.join("Newcomer_1");
    roster.rename(third!.character.name, "Other_Name");
    await lookAgain();
    await expect.poll(log).toContain("**Newcomer\\_1** joined: Recruit");
    expect(await log()).toContain("is probably called **Other\\_Name** now");
    await bot.discord.until("the alert", () => posted().length === 1);
    expect(posted()[0]?.content).toMatch(/^\[.*\] .*: 2 changes$/);
    expect(textOf(posted()[0]?.message)).toContain("➕ **Newcomer\\_1** joined: Recruit");
    expect(posted()[0]?.pings).toMatchObject({ roles: [], users: [], everyone: false });
    const refused = await vesper().slash("clan log", { clan: roster.clanId, region: "EU" });
    expect(textOf(refused.message)).toContain("only to people who have a character in it");
  });

  test("a real message shows that they arrive", async () => {
    const { message } = await warden("ru").slash("alerts test");
    expect(textOf(message)).toContain(`✅ Отправлено без звука: <#${channel.id}>`);
    expect(textOf(posted().at(-1)?.message)).toContain("This is a test.");
  });

  test("stop when the account they are read with is dead; its owner hears of it once, and links it again", async () => {
    bot.game.revokeTokensOf("marten");
    await lookAgain();
    await bot.discord.until("the word", () => word().includes("My access to your EXBO account has expired"));
    expect(word()).toContain("so the alert is paused");
    await expect.poll(async () => textOf(await list())).toContain("🔑 paused: no linked account shows me the clan");
    const before = posted().length;
    roster.join("Newcomer_2");
    await link(bot, warden(), "marten");
    await bot.discord.until("the alert", () => posted().length > before);
    expect(posted().at(-1)?.content).toContain("➕ **Newcomer\\_2** joined: Recruit");
    expect(textOf(await list())).toContain("🟢 checked about every 5 minutes · last told");
  });

  test("can be paused, snoozed and deleted in the list", async () => {
    const card = await open(await list());
    expect(labels(card)).toEqual(["Pause", "Snooze 1 h", "Snooze 8 h", "Test", "Delete", "Back to the list"]);
    expect(textOf((await warden().click(card, "Snooze 1 h")).message)).toContain("😴 snoozed");
    expect(textOf((await warden().click(card, "Resume")).message)).toContain("✅ It goes on");
    expect(textOf((await warden().click(card, "Pause")).message)).toContain("⏸️ paused");
    expect(textOf((await warden().click(card, "Back to the list")).message)).toContain("⏸️ paused");
    const again = await open(await list());
    const gone = await warden().click(again, "Delete");
    expect(textOf(gone.message)).toContain("🗑️ Deleted");
    expect(textOf(gone.message)).toContain("This server has no alerts yet.");
  });

  test("several are deleted at once by a menu; a button of one that is gone says so", async () => {
    await setUp();
    await warden().slash("alerts emission", { channel: channel.id, region: "EU" });
    await warden().slash("alerts emission", { channel: channel.id, region: "RU" });
    const old = await open(await list());
    const removal = (await warden("es-ES").slash("alerts remove")).message!;
    const { customId, options } = menuOf(removal, "choose");
    expect(options).toHaveLength(3);
    const values = options.slice(0, 2).map(({ value }) => value);
    const { message } = await warden("es-ES").select(removal, customId, values);
    expect(textOf(message)).toContain("🗑️ Eliminado:");
    expect(menuOf(message, "choose").options).toHaveLength(1);
    const { ephemeral, message: word } = await warden().click(old, "Pause");
    expect(ephemeral).toBe(true);
    expect(textOf(word)).toContain("not there any more");
  });

  test("quiet hours are the server's, and each person's own", async () => {
    const { message } = await warden().slash("alerts quiet", { from: "11pm", time_zone: "МСК" });
    expect(textOf(message)).toContain("**23:00–08:00** · Europe/Moscow · UTC+3");
    expect(textOf(message)).toContain("come in one message at 08:00");
    const own = await vesper("ko").slash("watch quiet");
    expect(textOf(own.message)).toContain("방해 금지 시간이 없어요");
    const on = await vesper("ko").select(own.message!, menuOf(own.message, "mode").customId, ["silent"]);
    expect(textOf(on.message)).toContain("Asia/Seoul");
    const wrong = await vesper("ru").slash("watch quiet", { from: "ночь" });
    expect([wrong.ephemeral, textOf(wrong.message).includes("не время суток")]).toEqual([true, true]);
    const off = await warden().select(message!, menuOf(message, "mode").customId, ["off"]);
    expect(textOf(off.message)).toContain("No quiet hours");
    expect(bot.discord.problems).toEqual([]);
    expect(bot.complaints()).toEqual([]);
  });

  test("a time zone is what was typed, without a suggestion: a city, or one of several that are named", async () => {
    const quiet = (locale: string, time_zone: string) => vesper(locale).slash("watch quiet", { time_zone });
    expect(textOf((await quiet("en-US", "berlin")).message)).toContain("· Europe/Berlin ·");
    expect(textOf((await quiet("ru", "Москва")).message)).toContain("· Europe/Moscow ·");
    const { message, ephemeral } = await quiet("en-US", "America");
    expect([ephemeral, textOf(message)]).toEqual([true, expect.stringContaining("`America/New_York`")]);
    const newYork = labels(message).find((label) => label.startsWith("America/New York"));
    expect(textOf((await vesper().click(message!, newYork!)).message)).toContain("· America/New York ·");
    expect(textOf((await quiet("ru", "Нарния")).message)).toContain("Нарния** мне неизвестен");
    await vesper().slash("watch quiet", { mode: "off" });
  });

  test("stop when their owner has left the clan, or the clan is gone: the game is believed after some looks", async () => {
    await setUp();
    /** All that was seen is stored, and nothing is to be looked at. */
    const settled = async () => {
      const waiting = sql`select 1 from watch_subjects where kind = 'roster' and (lease is not null or due_at <= now())`;
      await expect.poll(() => database.read((db) => rowsOf(db, waiting, z.unknown()))).toEqual([]);
    };
    /** Its turn comes again and again. */
    const untilPaused = async (why: string) => {
      for (let look = 0; look < 20 && !textOf(await list()).includes(why); look++) {
        await settled();
        clock.shift += 2 * 60_000;
        await database.run((db) =>
          db.execute(sql`with turn as (update watch_subjects set due_at = now() where kind = 'roster' returning 1)
            select pg_notify(${CHANNEL}, 'look') from turn`),
        );
        await settled();
      }
      expect(textOf(await list())).toContain(why);
    };
    const { leader } = landmarks.characters;
    roster.leave(leader);
    await untilPaused("🔑 paused");
    await bot.discord.until("the word", () => word().includes("your account has no character in it"));
    roster.join(leader, "LEADER");
    await warden().click(await open(await list(), "["), "Resume");
    await settled();
    bot.game.faults.add({ kind: "status", status: 404 }, { path: "/members" });
    await untilPaused("⚠️ paused: the clan is not there any more");
    await bot.discord.until("the word", () => word().includes("does not know this clan any more"));
    bot.game.faults.clear();
  });
});
