import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PermissionFlagsBits } from "discord-api-types/v10";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { loadCommands } from "../../src/kernel/load.js";
import type { Message } from "@zonewire/sandbox/discord";
import { landmarks } from "@zonewire/sandbox/game";
import { examples } from "../../packages/sandbox/src/playground/page/examples.js";
import { actions } from "../registered.js";
import { labels, startBot, textOf, type Bot } from "./bot.js";
import { menuOf } from "./linking.js";

const ROOT = join(import.meta.dirname, "../..");

let bot: Bot;
beforeAll(async () => {
  bot = await startBot();
});
afterAll(() => bot.close());

describe("/help", () => {
  test.each([
    [
      "en-US",
      ["### Market", "### Zone", "### Alerts", "### Clan & characters", "### Account & settings"],
      "`/price gauss`",
    ],
    [
      "ru",
      ["### Рынок", "### Зона", "### Оповещения", "### Клан и персонажи", "### Аккаунт и настройки"],
      "`/цена гаусс`",
    ],
    ["ko", ["### 시장", "### 구역", "### 알림", "### 클랜과 캐릭터", "### 계정과 설정"], "`/가격 gauss`"],
  ])("in %s has examples first, then every command under its topic, to be clicked", async (locale, topics, example) => {
    const text = textOf((await bot.as(locale).slash("help")).message);
    const places = [example, ...topics].map((part) => text.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    const commands = await loadCommands(join(ROOT, "commands"));
    for (const name of commands.flatMap(({ actions }) => [...actions.keys()]))
      expect(text).toMatch(new RegExp(`^[^#]*</${name}:\\d+>`, "m"));
    expect(text.split("\n").filter((line) => line.includes("/privacy "))).toHaveLength(1);
    expect(text).toContain("</settings me:");
  });

  test.each(["en-US", "ru", "es-ES", "fr", "ko"])(
    "in %s nothing of it is cut, and there is room for more",
    async (locale) => {
      const { message } = await bot.as(locale).slash("help");
      const lengths = (message?.embeds ?? []).map(({ description = "" }) => description.length);
      expect(Math.max(...lengths)).toBeLessThan(4_000);
      expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThan(5_900);
      expect(textOf(message)).not.toContain("…");
    },
  );

  test("names what the reader types next to what Discord shows", async () => {
    expect(textOf((await bot.as("ru").slash("help")).message)).toMatch(/<\/price:\d+> · цена — Узнать/);
    expect(textOf((await bot.as().slash("help")).message)).toMatch(/<\/price:\d+> — Check what/);
  });
});

/** What is typed in a language as what is sent: `/lots item:prima`; what stands without a name is the first option. */
function sent(typed: string, texts: Readonly<Record<string, string>>) {
  const [name = "", ...words] = typed.slice(1).split(" ");
  const action = actions.find(({ path }) => texts[`command.${path}.name`] === name);
  const [first] = action?.options ?? [];
  if (!action || !first) throw new Error(`there is no command ${name}`);
  const options: Record<string, string> = {};
  let option: string = first.name;
  for (const word of words) {
    const [, label, rest = word] = /^(.+?):(.*)$/.exec(word) ?? [];
    if (label !== undefined) option = action.options.find((one) => texts[`option.${one.name}.name`] === label)!.name;
    options[option] = [options[option], rest].filter(Boolean).join(" ");
  }
  return { path: action.path, options };
}

describe("the examples of /help", () => {
  test.each([
    ["en-US", "en"],
    ["ru", "ru"],
    ["es-ES", "es"],
    ["fr", "fr"],
    ["ko", "ko"],
  ])("in %s are found, and answered with figures", async (locale, language) => {
    const file = readFileSync(join(ROOT, `locales/${language}.json`), "utf8");
    const texts = z.record(z.string(), z.string()).parse(JSON.parse(file));
    const help = textOf((await bot.as(locale).slash("help")).message);
    const examples = [...help.matchAll(/^`(\/.+)`$/gm)].map(([, typed = ""]) => sent(typed, texts));
    expect(examples.map(({ path }) => path)).toEqual(["price", "price", "lots"]);
    for (const { path, options } of examples) {
      const { message, ephemeral } = await bot.as(locale).slash(path, options);
      expect([options, ephemeral, message?.embeds.length]).toEqual([options, false, 1]);
      expect(textOf(message)).toMatch(/\d\s?₽/);
    }
  });
});

describe("a grade that the auction does not report", () => {
  test.each(["price", "lots", "history"])("is on no card of /%s, which says that it is ignored", async (command) => {
    const person = bot.as();
    const { message } = await person.slash(command, { item: "AK-74M", region: "EU", quality: 5, level: 15 });
    const ignored = (shown: Message | undefined) => {
      const chart = shown?.attachments.map(({ description }) => description ?? "") ?? [];
      const text = [textOf(shown), ...chart].join("\n");
      expect([text.includes("ignored"), text]).toEqual([true, expect.not.stringMatching(/\+15|Legendary/)]);
    };
    ignored(message);
    if (command === "price") ignored((await person.click(message!, "All regions")).message);
  });
});

describe("the page's examples", () => {
  test.each(Object.entries(examples))("in %s are answered with a card each", async (locale, list) => {
    expect(list).toHaveLength(3);
    for (const { command, options } of list) {
      const { message, ephemeral } = await bot.as(locale).slash(command, options);
      expect([textOf(message), ephemeral]).toEqual([expect.stringContaining(String(options.item ?? "")), false]);
      expect(message?.embeds).toHaveLength(1);
    }
  });
});

describe("/clan list", () => {
  test("leads into a clan of its page, with its place in the list, and back", async () => {
    const person = bot.as();
    const { message } = await person.slash("clan list", { region: "EU" });
    await person.click(message!, "›");
    const page = textOf(message);
    const { customId, options } = menuOf(message, "open");
    await person.select(message!, customId, [options[2]!.value]);
    expect(textOf(message)).toContain(options[2]!.label.replace(/^\[(.*?)\].*$/, "$1"));
    expect(textOf(message)).toMatch(/Place\n#13 of \d+/);
    const members = await person.click(message!, "Members");
    expect([members.ephemeral, labels(members.message)]).toEqual([true, ["Link my EXBO account"]]);
    await person.click(message!, "Back to the list");
    expect(textOf(message)).toBe(page);
  });
});

describe("/settings", () => {
  test("me: region and language are chosen from menus", async () => {
    const person = bot.as("en-US", { person: "mira" });
    const { message } = await person.slash("settings me");
    await person.select(message!, menuOf(message, "region").customId, ["NA"]);
    expect(textOf(message)).toMatch(/Region\n.*NA/);
    await person.select(message!, menuOf(message, "language").customId, ["fr"]);
    expect(textOf(message)).toContain("Tes réglages");
    expect(textOf((await person.slash("emission")).message)).toContain("Éruption · NA");
    await person.select(message!, menuOf(message, "language").customId, ["auto"]);
    await person.select(message!, menuOf(message, "region").customId, ["auto"]);
    expect(textOf(message)).toContain("Automatic: EU");
  });

  test("server: everybody may look, and only who manages the server may change", async () => {
    const person = bot.as();
    expect(textOf((await person.slash("settings server")).message)).toContain("Settings of this server");
    const refused = await person.slash("settings server", { region: "NA" });
    expect(textOf(refused.message)).toContain("Manage Server");
    bot.discord.world.addMember(bot.discord.guilds[0]!, person.standpoint.user, {
      permissions: PermissionFlagsBits.ManageGuild,
    });
    expect(textOf((await person.slash("settings server", { region: "auto" })).message)).toContain("Saved");
  });
});

describe("French", () => {
  test.each([
    ["barter", { item: landmarks.items.bartered, region: "EU" }],
    ["craft", { item: landmarks.items.crafted, region: "EU" }],
    ["item", { item: landmarks.items.artefact, region: "EU" }],
    ["character profile", { name: landmarks.characters.leader, region: "EU" }],
    ["character compare", { first: landmarks.characters.leader, second: landmarks.characters.alt, region: "EU" }],
  ])("has a space before each colon: /%s", async (command, options) => {
    const text = textOf((await bot.as("fr").slash(command, options)).message);
    expect(text.split("\n").filter((line) => /[\p{L}\d*)]: /u.test(line))).toEqual([]);
  });
});
