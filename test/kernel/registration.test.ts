import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InteractionContextType } from "discord-api-types/v10";
import { REST } from "discord.js";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { loadCommands } from "../../src/kernel/load.js";
import { definitions, register } from "../../src/kernel/registration.js";
import { Texts } from "../../src/kernel/texts.js";
import { DiscordSimulator } from "../../src/sandbox/discord/index.js";

const ROOT = join(import.meta.dirname, "../..");
type Definition = ReturnType<typeof definitions>[number];

let wanted: readonly Definition[];
let discord: DiscordSimulator;
let rest: REST;
beforeAll(async () => {
  wanted = definitions(await loadCommands(join(ROOT, "commands")), await Texts.load(join(ROOT, "locales")));
});
beforeEach(async () => {
  discord = await DiscordSimulator.start();
  rest = new REST({ api: discord.restUrl }).setToken(discord.token);
  return () => discord.close();
});
afterAll(() => {
  rest.clearHandlerSweeper();
  rest.clearHashSweeper();
});

const place = () => ({ rest, applicationId: discord.applicationId });

describe("registration", () => {
  test("the names and options are the contract", () => {
    const options = (definition: Definition) =>
      (definition.options ?? []).map(
        (option) =>
          `${option.name}${option.required ? "!" : ""}` +
          ("options" in option
            ? `(${(option.options ?? []).map(({ name, required }) => name + (required ? "!" : "")).join(" ")})`
            : ""),
      );
    expect(Object.fromEntries(wanted.map((definition) => [definition.name, options(definition).join(" ")]))).toEqual({
      character: "profile(name! region)",
      clan: "info(clan! region) list(region)",
      emission: "region",
      help: "",
      operations: "character map region",
      price: "item! region",
      regions: "",
      status: "",
    });
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

  test("may be for one server only", async () => {
    const guildId = discord.guilds[0]?.id;
    await register(wanted, { ...place(), guildId });
    expect(discord.commands().every((command) => command.guild_id === guildId)).toBe(true);
    expect((await register(wanted, { ...place(), guildId })).changed).toBe(false);
  });
});

describe("loading", () => {
  test("a module without a command is named", async () => {
    const folder = await mkdtemp(join(tmpdir(), "commands-"));
    await writeFile(join(folder, "broken.js"), "export const nothing = 1;");
    await expect(loadCommands(folder)).rejects.toThrow(/broken\.js has no command/);
    await rm(folder, { recursive: true });
  });

  test("two commands of one name are refused; folders without an index are no commands", async () => {
    const folder = await mkdtemp(join(tmpdir(), "commands-"));
    const module = "export default { name: 'twin', actions: new Map(), hasSubcommands: false };";
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
