import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  ApplicationCommandOptionType as Type,
  ChannelType,
  type APIApplicationCommandBasicOption,
} from "discord-api-types/v10";
import { landmarks } from "@zonewire/sandbox/game";
import { NotPossibleError } from "@zonewire/sandbox/discord";
import { openApiAvailable, openApiChecker } from "../../packages/sandbox/test/discord/openapi.js";
import { actions, type RegisteredAction } from "../registered.js";
import { ERROR, startBot, type Bot } from "./bot.js";
import { callerOf } from "./calling.js";

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

/** A value that Discord's own client would let somebody give: one of the choices, within the limits. */
function valueOf(option: APIApplicationCommandBasicOption): fc.Arbitrary<string | number | boolean> {
  const choices = ("choices" in option ? option.choices : undefined) ?? [];
  if (choices.length > 0) return fc.constantFrom(...choices.map((choice) => choice.value));
  if (option.type === Type.Boolean) return fc.boolean();
  if (option.type === Type.Channel) return fc.constantFrom(...channelsFor(option).map(({ id }) => id));
  if (option.type === Type.User) return fc.constantFrom(...bot.discord.users.map(({ id }) => id));
  if (option.type === Type.Role)
    return fc.constantFrom(...bot.discord.guilds.flatMap(({ roles }) => [...roles.keys()]));
  if (option.type === Type.Integer)
    return fc.integer({ min: option.min_value ?? -(2 ** 31), max: option.max_value ?? 2 ** 31 - 1 });
  const longest = "max_length" in option ? option.max_length : undefined;
  return value.filter((candidate) => candidate.trim() !== "").map((candidate) => candidate.slice(0, longest ?? 100));
}

function channelsFor(option: APIApplicationCommandBasicOption) {
  const types: readonly number[] = ("channel_types" in option ? option.channel_types : undefined) ?? [];
  return bot.discord.channels.filter(({ type }) => types.length === 0 || types.includes(type));
}

/** Calls that Discord's own client would let somebody send: required options given. */
function callsOf({ options }: RegisteredAction): fc.Arbitrary<Record<string, string | number | boolean>> {
  const fields = options.map((option) => {
    const given = valueOf(option);
    const field = option.required ? given : fc.option(given, { nil: undefined });
    return field.map((one) => (one === undefined ? [] : [[option.name, one] as const]));
  });
  return fc.tuple(...fields).map((given) => Object.fromEntries(given.flat()));
}

let bot: Bot;
beforeAll(async () => {
  bot = await startBot({ game: { limitPerMinute: 100_000 } });
  bot.discord.world.addChannel(bot.discord.guilds[0]!, "voice", { type: ChannelType.GuildVoice });
});
afterAll(() => bot.close());

test(`${RUNS} generated calls over all commands: acknowledged, answered once, nothing wrong`, async () => {
  for (const action of actions) {
    await fc.assert(
      fc.asyncProperty(
        callsOf(action),
        fc.constantFrom("en-US", "ru", "es-ES", "fr", "ko", "de", "uk"),
        async (options, locale) => {
          const outcome = await bot.as(locale, { person: callerOf(action) }).slash(action.path, options);
          expect(outcome.failure).toBeUndefined();
          expect(outcome.acknowledgement).toBeDefined();
          expect(outcome.answers).toBe(1);
          expect(outcome.message?.mentionEveryone).toBe(false);
        },
      ),
      { numRuns: Math.ceil(RUNS / actions.length), seed: 20_261_123 },
    );
  }
  // The simulated Discord refuses what Discord would: each payload was valid.
  expect(bot.discord.problems).toEqual([]);
  expect(bot.log.filter(({ level }) => level >= ERROR)).toEqual([]);
  expect(bot.leaks()).toEqual([]);
  expect(bot.log.filter(({ msg }) => /unhandled|uncaught|deprecat/i.test(msg))).toEqual([]);
});

test("200 generated keystrokes in every field with suggestions: at most 25 choices that Discord takes", async () => {
  const fields = actions.flatMap(({ path, options }) =>
    options
      .filter((option) => "autocomplete" in option && option.autocomplete)
      .map(({ name }) => [path, name] as const),
  );
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
  expect(offered).toBeGreaterThan(RUNS / 5);
  expect(bot.discord.problems).toEqual([]);
  expect(bot.log.filter(({ level }) => level >= ERROR)).toEqual([]);
});

test.skipIf(!openApiAvailable)("each of those answers is one that Discord's own description allows", () => {
  const check = openApiChecker();
  expect(bot.discord.requests.length).toBeGreaterThan(RUNS);
  expect(bot.discord.requests.flatMap(check)).toEqual([]);
});
