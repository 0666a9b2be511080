import { ApplicationCommandOptionType as Type } from "discord-api-types/v10";
import { afterEach, describe, expect, expectTypeOf, test } from "vitest";
import { card } from "../../src/kernel/card.js";
import { defineCommand } from "../../src/kernel/command.js";
import { parseInteraction } from "../../src/kernel/interaction.js";
import {
  optionalBoolean,
  optionalChoice,
  optionalInteger,
  requiredBoolean,
  requiredChoice,
  requiredInteger,
} from "../../src/kernel/option.js";
import { NotPossibleError } from "@zonewire/sandbox/discord";
import { textOf } from "../message.js";
import { openWorkshop, type Workshop } from "./workshop.js";

let workshop: Workshop | undefined;
afterEach(async () => {
  await workshop?.close();
  workshop = undefined;
});

const roster = defineCommand({
  name: "roster",
  visibility: "public",
  options: {
    sort: requiredChoice([
      { value: "name", name: "rank.leader" },
      { value: "rank", name: "rank.officer" },
    ]),
    limit: requiredInteger({ min: 1, max: 50 }),
    all: requiredBoolean(),
    level: optionalChoice([
      { value: 0, name: "rank.soldier" },
      { value: 1.5, name: "rank.recruit" },
    ]),
    from: optionalInteger(),
    quiet: optionalBoolean(),
  },
  run({ options }) {
    expectTypeOf(options).toEqualTypeOf<{
      readonly sort: "name" | "rank";
      readonly limit: number;
      readonly all: boolean;
      readonly level: 0 | 1.5 | undefined;
      readonly from: number | undefined;
      readonly quiet: boolean | undefined;
    }>();
    return { embeds: [card({ title: "roster", description: JSON.stringify(options) })] };
  },
});

describe("options other than text", () => {
  test("arrive with their types, and absent ones as undefined", async () => {
    workshop = await openWorkshop([roster]);
    const must = { sort: "rank", limit: 50, all: false };
    const read = async (options: Parameters<ReturnType<Workshop["as"]>["slash"]>[1]) =>
      textOf((await workshop!.as().slash("roster", options)).message);
    expect(await read(must)).toContain(JSON.stringify(must));
    const all = { ...must, level: 0, from: -7, quiet: true };
    expect(await read(all)).toContain(JSON.stringify(all));
  });

  test("are registered so that Discord's own client refuses the rest", async () => {
    workshop = await openWorkshop([roster]);
    const must = { sort: "rank", limit: 50, all: false };
    for (const wrong of [{ sort: "age" }, { limit: 0 }, { limit: 51 }, { limit: 1.5 }, { level: 2 }, { all: "yes" }])
      await expect(workshop.as().slash("roster", { ...must, ...wrong })).rejects.toThrow(NotPossibleError);
    for (const missing of ["sort", "limit", "all"]) {
      const rest = Object.fromEntries(Object.entries(must).filter(([name]) => name !== missing));
      await expect(workshop.as().slash("roster", rest)).rejects.toThrow(`needs the option "${missing}"`);
    }
  });

  test("choices are registered with their names in every language", async () => {
    workshop = await openWorkshop([roster]);
    const options = workshop.discord.commands()[0]?.options ?? [];
    expect(options.map(({ type }) => type)).toEqual([
      Type.String,
      Type.Integer,
      Type.Boolean,
      Type.Number,
      Type.Integer,
      Type.Boolean,
    ]);
    expect(options[0]?.choices?.[0]).toMatchObject({
      name: "Leader",
      value: "name",
      name_localizations: { ru: "Лидер", "en-US": "Leader" },
    });
  });

  test("a forged value is refused, whatever it is", () => {
    const context = {} as Parameters<ReturnType<typeof requiredBoolean>["read"]>[1];
    const forged = ["age", "", 3, NaN, Infinity, 1e300, true, false] as const;
    const { options } = roster.actions.get("roster")!;
    const taken = Object.entries(options).map(([name, option]) => {
      const read = (value: (typeof forged)[number]) => {
        try {
          option.read(value, context);
          return true;
        } catch (error) {
          expect(error).toMatchObject({ name: "UserError", key: "error.option-impossible" });
          return false;
        }
      };
      return [name, forged.filter(read)];
    });
    expect(Object.fromEntries(taken)).toEqual({
      sort: [],
      limit: [3],
      all: [true, false],
      level: [],
      from: [3],
      quiet: [true, false],
    });
  });

  test("are all texts or all numbers", () => {
    const mixed = requiredChoice([
      { value: 1, name: "rank.leader" },
      // @ts-expect-error the first one says what the others are
      { value: "one", name: "rank.officer" },
    ]);
    expect(mixed.choices).toHaveLength(2);
  });
});

test("an interaction tells what a member may do, and whether the bot is in that server", () => {
  const raw = (more: object) => ({
    id: "1300000000000000000",
    token: "t",
    application_id: "2",
    type: 2,
    data: { name: "x" },
    ...more,
  });
  const member = { user: { id: "5" }, permissions: "32", roles: ["7", 8, "9"] };
  expect(
    parseInteraction(raw({ guild_id: "9", member, authorizing_integration_owners: { 0: "9", 1: "5" } })),
  ).toMatchObject({ userId: "5", guildId: "9", inBotsServer: true, permissions: 32n, roleIds: ["7", "9"] });
  expect(parseInteraction(raw({ guild_id: "9", member, authorizing_integration_owners: { 1: "5" } }))).toMatchObject({
    inBotsServer: false,
  });
  expect(parseInteraction(raw({ user: { id: "5" }, authorizing_integration_owners: { 0: "0" } }))).toMatchObject({
    guildId: undefined,
    inBotsServer: false,
    permissions: 0n,
    roleIds: [],
  });
});
