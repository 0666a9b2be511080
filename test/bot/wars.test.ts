import { ChannelType } from "discord-api-types/v10";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor, Channel, Guild, Message, User } from "@zonewire/sandbox/discord";
import type { Database } from "../../src/store/database.js";
import { KeyRing } from "../../src/store/index.js";
import { Store } from "../../src/store/store.js";
import { systemClock } from "../../src/time.js";
import { PATIENCE_MS } from "../patience.js";
import { borrowDatabase } from "../store/shared.js";
import { pass } from "../war/passing.js";
import { labels, startBot, textOf, type Bot } from "./bot.js";
import { link, menuOf } from "./linking.js";

const LOCALES = ["en-US", "ru", "es-ES", "fr", "ko"] as const;
const HOUR = 3_600_000;

describe("clan wars", () => {
  let bot: Bot;
  let guild: Guild;
  let channel: Channel;
  let database: Database;
  let giveBack: () => void;
  /** May manage the server. */
  const warden = (locale = "en-US") => bot.as(locale, { person: "warden" });
  const vesper = (locale = "en-US") => bot.as(locale);

  beforeAll(async () => {
    ({ database, giveBack } = await borrowDatabase());
    bot = await startBot({ store: new Store(database, KeyRing.parse(KeyRing.newKey()), systemClock) });
    guild = bot.discord.guilds[0]!;
    channel = bot.discord.world.addChannel(guild, "battles");
  });
  afterAll(async () => {
    await bot.close();
    giveBack();
  });

  /** `19:05`, in UTC, so many hours from now. */
  const clock = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString().slice(11, 16);
  /** A schedule whose next battle is in so many hours. */
  const setUp = (hours: number, options: Record<string, string | number | boolean>) =>
    warden().slash("war schedule", {
      weekdays: "every day",
      time: clock(hours),
      time_zone: "UTC",
      ...options,
    });
  const member = (name: string): Actor => {
    const user = bot.discord.world.addUser(name);
    bot.discord.world.addMember(guild, user);
    return bot.discord.as(user, { locale: "en-US", channel: bot.discord.channels[0]! });
  };
  const scheduleOf = (message: Message | undefined) =>
    /\b(?:zone|edit):[^:]*:([a-z0-9]+)/.exec(JSON.stringify(message?.components))?.[1] ?? "";
  const userOf = (name: string): User => bot.discord.users.find(({ username }) => username === name)!;

  test("are set up by those who manage the server, where the bot can write", async () => {
    const others = vesper("ru").slash("war schedule", { channel: channel.id, preset: "ru-brawl-123" });
    expect(textOf((await others).message)).toContain("Управлять сервером");
    const nowhere = await warden().slash("war schedule", { preset: "ru-brawl-123" });
    expect(textOf(nowhere.message)).toContain("choose the option `channel`");
    const never = await warden("ru").slash("war schedule", { channel: channel.id });
    expect(textOf(never.message)).toContain("выберите `шаблон`");
    const hidden = bot.discord.world.addChannel(guild, "hidden");
    bot.discord.world.setOverwrite(hidden, guild.roles.get(guild.id)!, { deny: 1n << 10n });
    const refused = await warden().slash("war schedule", { channel: hidden.id, preset: "ru-brawl-123" });
    expect(textOf(refused.message)).toContain("I need the permission **View Channel**");
    expect(textOf((await warden().slash("war schedule")).message)).toContain("None yet.");
  });

  test.each(LOCALES)("are listed, changed by a form and removed, in %s", async (locale) => {
    const presets = await warden(locale).autocomplete("war schedule", "preset", "", { region: "RU" });
    expect(presets.length).toBeGreaterThan(2);
    const saved = await warden(locale).slash("war schedule", { channel: channel.id, preset: presets[0]!.value });
    expect(saved.ephemeral).toBe(true);
    const text = textOf(saved.message);
    expect(text).toContain("20:00–21:00");
    expect(text).toContain("Europe/Moscow · UTC+3");
    expect(text).toContain(`<#${channel.id}>`);
    expect(text).toMatch(/<t:\d+:F>.*<t:\d+:R>/);
    const [edit] = labels(saved.message);
    const { modal } = await warden(locale).click(saved.message!, edit!);
    const changed = await warden(locale).submit(modal!, { days: "7", time: "18:30", length: "90", reminder: "0" });
    expect(textOf(changed.message)).toContain("18:30–20:00");
    const moved = await warden(locale).select(changed.message!, menuOf(changed.message, "zone").customId, [
      "Europe/Berlin",
    ]);
    expect(textOf(moved.message)).toContain("Europe/Berlin");
    const again = await warden(locale).click(moved.message!, labels(moved.message)[0]!);
    const wrong = await warden(locale).submit(again.modal!, { days: "someday" });
    expect([wrong.ephemeral, textOf(wrong.message).includes("someday")]).toEqual([true, true]);
    const list = await warden(locale).slash("war schedule");
    const opened = await warden(locale).select(list.message!, menuOf(list.message, "open").customId, [
      scheduleOf(saved.message),
    ]);
    const question = await warden(locale).click(opened.message!, labels(opened.message)[4]!);
    const gone = await warden(locale).click(question.message!, labels(question.message)[0]!);
    expect(textOf(gone.message)).toContain("🗑️");
    // An old card of what is gone.
    const old = await warden(locale).click(saved.message!, edit!);
    expect(old.ephemeral).toBe(true);
  });

  test.each(LOCALES)("lose again what they were given, one by one, in %s", async (locale) => {
    const role = bot.discord.world.addRole(guild, `Fighters ${locale}`);
    const voice = bot.discord.world.addChannel(guild, "voice", { type: ChannelType.GuildVoice });
    const given = { title: "Night watch", role: role.id, officers: role.id, voice: voice.id, region: "EU" };
    let { message } = await warden(locale).slash("war schedule", {
      ...{ channel: channel.id, weekdays: "monday", time: "20:00", ...given },
    });
    const schedule = scheduleOf(message);
    const choose = async (value: string) => {
      const { customId, options } = menuOf(message, "more");
      expect(options.map((one) => one.value)).toContain(value);
      ({ message } = await warden(locale).select(message!, customId, [value]));
      return textOf(message);
    };
    const mentions = () => textOf(message).split(role.id).length - 1;
    expect(mentions()).toBe(2);
    const first = textOf(message);
    expect(await choose("remind-only")).not.toBe(first);
    expect(await choose("ping-both")).toBe(first);
    await choose("role");
    expect(mentions()).toBe(1);
    await choose("officers");
    expect(mentions()).toBe(0);
    expect(await choose("title")).not.toContain("Night watch");
    expect(await choose("voice")).not.toContain(voice.id);
    expect(await choose("logins")).not.toContain("EU");
    expect(() => menuOf(message, "more")).toThrow();
    const { message: card } = await warden().slash("war schedule", { schedule });
    await warden().click((await warden().click(card!, "Remove")).message!, "Remove");
  });

  test("keep the clan's own time of day when its clocks change", async () => {
    const saved = await warden().slash("war schedule", {
      ...{ channel: channel.id, weekdays: "daily", time: "8pm", time_zone: "Berlin", title: "**Night** @everyone" },
    });
    expect(textOf(saved.message)).toContain("**every day 20:00–21:00**");
    expect(textOf(saved.message)).not.toContain("@everyone");
    // Of what was removed before, battles that were announced already stand there as canceled.
    const starts = await bot.as().autocomplete("war next", "battle", "night");
    expect(starts.length).toBeGreaterThan(10);
    expect(starts.filter(({ name }) => !name.endsWith("20:00"))).toEqual([]);
    const id = scheduleOf(saved.message);
    const question = await warden().click(saved.message!, "Remove");
    await warden().click(question.message!, "Remove");
    expect(textOf((await warden().slash("war schedule", { schedule: id })).message)).toContain("There is no schedule");
  });

  describe("one that is coming", () => {
    let message: Message;
    let schedule: string;
    beforeAll(async () => {
      // Of the others something may be posted, by the time of day.
      channel = bot.discord.world.addChannel(guild, "storm");
      const { message: card } = await setUp(3, { channel: channel.id, title: "Storm", opens: 12 });
      schedule = scheduleOf(card);
      await bot.discord.until("the sign-up message", () => bot.discord.posts.sent(channel).length === 1);
      message = bot.discord.posts.sent(channel)[0]!.message;
    });

    test("has a message for all, with three buttons, in the language of the server", () => {
      expect(textOf(message)).toContain("⚔️ Storm");
      expect(textOf(message)).toMatch(/<t:\d+:F>\*\* · <t:\d+:R>/);
      expect(textOf(message)).toContain("Yes (0)\nNobody yet");
      expect(labels(message)).toEqual(["Yes", "Late", "No"]);
    });

    test("changes its lists for all when somebody presses, also who has no link", async () => {
      const pressed = await vesper("ru").click(message, "Yes");
      expect(pressed.acknowledgement?.kind).toBe("update");
      // It stays in its language.
      expect(textOf(message)).toContain("Yes (1)\nVesper");
      await member("Heron*Two").click(message, "Late");
      expect(textOf(message)).toContain("Late (1)\nHeron\\*Two");
      const { modal } = await vesper().click(message, "No");
      await vesper().submit(modal!, { reason: "work @everyone" });
      expect(textOf(message)).toContain("No (1)\nVesper · work");
      expect(textOf(message)).toContain("Yes (0)");
      expect(textOf(message)).not.toContain("@everyone");
    });

    test("calls those who have linked an account by their character", async () => {
      const player = member("Player");
      await link(bot, player, "marten");
      // Where the game is slow to tell, the first answer has the name in Discord.
      const listed = async () => {
        await player.click(message, "Yes");
        return textOf(message);
      };
      await expect.poll(listed, { timeout: PATIENCE_MS }).not.toMatch(/^Player$/m);
      expect(textOf(message)).toContain("Yes (1)");
    });

    test("loses nobody when many press at once", async () => {
      const crowd = Array.from({ length: 12 }, (_, n) => member(`Crowd${n}`));
      await Promise.all(crowd.map((one) => one.click(message, "Yes")));
      // Of the answers the last one may be an older one: the message is edited until it is right.
      await bot.discord.until("all of them", () => textOf(message).includes("Yes (13)"));
      for (const n of crowd.keys()) expect(textOf(message)).toContain(`Crowd${n}`);
    });

    test.each(LOCALES)("can be looked at and answered in private, in %s", async (locale) => {
      const { message: card, ephemeral } = await vesper(locale).slash("war next");
      expect(ephemeral).toBe(true);
      expect(textOf(card)).toContain("Storm");
      await vesper(locale).click(card!, labels(card)[0]!);
      await bot.discord.until("the message of the channel", () => textOf(message).includes("Yes (14)"));
      const { modal } = await vesper(locale).click(message, "No");
      await vesper(locale).submit(modal!, {});
      expect(textOf(message)).toContain("Yes (13)");
    });

    test("gets its squads from officers by menus; others see them", async () => {
      const look = await vesper("ru").slash("war squads");
      expect(textOf(look.message)).toContain("Отрядов пока нет.");
      expect(labels(look.message)).toEqual([]);
      const board = (await warden().slash("war squads")).message!;
      const { modal } = await warden().click(board, "New squad");
      const made = await warden().submit(modal!, { name: "Al*pha" });
      const add = menuOf(made.message, "add");
      expect(add.options.length).toBe(14);
      const chosen = add.options.slice(0, 3).map(({ value }) => value);
      const filled = await warden().select(made.message!, add.customId, chosen);
      expect(menuOf(filled.message, "add").options).toHaveLength(11);
      expect(
        menuOf(filled.message, "take")
          .options.map(({ value }) => value)
          .sort(),
      ).toEqual([...chosen].sort());
      const taken = await warden().select(filled.message!, menuOf(filled.message, "take").customId, [chosen[0]!]);
      expect(menuOf(taken.message, "take").options).toHaveLength(2);
      await bot.discord.until("the squads", () => textOf(message).includes("🛡️ Al\\*pha (2)"));
      await expect.poll(async () => textOf((await vesper().slash("war squads")).message)).toContain("Al\\*pha (2)");
    });

    test("lets the role of the officers do what officers do", async () => {
      const officer = userOf("vesper");
      const role = bot.discord.world.addRole(guild, "Officers");
      const { message: saved } = await warden("ru").slash("war schedule", { schedule, officers: role.id });
      expect(textOf(saved)).toContain(`<@&${role.id}> · участники с правом **Управлять сервером**`);
      const board = (await warden().slash("war squads")).message!;
      expect(labels(board)).toContain("New squad");
      expect(labels((await vesper().slash("war squads")).message)).toEqual([]);
      bot.discord.world.changeMember(guild, officer, {
        roles: [...(guild.members.get(officer.id)?.roles ?? []), role],
      });
      expect(labels((await vesper().slash("war squads")).message)).toContain("New squad");
    });

    test("is posted again when its message was deleted, and its buttons work after a restart", async () => {
      await bot.restart();
      await vesper().click(message, "Yes");
      expect(textOf(message)).toContain("Vesper");
      const before = bot.discord.posts.sent(channel).length;
      const { message: card } = await warden().slash("war next");
      const again = await warden().click(card!, "Post it again");
      expect(textOf(again.message)).toContain("on its way");
      await bot.discord.until("another one", () => bot.discord.posts.sent(channel).length > before);
      message = bot.discord.posts.sent(channel).at(-1)!.message;
      expect(textOf(message)).toContain("Vesper");
    });

    test("can be cancelled by officers alone, and takes place after all", async () => {
      const { message: other } = await member("Nobody").slash("war next");
      expect(labels(other)).not.toContain("Cancel this battle");
      const own = (await vesper("fr").slash("war next")).message!;
      const { message: card } = await warden().slash("war next");
      const question = await warden().click(card!, "Cancel this battle");
      const done = await warden().click(question.message!, "Cancel this battle");
      expect(textOf(done.message)).toContain("❌ Canceled");
      const late = await vesper("fr").click(own, "Je viens");
      expect([late.ephemeral, textOf(late.message).includes("annulée")]).toEqual([true, true]);
      await warden().click(done.message!, "It takes place after all");
      await bot.discord.until("the buttons", () => labels(message).includes("Yes"));
    });

    test("is closed once it has begun: a press says so in private", async () => {
      const own = (await vesper("ru").slash("war next")).message!;
      await pass(database, schedule, 3 * HOUR + 5 * 60_000);
      for (const label of ["Иду", "Не иду"]) {
        const { ephemeral, message: word, modal } = await vesper("ru").click(own, label);
        expect([ephemeral, textOf(word).includes("запись закрыта"), modal]).toEqual([true, true, undefined]);
      }
      await bot.discord.until("no buttons", () => labels(message).length === 0);
      expect(textOf(message)).toContain("Under way until");
    });

    test("is followed by a message that says who was there", async () => {
      const before = bot.discord.posts.sent(channel).length;
      await pass(database, schedule, HOUR);
      await bot.discord.until("the report", () => bot.discord.posts.sent(channel).length > before);
      const report = textOf(bot.discord.posts.sent(channel).at(-1)?.message);
      expect(report).toContain("⚔️ Storm: attendance");
      expect(report).toMatch(/\*\*Crowd1\*\*\n-# sign-up: Yes · voice: \S+ · last login: unknown/);
    });

    test.each(LOCALES)("tells afterwards who was there, and officers correct it, in %s", async (locale) => {
      const card = (await warden(locale).slash("war attendance")).message!;
      const { customId, options } = menuOf(card, "person");
      const one = await warden(locale).select(card, customId, [options[0]!.value]);
      const [present, absent] = labels(one.message);
      const noted = await warden(locale).click(one.message!, absent!);
      expect(textOf(noted.message)).toContain("❌");
      expect(present).toContain("✅");
      const reader = await member(`Reader${locale}`).at({ locale }).slash("war attendance");
      expect(JSON.stringify(reader.message?.components)).not.toContain(":person:");
    });

    test("takes a pasted list of names once it is confirmed", async () => {
      const card = (await warden().slash("war attendance")).message!;
      const { modal } = await warden().click(card, "Paste a list of names");
      const question = await warden().submit(modal!, { names: "1. Crowd1\n2. crowd2\n@everyone\nNobody_Known" });
      expect(textOf(question.message)).toContain("**Found (2):** Crowd1, Crowd2");
      expect(textOf(question.message)).toContain("**Not in the list (2):**");
      expect(textOf(question.message)).not.toContain("@everyone");
      const done = await warden().click(question.message!, "2 were there");
      expect(textOf(done.message)).toContain("✅ Noted as there: 2");
      const next = await warden().click(card, "Paste a list of names");
      const none = await warden().submit(next.modal!, { names: "xyz" });
      expect(textOf(none.message)).toContain("None of these names");
    });

    test.each([
      ["en-US", "Battles of the last 7 days"],
      ["ru", "Битвы за последние 7 дней"],
    ])("is counted over a period that the title names, in %s", async (locale, title) => {
      const { message } = await vesper(locale).slash("war stats", { period: "7d" });
      expect(message?.embeds[0]?.title).toBe(title);
    });

    test.each(LOCALES)("stands in the statistics and in a file, in %s", async (locale) => {
      const { message: card } = await vesper(locale).slash("war stats");
      expect(textOf(card)).toContain("Storm");
      expect(textOf(card)).toContain("**Crowd1** · ✅ 1");
      const refused = await member(`Curious${locale}`).at({ locale }).slash("war export");
      expect(refused.ephemeral).toBe(true);
      expect(refused.message?.attachments).toEqual([]);
      const { message: file } = await warden(locale).slash("war export");
      expect(file?.attachments[0]?.filename).toMatch(/^wars-\d{4}-\d\d-\d\d\.csv$/);
    });
  });

  test.each(LOCALES)("people excuse themselves, officers others, in %s", async (locale) => {
    const own = await vesper(locale).slash("war excuse", { reason: "**ill** @here", away: 3 });
    expect(textOf(own.message)).toContain("Vesper");
    expect(textOf(own.message)).not.toContain("@here");
    const stranger = member(`Stranger${locale}`).at({ locale });
    const others = await stranger.slash("war excuse", { reason: "x", person: userOf("vesper").id });
    expect([others.ephemeral, textOf(others.message).includes("Vesper")]).toEqual([true, false]);
    expect(textOf((await stranger.slash("war excuse")).message)).not.toContain("Vesper");
    const all = await warden(locale).slash("war excuse", { reason: "away", person: userOf("warden").id });
    expect(textOf(all.message)).toContain("Vesper");
    const { customId, options } = menuOf(all.message, "remove");
    for (const { value } of options) await warden(locale).select(all.message!, customId, [value]);
    expect(textOf((await vesper(locale).slash("war excuse")).message)).not.toContain("ill");
  });

  test("everything was as Discord takes it, and nothing went wrong", () => {
    // Somebody is not in voice: that is an answer.
    expect(bot.discord.problems.filter((problem) => !problem.includes("10065"))).toEqual([]);
    expect(bot.complaints()).toEqual([]);
  });
});
