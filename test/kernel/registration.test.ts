import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
  Routes,
} from "discord-api-types/v10";
import { REST } from "discord.js";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { defineCommand, type Command } from "../../src/kernel/command.js";
import { loadCommands } from "../../src/kernel/load.js";
import { CommandsRefusedError } from "../../src/kernel/objections.js";
import { optionalBoolean, requiredChoice, requiredInteger } from "../../src/kernel/option.js";
import { clearOtherScopes } from "../../src/kernel/other-scopes.js";
import { definitions, register } from "../../src/kernel/registration.js";
import { Texts, type PlainTextKey } from "../../src/kernel/texts.js";
import { DiscordSimulator } from "@zonewire/sandbox/discord";
import { PATIENT } from "../patience.js";
import { actions } from "../registered.js";
import { textsFor } from "./workshop.js";

const ROOT = join(import.meta.dirname, "../..");
type Definition = ReturnType<typeof definitions>[number];

let wanted: readonly Definition[];
let discord: DiscordSimulator;
let rest: REST;
beforeAll(async () => {
  wanted = definitions(await loadCommands(join(ROOT, "commands")), await Texts.load(join(ROOT, "locales")));
});
beforeEach(async () => {
  discord = await DiscordSimulator.start(PATIENT);
  rest = new REST({ api: discord.restUrl }).setToken(discord.token);
  return () => discord.close();
});
afterAll(() => {
  rest.clearHandlerSweeper();
  rest.clearHashSweeper();
});

const place = () => ({ rest, applicationId: discord.applicationId });

describe("registration", () => {
  // Which they are, docs/commands.md says, and its test.
  test("every command has its options, in their order", async () => {
    const defined = (await loadCommands(join(ROOT, "commands"))).flatMap((command) => [...command.actions]);
    expect(
      actions.map(({ path, options }) => [path, options.map(({ name, required }) => [name, required ?? false])]),
    ).toEqual(
      defined.map(([path, { options }]) => [
        path,
        Object.entries(options).map(([name, { required }]) => [name, required]),
      ]),
    );
  });

  test("writes once, and then no more", async () => {
    expect(await register(wanted, place())).toMatchObject({ changed: true });
    const again = await register(wanted, place());
    expect(again.changed).toBe(false);
    expect([...again.ids.keys()].sort()).toEqual(wanted.map(({ name }) => name).sort());
    expect(discord.problems).toEqual([]);
  });

  test.each<[string, (definition: Definition) => Definition]>([
    ["a description", (one) => ({ ...one, description: "else" })],
    ["a translation", (one) => ({ ...one, description_localizations: { ru: "другое" } })],
    ["a missing translation", (one) => ({ ...one, name_localizations: null })],
    ["who may use it", (one) => ({ ...one, default_member_permissions: "32" })],
    ["where", (one) => ({ ...one, contexts: [InteractionContextType.Guild] })],
    ["an option", (one) => ({ ...one, options: (one.options ?? []).slice(1) })],
    [
      "a rule of an option",
      (one) => ({
        ...one,
        options: (one.options ?? []).map((option) => ({ ...option, autocomplete: false })),
      }),
    ],
  ])("writes when %s differs", async (_what, change) => {
    await register(
      wanted.map((one) => (one.name === "price" ? change(one) : one)),
      place(),
    );
    expect(await register(wanted, place())).toMatchObject({ changed: true });
    expect(await register(wanted, place())).toMatchObject({ changed: false });
  });

  test("removes what is no longer defined", async () => {
    await register([...wanted, { name: "gone", description: "gone" }], place());
    expect(await register(wanted, place())).toMatchObject({ changed: true });
    expect(discord.commands().map(({ name }) => name)).not.toContain("gone");
  });

  test("compares choices, limits, places and permissions as well", async () => {
    const roster = (
      {
        max = 50,
        name = "rank.leader",
        value = 1,
        min = 0,
      }: { max?: number; name?: PlainTextKey; value?: number; min?: number },
      rules: Partial<Parameters<typeof defineCommand>[0]> = {},
    ) =>
      defineCommand({
        name: "roster",
        visibility: "public",
        options: {
          sort: requiredChoice([
            { value: 0, name: "rank.officer" },
            { value, name },
          ]),
          limit: requiredInteger({ min, max }),
          all: optionalBoolean(),
        },
        permission: "manage-server",
        places: ["server", "bot-messages"],
        installations: ["server"],
        run: () => ({}),
        ...rules,
      });
    const define = async (command: Command) => definitions([command], await textsFor([command]));
    const usual = await define(roster({}));
    await register(usual, place());
    expect((await register(usual, place())).changed).toBe(false);
    const otherwise = [
      roster({ max: 51 }),
      roster({ min: 1 }),
      roster({ name: "rank.soldier" }),
      roster({ value: 2 }),
      roster({}, { places: ["server"] }),
      roster({}, { installations: ["server", "person"] }),
    ];
    for (const command of otherwise) {
      expect(await register(await define(command), place())).toMatchObject({ changed: true });
      expect(await register(usual, place())).toMatchObject({ changed: true });
    }
    const free = usual.map(({ default_member_permissions: _needed, ...rest }) => rest);
    expect((await register(free, place())).changed).toBe(true);
    expect(discord.problems).toEqual([]);
  });

  /** `wanted` with a change to one of the commands. */
  const spoilt = (name: string, change: Partial<Definition>) =>
    wanted.map((one) => (one.name === name ? { ...one, ...change } : one));

  test.each<[string, string, Partial<Definition>, RegExp]>([
    ["a description", "price", { description: "x".repeat(101) }, /^[^;]+; \/price, description: .*100/],
    ["a name", "lots", { name: "Lots of things" }, /\/Lots of things, name: /],
    [
      "an option",
      "history",
      { options: [{ type: ApplicationCommandOptionType.String, name: "item", description: "" }] },
      /\/history, options\.item\.description: /,
    ],
    [
      "many things",
      "help",
      {
        options: Array.from({ length: 26 }, () => ({
          type: ApplicationCommandOptionType.String,
          name: "",
          description: "",
        })),
      },
      /help/,
    ],
  ])("what Discord objects to is named, with the command: %s", async (_what, name, change, line) => {
    const error: unknown = await register(spoilt(name, change), place()).catch((refusal: unknown) => refusal);
    expect(error).toBeInstanceOf(CommandsRefusedError);
    expect((error as Error).message).toMatch(line);
    expect((error as Error).message.length).toBeLessThan(2_000);
  });

  test("commands from before stay, with their ids, when Discord objects to new ones", async () => {
    const before = await register(wanted, place());
    const after = await register(spoilt("price", { description: "x".repeat(101) }), place());
    expect(after).toMatchObject({ changed: false, ids: before.ids });
    expect(after.refusal?.message).toContain("/price, description");
  });

  test.each([403, 404, 400])(
    "a refusal with %s says so, and is no reason to do without the commands before",
    async (status) => {
      discord.faults.rest.add({ route: "/commands", status, times: 1 });
      await expect(register(wanted, place())).rejects.toThrow(CommandsRefusedError);
      await register(wanted, place());
      discord.faults.rest.add({ route: "PUT /applications", status, times: 1 });
      const { ids, refusal } = await register(spoilt("price", { description: "else" }), place());
      expect(ids.size).toBe(wanted.length);
      expect(refusal?.message).toContain(`status ${status}`);
    },
  );

  test("a failure that may pass is no refusal", async () => {
    discord.faults.rest.add({ route: "/commands", status: 500, times: 10 });
    await expect(register(wanted, place())).rejects.not.toThrow(CommandsRefusedError);
  });

  test("a server that the bot is not in is named by Discord's own words", async () => {
    await expect(register(wanted, { ...place(), guildId: "1" })).rejects.toThrow(/Missing Access \(code 50001/);
  });

  describe("where they were before", () => {
    const names = () => new Set(wanted.map(({ name }) => name));
    const clean = (guildId?: string) =>
      clearOtherScopes({ ...place(), guildId, names: names(), signal: new AbortController().signal });
    const shown = () => discord.commands().map(({ name, guild_id }) => `${name}${guild_id === undefined ? "" : "!"}`);

    test("are removed everywhere when they are for one server now", async () => {
      const guildId = discord.guilds[0]?.id;
      await register(wanted, place());
      await register(wanted, { ...place(), guildId });
      expect(await clean(guildId)).toBe(wanted.length);
      expect(shown().sort()).toEqual(wanted.map(({ name }) => `${name}!`).sort());
      expect(await clean(guildId)).toBe(0);
    });

    test("are removed from every server when they are for everywhere now", async () => {
      const other = discord.world.addGuild("Other", discord.users[0]!, { bot: true });
      for (const { id } of [...discord.guilds]) await register(wanted.slice(0, 3), { ...place(), guildId: id });
      await register(wanted, place());
      expect(await clean()).toBe(6);
      expect(shown().sort()).toEqual(wanted.map(({ name }) => name).sort());
      expect(discord.guilds).toContain(other);
    });

    test("stay there when they are not ours", async () => {
      const guildId = discord.guilds[0]?.id;
      const foreign: Definition = { name: "foreign", description: "of another program" };
      const menu = { name: "price", type: ApplicationCommandType.Message };
      const route = Routes.applicationGuildCommands(discord.applicationId, guildId ?? "");
      await rest.put(route, { body: [...wanted.slice(0, 2), foreign, menu] });
      await register(wanted, place());
      await clean();
      expect(shown().filter((name) => name.endsWith("!"))).toEqual(["foreign!", "price!"]);
    });
  });

  test("may be for one server only", async () => {
    const guildId = discord.guilds[0]?.id;
    await register(wanted, { ...place(), guildId });
    expect(discord.commands().every((command) => command.guild_id === guildId)).toBe(true);
    expect((await register(wanted, { ...place(), guildId })).changed).toBe(false);
  });
});

describe("loading", () => {
  test("a module without a command, or with one that /help could not place, is named", async () => {
    const folder = await mkdtemp(join(tmpdir(), "commands-"));
    await writeFile(join(folder, "broken.js"), "export const nothing = 1;");
    await expect(loadCommands(folder)).rejects.toThrow(/broken\.js has no command/);
    await writeFile(join(folder, "about.js"), "export default { name: 'about', actions: new Map() };");
    await rm(join(folder, "broken.js"));
    await expect(loadCommands(folder)).rejects.toThrow(/about\.js has no command with a topic/);
    await rm(folder, { recursive: true });
  });

  test("two commands of one name are refused; folders without an index are no commands", async () => {
    const folder = await mkdtemp(join(tmpdir(), "commands-"));
    const module = "export default { name: 'twin', topic: 'topic.zone', actions: new Map(), hasSubcommands: false };";
    await mkdir(join(folder, "options"));
    await writeFile(join(folder, "options/thing.js"), "throw new Error('must not be loaded');");
    await writeFile(join(folder, "one.mjs.txt"), "");
    await writeFile(join(folder, "one.js"), module);
    expect((await loadCommands(folder)).map(({ name }) => name)).toEqual(["twin"]);
    await writeFile(join(folder, "two.js"), module);
    await expect(loadCommands(folder)).rejects.toThrow('two commands are named "twin"');
    await rm(folder, { recursive: true });
  });
});
