import { PermissionFlagsBits as Bit } from "discord-api-types/v10";
import { afterEach, describe, expect, test } from "vitest";
import { button, row } from "../../src/kernel/card.js";
import { defineCommand, defineCommandGroup, defineSubcommand } from "../../src/kernel/command.js";
import { defineComponent, stateOf } from "../../src/kernel/component.js";
import type { Servers } from "../../src/kernel/gateway.js";
import { NotPossibleError } from "@zonewire/sandbox/discord";
import { textOf } from "../message.js";
import { openWorkshop, type Workshop } from "./workshop.js";

let workshop: Workshop | undefined;
afterEach(async () => {
  await workshop?.close();
  workshop = undefined;
});

const ping = defineCommand({ name: "ping", visibility: "public", run: () => ({ content: "pong" }) });

describe("where the bot is", () => {
  /** What the gateway told, in its order. */
  class Notebook implements Servers {
    readonly lines: string[] = [];
    failure: Error | undefined;

    joined(guildId: string): Promise<void> {
      return this.#note(`joined ${guildId}`);
    }

    left(guildId: string): Promise<void> {
      return this.#note(`left ${guildId}`);
    }

    present(guildIds: ReadonlySet<string>, covers: (guildId: string) => boolean): Promise<void> {
      const ids = [...guildIds];
      return this.#note(`present ${ids.join()} ${ids.every(covers)}`);
    }

    #note(line: string): Promise<void> {
      this.lines.push(line);
      return this.failure ? Promise.reject(this.failure) : Promise.resolve();
    }
  }

  test("is told at the start, when it is added and when it is removed", async () => {
    const servers = new Notebook();
    workshop = await openWorkshop([ping], undefined, { servers });
    const { discord } = workshop;
    const guild = discord.guilds[0]!;
    const told = (...lines: string[]) => expect.poll(() => servers.lines).toEqual(lines);
    await told(`present ${guild.id} true`);
    discord.removeBot(guild);
    await told(`present ${guild.id} true`, `left ${guild.id}`);
    const other = discord.world.addGuild("Other", discord.users[0]!, { bot: false });
    discord.addBot(other);
    discord.addBot(guild);
    await expect.poll(() => servers.lines.slice(2)).toEqual([`joined ${other.id}`, `joined ${guild.id}`]);
  });

  test("does not change by an outage of Discord's", async () => {
    const servers = new Notebook();
    workshop = await openWorkshop([ping], undefined, { servers });
    const { discord, as } = workshop;
    const guild = discord.guilds[0]!;
    const recover = discord.faults.gateway.outage(guild.id);
    recover();
    discord.faults.gateway.outage(guild.id);
    discord.removeBot(guild);
    expect((await as("en-US", "vesper", { dm: true }).slash("ping")).answers).toBe(1);
    await expect.poll(() => servers.lines).toEqual([`present ${guild.id} true`, `left ${guild.id}`]);
  });

  test("is told again with a new session, so that a removal meanwhile is not missed", async () => {
    const servers = new Notebook();
    workshop = await openWorkshop([ping], undefined, { servers });
    const { discord } = workshop;
    discord.guilds[0]!.members.delete(discord.botUser.id);
    discord.faults.gateway.invalidateSessions({ resumable: false });
    await expect.poll(() => servers.lines.slice(1)).toEqual(["present  true"]);
  });

  test("that cannot be noted is logged, and nothing else", async () => {
    const servers = new Notebook();
    servers.failure = new Error("the store is away");
    workshop = await openWorkshop([ping], undefined, { servers });
    const { as, log } = workshop;
    expect((await as().slash("ping")).answers).toBe(1);
    expect(log.filter(({ level }) => level >= 40).map(({ msg }) => msg)).toEqual([
      "where the bot is could not be noted",
    ]);
  });
});

describe("a sub-command for some members", () => {
  const again = defineComponent({
    command: "settings server",
    action: "again",
    audience: "anyone",
    state: stateOf({}),
    run: () => ({ content: "changed again" }),
  });
  const settings = defineCommandGroup("settings", [
    defineSubcommand({ name: "me", visibility: "private", run: () => ({ content: "me" }) }),
    defineSubcommand({
      name: "server",
      visibility: "public",
      permission: "manage-server",
      components: [again],
      run: (_input, context) => ({
        content: `changed ${context.guildId}`,
        components: [row(button({ label: "again", customId: again.customId({}, context) }))],
      }),
    }),
  ]);

  test("is refused to others politely, and so are its buttons; the rest is for everybody", async () => {
    workshop = await openWorkshop([settings]);
    const { as, discord } = workshop;
    const guild = discord.guilds[0]!;
    expect(discord.commands()[0]?.default_member_permissions).toBe(null);
    const refused = await as("fr").slash("settings server");
    expect(refused.ephemeral).toBe(true);
    expect(textOf(refused.message)).toContain("la permission **Gérer le serveur**");
    expect((await as().slash("settings me")).message?.content).toBe("me");
    const { message } = await as("en-US", "warden").slash("settings server");
    expect(message?.content).toBe(`changed ${guild.id}`);
    expect(textOf((await as().click(message!, "again")).message)).toContain("**Manage Server**");
    expect(message?.content).toBe(`changed ${guild.id}`);
    for (const [name, permissions] of [
      ["Officer", Bit.ManageGuild],
      ["Admin", Bit.Administrator],
    ] as const)
      discord.world.addMember(guild, discord.world.addUser(name), { permissions });
    for (const name of ["officer", "admin"])
      expect((await as("en-US", name).slash("settings server")).message?.content).toContain("changed");
    await as("en-US", "officer").click(message!, "again");
    expect(message?.content).toBe("changed again");
  });

  test("is for servers that have the bot: not for direct messages, nor where only the person brings it", async () => {
    workshop = await openWorkshop([settings]);
    const { as, discord } = workshop;
    const elsewhere = discord.world.addGuild("Elsewhere", discord.users[0]!, { bot: false });
    for (const place of [{ dm: true }, { guild: elsewhere, installed: "user" }] as const) {
      const { message, ephemeral } = await as("en-US", "warden", place).slash("settings server");
      expect(ephemeral).toBe(true);
      expect(textOf(message)).toContain("only in a server that has added me");
    }
    await expect(as("en-US", "warden", { guild: elsewhere }).slash("settings me")).rejects.toThrow(NotPossibleError);
  });
});

describe("where and by whom a command can be used", () => {
  const everywhere = ping;
  const here = defineCommand({
    name: "here",
    visibility: "public",
    places: ["server"],
    installations: ["server"],
    run: () => ({ content: "here" }),
  });
  const officers = defineCommand({
    name: "officers",
    visibility: "public",
    permission: "manage-server",
    run: () => ({ content: "officers" }),
  });

  test("is everywhere and for everybody by default", async () => {
    workshop = await openWorkshop([everywhere, here, officers]);
    const { as, discord } = workshop;
    const names = (person: string, place = {}) =>
      as("en-US", person, place)
        .commands()
        .map(({ name }) => name);
    expect(names("vesper")).toEqual(["ping", "here"]);
    expect(names("warden")).toEqual(["ping", "here", "officers"]);
    expect(names("vesper", { dm: true })).toEqual(["ping", "officers"]);
    const [, one, two] = discord.users;
    const channel = discord.world.addGroup(one!, two!);
    expect(names("vesper", { channel, installed: "user" })).toEqual(["ping", "officers"]);
    expect((await as("ru", "vesper", { channel, installed: "user" }).slash("ping")).message?.content).toBe("pong");
    const elsewhere = discord.world.addGuild("Elsewhere", one!, { bot: false });
    expect((await as("ru", "vesper", { guild: elsewhere, installed: "user" }).slash("ping")).answers).toBe(1);
    expect(discord.commands().find(({ name }) => name === "officers")?.default_member_permissions).toBe("32");
  });
});
