import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ApplicationCommandOptionType as Type } from "discord-api-types/v10";
import { landmarks } from "@zonewire/sandbox/game";
import { NotPossibleError, type StoredCommand } from "@zonewire/sandbox/discord";
import { openApiAvailable, openApiChecker } from "../../packages/sandbox/test/discord/openapi.js";
import { ERROR, startBot, type Bot } from "./bot.js";

const RUNS = 200;
const { items, characters } = landmarks;
/** Values that mean something somewhere, and some that mean trouble. */
const TELLING = [
  ...Object.values(items).flat(),
  ...Object.values(characters),
  "EU",
  "ru",
  "NEA",
  "focus",
  "fox",
  "[WOLF]",
  "Марс",
  "@everyone",
  "<@123>",
  "../..",
  "%00",
  "\u202e",
  "`",
  "💥",
  "0",
  "null",
  "constructor",
  "__proto__",
];

const value = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...TELLING) },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 40, unit: "grapheme" }) },
);

type CommandOption = NonNullable<StoredCommand["options"]>[number];

interface Call {
  readonly path: string;
  readonly options: Record<string, string | number | boolean>;
}

/** A value that Discord's own client would let somebody give: one of the choices, within the limits. */
function valueOf(option: CommandOption): fc.Arbitrary<string | number | boolean> {
  if (option.choices) return fc.constantFrom(...option.choices.map((choice) => choice.value));
  if (option.type === Type.Boolean) return fc.boolean();
  if (option.type === Type.Integer)
    return fc.integer({ min: option.min_value ?? -(2 ** 31), max: option.max_value ?? 2 ** 31 - 1 });
  return value
    .filter((candidate) => candidate.trim() !== "")
    .map((candidate) => candidate.slice(0, option.max_length ?? 100));
}

/** Calls that Discord's own client would let somebody send: required options given. */
function calls(commands: readonly StoredCommand[]): fc.Arbitrary<Call> {
  const actions = commands.flatMap((command) => {
    const subs = (command.options ?? []).filter(({ type }) => type === Type.Subcommand);
    if (subs.length === 0) return [{ path: command.name, options: command.options ?? [] }];
    return subs.map((sub) => ({
      path: `${command.name} ${sub.name}`,
      options: "options" in sub ? (sub.options ?? []) : [],
    }));
  });
  return fc.constantFrom(...actions).chain(({ path, options }) => {
    const fields = options.map((option) => {
      const given = valueOf(option);
      return [option.name, option.required ? given : fc.option(given, { nil: undefined })] as const;
    });
    return fc.record(Object.fromEntries(fields)).map((given) => ({
      path,
      options: Object.fromEntries(
        Object.entries(given).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
      ),
    }));
  });
}

let bot: Bot;
beforeAll(async () => {
  bot = await startBot({ game: { limitPerMinute: 100_000 } });
});
afterAll(() => bot.close());

test(
  `${RUNS} generated calls over all commands: acknowledged, answered once, nothing wrong`,
  { timeout: 60_000 },
  async () => {
    const commands = await bot.discord.commandsRegistered();
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        calls(commands),
        fc.constantFrom("en-US", "ru", "es-ES", "fr", "ko", "de", "uk"),
        async ({ path, options }, locale) => {
          seen.add(path);
          const outcome = await bot.as(locale).slash(path, options);
          expect(outcome.failure).toBeUndefined();
          expect(outcome.acknowledgement).toBeDefined();
          expect(outcome.answers).toBe(1);
          expect(outcome.message?.mentionEveryone).toBe(false);
        },
      ),
      { numRuns: RUNS, seed: 20_261_123 },
    );
    expect(seen.size).toBe(26);
    // The simulated Discord refuses what Discord would: each payload was valid.
    expect(bot.discord.problems).toEqual([]);
    expect(bot.log.filter(({ level }) => level >= ERROR)).toEqual([]);
    expect(bot.leaks()).toEqual([]);
    expect(bot.log.filter(({ msg }) => /unhandled|uncaught|deprecat/i.test(msg))).toEqual([]);
  },
);

test(
  "200 generated keystrokes in every field with suggestions: at most 25 choices that Discord takes",
  { timeout: 60_000 },
  async () => {
    const fields = [
      ["price", "item"],
      ["price", "region"],
      ["clan info", "clan"],
      ["operations", "map"],
    ] as const;
    let offered = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...fields),
        value,
        fc.constantFrom("en-US", "ru", "ko"),
        async ([command, option], typed, locale) => {
          try {
            const choices = await bot.as(locale).autocomplete(command, option, typed.slice(0, 8));
            expect(choices.length).toBeLessThanOrEqual(25);
            offered += choices.length;
          } catch (error) {
            // What Discord's client would not have sent proves nothing.
            if (!(error instanceof NotPossibleError)) throw error;
          }
        },
      ),
      { numRuns: RUNS, seed: 20_261_124 },
    );
    expect(offered).toBeGreaterThan(RUNS / 2);
    expect(bot.discord.problems).toEqual([]);
    expect(bot.log.filter(({ level }) => level >= ERROR)).toEqual([]);
  },
);

test.skipIf(!openApiAvailable)("each of those answers is one that Discord's own description allows", () => {
  const check = openApiChecker();
  expect(bot.discord.requests.length).toBeGreaterThan(RUNS);
  expect(bot.discord.requests.flatMap(check)).toEqual([]);
});
