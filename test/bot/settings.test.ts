import { PermissionFlagsBits } from "discord-api-types/v10";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { actions, asking } from "../registered.js";
import { lent } from "../store/engines.js";
import { ShiftedClock, startBot, textOf, type Bot } from "./bot.js";
import { calling } from "./calling.js";
import { link } from "./linking.js";

const DAY = 86_400_000;

describe("/settings", () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await startBot();
  });
  afterAll(() => bot.close());

  test("me: region and language hold at once and everywhere; auto takes them back", async () => {
    const saved = await bot.as().slash("settings me", { region: "na", language: "fr" });
    expect(saved.ephemeral).toBe(true);
    expect(textOf(saved.message)).toContain("Tes réglages");
    expect(textOf(saved.message)).toContain("Région\nNA");
    expect(textOf((await bot.as().slash("emission")).message)).toContain("Éruption · NA");
    const back = await bot.as().slash("settings me", { region: "auto", language: "auto" });
    expect(textOf(back.message)).toContain("Region\nAutomatic: EU");
    expect(textOf((await bot.as().slash("emission")).message)).toContain("Emission · EU");
  });

  test("the order is: option, person, server, language of the client", async () => {
    const warden = bot.as("en-US", { person: "warden" });
    const region = async (options = {}) =>
      /· (\w+)/.exec(textOf((await bot.as("ru").slash("emission", options)).message))?.[1];
    expect(await region()).toBe("RU");
    await warden.slash("settings server", { region: "SEA", language: "ko" });
    expect(await region()).toBe("SEA");
    expect(textOf((await bot.as("ru").slash("emission")).message)).toContain("분화");
    await bot.as("ru").slash("settings me", { region: "NA", language: "es" });
    expect(await region()).toBe("NA");
    expect(textOf((await bot.as("ru").slash("emission")).message)).toContain("Erupción");
    expect(await region({ region: "EU" })).toBe("EU");
    // In direct messages there is no server to ask.
    await bot.as("ru").slash("settings me", { region: "auto", language: "auto" });
    expect(textOf((await bot.as("ru", { dm: true }).slash("emission")).message)).toContain("Выброс · RU");
    await warden.slash("settings server", { region: "auto", language: "auto" });
    expect(await region()).toBe("RU");
  });

  test.each([
    ["en-US", "Automatic"],
    ["ru", "Автоматически"],
    ["es-ES", "Automático"],
    ["fr", "Automatique"],
    ["ko", "자동"],
  ])("%s: %s is offered for an empty field and for its own name, never beside something else", async (locale, name) => {
    const warden = bot.as(locale, { person: "warden" });
    const typing = actions
      .filter(({ path }) => path.startsWith("settings "))
      .flatMap(({ path, options }) =>
        options
          .filter((option) => "autocomplete" in option && option.autocomplete)
          .map((option) => [path, option.name] as const),
      );
    expect(typing.length).toBeGreaterThan(1);
    for (const [command, option] of typing) {
      const offered = async (typed: string) =>
        (await warden.autocomplete(command, option, typed)).map((choice) => [choice.name, choice.value]);
      for (const typed of ["", "auto", "AUTO", name, name.toUpperCase(), name.slice(0, 1)]) {
        expect((await offered(typed))[0], `${command} ${option}: ${typed}`).toEqual([name, "auto"]);
      }
      for (const typed of ["XX", "EU", "ru", "r", "7", "12,5", "0", "automaticx", `${name} EU`]) {
        const others = await offered(typed);
        expect(
          others.map(([, value]) => value),
          `${command} ${option}: ${typed}`,
        ).not.toContain("auto");
      }
    }
  });

  let linked = false;
  test.each(asking)("what a person chose goes for /$path too", async (action) => {
    const person = bot.as("en-US", { person: "mira" });
    // Once: nobody may link again and again.
    if (!linked) await link(bot, person);
    linked = true;
    await person.slash("settings me", { region: "NA" });
    const { region: _, ...options } = calling(action, bot, "NA");
    await expect.poll(async () => textOf((await person.slash(action.path, options)).message)).toMatch(/\bNA\b/);
    const { message } = await person.slash(action.path, calling(action, bot, "SEA"));
    // What takes long tells of its progress first.
    await expect.poll(() => textOf(message)).toMatch(/\bSEA\b/);
  });

  test("private answers: what everybody would see is for the person alone", async () => {
    expect((await bot.as().slash("emission")).ephemeral).toBe(false);
    await bot.as().slash("settings me", { private_answers: true });
    expect((await bot.as().slash("emission")).ephemeral).toBe(true);
    expect((await bot.as("en-US", { person: "mira" }).slash("emission")).ephemeral).toBe(false);
    await bot.as().slash("settings me", { private_answers: false });
    expect(textOf((await bot.as().slash("settings me")).message)).toContain("may read with your account");
    const refused = await bot.as("ru").slash("settings me", { clan_alerts: false });
    expect(textOf(refused.message)).toContain("не используют ваш аккаунт");
    await bot.as().slash("settings me", { clan_alerts: true });
    expect((await bot.as().slash("emission")).ephemeral).toBe(false);
  });

  test("server: only for members with Manage Server, and only in a server", async () => {
    const refused = await bot.as("ru").slash("settings server", { region: "EU" });
    expect(refused.ephemeral).toBe(true);
    expect(textOf(refused.message)).toContain("Это для участников с правом");
    const guild = bot.discord.guilds[0]!;
    const mira = bot.as("en-US", { person: "mira" });
    bot.discord.world.addMember(guild, mira.standpoint.user, { permissions: PermissionFlagsBits.ManageGuild });
    expect(textOf((await mira.slash("settings server")).message)).toContain("Settings of this server");
    const apart = await bot.as("en-US", { person: "warden", dm: true }).slash("settings server");
    expect(textOf(apart.message)).toContain("only in a server");
  });

  test("a region that does not exist is not stored", async () => {
    const outcome = await bot.as().slash("settings me", { region: "**x**" });
    expect(textOf(outcome.message)).toContain("do not know the region");
    expect(textOf((await bot.as().slash("settings me")).message)).toContain("Region\nAutomatic: EU");
    const choices = await bot.as("fr").autocomplete("settings me", "region", "");
    expect(choices.slice(0, 2).map(({ name }) => name)).toEqual(["Automatique", "RU · RUSSIA"]);
  });

  test("nothing went wrong on the way", () => {
    expect(bot.complaints()).toEqual([]);
    expect(bot.discord.problems).toEqual([]);
  });
});

describe("a server that removes the bot", () => {
  test("is forgotten after 30 days, and not before; one that takes it back is not", async () => {
    const clock = new ShiftedClock();
    const store = await lent(clock);
    const bot = await startBot({ store, clock });
    const [guild] = bot.discord.guilds;
    const id = guild!.id;
    await bot.as("en-US", { person: "warden" }).slash("settings server", { region: "SEA" });

    bot.discord.removeBot(guild!);
    await expect.poll(async () => (await store.servers.get(id))?.leftAt).toBeInstanceOf(Date);
    bot.discord.addBot(guild!);
    await expect.poll(async () => (await store.servers.get(id))?.leftAt).toBeNull();
    clock.shift += 31 * DAY;
    await bot.restart();
    expect(await store.servers.get(id)).toMatchObject({ region: "SEA" });

    // Removed while the bot was away: it is noticed at its return.
    await bot.stop();
    bot.discord.removeBot(guild!);
    await bot.restart();
    await expect.poll(async () => (await store.servers.get(id))?.leftAt).toBeInstanceOf(Date);
    clock.shift += 29 * DAY;
    await bot.restart();
    expect(await store.servers.get(id)).toMatchObject({ region: "SEA" });
    clock.shift += 2 * DAY;
    await bot.restart();
    await expect.poll(() => store.servers.get(id)).toBeUndefined();
    await bot.close();
  });

  test("and takes it back while the bot was away is there again", async () => {
    const store = await lent();
    const bot = await startBot({ store });
    const [guild] = bot.discord.guilds;
    await bot.as("en-US", { person: "warden" }).slash("settings server", { region: "SEA" });
    bot.discord.removeBot(guild!);
    await expect.poll(async () => (await store.servers.get(guild!.id))?.leftAt).toBeInstanceOf(Date);
    await bot.stop();
    bot.discord.addBot(guild!);
    await bot.restart();
    await expect.poll(async () => (await store.servers.get(guild!.id))?.leftAt).toBeNull();
    await bot.close();
  });
});
