import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { landmarks } from "@zonewire/sandbox/game";
import { startBot, StillClock, type Bot } from "./bot.js";
import { link } from "./linking.js";

const { leader, alt } = landmarks.characters;

const clock = new StillClock();

/** Copied out of a chat, and out of a message's source. */
const forms = (title: string) => [title.replaceAll("\\", ""), title];

describe.each(["en-US", "ru", "es-ES", "fr", "ko"])(
  "the title of a card, typed, means what it names (%s)",
  (locale) => {
    let bot: Bot;
    beforeAll(async () => {
      bot = shared ??= await startBot({ clock, game: { clock } });
      if (!linked) await link(bot, bot.as(), "marten");
      linked = true;
    });

    test.each<[string, Record<string, string>, readonly string[]]>([
      ["friends", { character: leader }, ["character"]],
      ["friends", { character: alt }, ["character"]],
      ["character profile", { name: alt }, ["name"]],
      ["character compare", { first: leader, second: alt }, ["first", "second"]],
      ["operations", { character: leader }, ["character"]],
      ["operations", { map: "shock_therapy" }, ["map"]],
      ["operations", { character: leader, map: "big_cleanup" }, ["character", "map"]],
    ])("/%s %j", async (command, options, named) => {
      const titleOf = async (asked: Record<string, string>) => {
        const { message } = await bot.as(locale).slash(command, { region: "EU", ...asked });
        await bot.discord.until("a title", () => message?.embeds[0]?.title !== undefined);
        return message?.embeds[0]?.title ?? "";
      };
      const title = await titleOf(options);
      for (const form of forms(title)) {
        const typed = Object.fromEntries(named.map((name) => [name, form]));
        expect(await titleOf({ ...options, ...typed }), form).toBe(title);
      }
    });

    test("what is too long for a name is told as a name that nobody has", async () => {
      for (const [command, option] of [
        ["operations", "character"],
        ["friends", "character"],
        ["character profile", "name"],
      ] as const) {
        const { ephemeral, failure } = await bot.as(locale).slash(command, { region: "EU", [option]: "x".repeat(100) });
        expect([ephemeral, failure]).toEqual([true, undefined]);
      }
    });
  },
);

/** One for all languages. */
let shared: Bot | undefined;
let linked = false;
afterAll(() => shared?.close());
