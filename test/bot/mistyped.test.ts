import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ApplicationCommandOptionType as Type } from "discord-api-types/v10";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { actions } from "../registered.js";
import { ERROR, startBot, textOf, type Bot } from "./bot.js";
import { callerOf, calling } from "./calling.js";
import { link } from "./linking.js";

const ROOT = join(import.meta.dirname, "../..");
const BROKEN = "broke on my side";

/** What can be typed wrong: no such thing, no such place, nothing that can be asked for. */
const TYPOS = [
  "NEA",
  "zzzz",
  "Nobody_Here",
  "00000000-0000-4000-8000-000000000000",
  "no such thing",
  "..",
  "a/b?c",
  "\ud800",
];

describe("a text that the game does not know", () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await startBot({ game: { limitPerMinute: 100_000 } });
    await link(bot);
  });
  afterAll(() => bot.close());

  test("in any option of any command has a polite answer", async () => {
    const answers: string[] = [];
    for (const action of actions) {
      const { path, options } = action;
      const texts = options.filter((option) => option.type === Type.String && !("choices" in option && option.choices));
      const { region: _, ...others } = calling(action, bot, "EU");
      for (const option of texts) {
        const { name } = option;
        const limit = "max_length" in option ? option.max_length : undefined;
        for (const typo of TYPOS.map((text) => text.slice(0, limit))) {
          const given = { ...others, [name]: typo };
          const outcome = await bot.as("en-US", { person: callerOf(action) }).slash(path, given);
          const said = textOf(outcome.message);
          expect({ path, given, answers: outcome.answers }).toEqual({ path, given, answers: 1 });
          expect(said, `/${path} ${JSON.stringify(given)}`).not.toContain(BROKEN);
          answers.push(said);
        }
      }
    }
    expect(answers.length).toBeGreaterThan(150);
    for (const told of ["know the region **NEA**", "no clan **", "no character **Nobody", "is called **zzzz**"])
      expect(answers.filter((said) => said.includes(told)).length, told).toBeGreaterThan(0);
    expect(bot.log.filter(({ level }) => level >= ERROR)).toEqual([]);
  });
});

describe("the command that CONTRIBUTING.md shows", () => {
  const folder = join(ROOT, "test/fixtures/commands");

  test("is the one that is compiled and run here", () => {
    const page = readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8");
    const shown = /```ts\n(.*?)```/s.exec(page)?.[1]?.replaceAll(/^ {3}/gm, "").trim();
    const source = readFileSync(join(folder, "emission.ts"), "utf8").replaceAll("../../../commands/", "./");
    expect(shown).toBe(source.replaceAll("../../../", "../").trim());
  });

  test("answers, and says itself what is mistyped", async () => {
    const bot = await startBot({ commands: folder });
    const { message } = await bot.as().slash("emission", { region: "EU" });
    expect(textOf(message)).toContain("Emission · EU");
    const outcome = await bot.as().slash("emission", { region: "NEA" });
    expect(outcome.ephemeral).toBe(true);
    expect(textOf(outcome.message)).toContain("do not know the region **NEA**");
    await bot.close();
  });
});
