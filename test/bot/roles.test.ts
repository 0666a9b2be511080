import { PermissionFlagsBits as May } from "discord-api-types/v10";
import type { Guild, Message, Role, User } from "@zonewire/sandbox/discord";
import { landmarks, type Roster } from "@zonewire/sandbox/game";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ERROR, labels, ShiftedClock, startBot, textOf, type Bot } from "./bot.js";
import { link, menuOf } from "./linking.js";

const { leader, alt } = landmarks.characters;
/** Of the account that is linked. */
const PROVED: readonly string[] = [leader, alt];
const DAY_MS = 24 * 60 * 60_000;
const LANGUAGES = ["en-US", "ru", "es-ES", "fr", "ko"];

describe("roles by rank in the clan", { timeout: 120_000 }, () => {
  let bot: Bot;
  let guild: Guild;
  let roster: Roster;
  let roles: Record<"member" | "officer" | "chief", Role>;
  let own: Role;
  const clock = new ShiftedClock();
  const warden = (locale = "en-US") => bot.as(locale, { person: "warden" });
  const user = (name: string): User => bot.discord.users.find(({ username }) => username === name)!;
  const rolesOf = (name: string) =>
    guild.members
      .get(user(name).id)!
      .roles.map((role) => role.name)
      .sort();
  const check = async (locale?: string) => textOf((await warden(locale).slash("roles check")).message);
  const sync = async (): Promise<Message> => {
    const { message } = await warden().slash("roles sync");
    if (labels(message).includes("Yes, change the roles")) await warden().click(message!, "Yes, change the roles");
    // It says how far it is in the meantime.
    await bot.discord.until("the end", () => !textOf(message).startsWith("Changing roles"));
    return message!;
  };
  const edits = () => bot.discord.audit.entries.map(({ action, reason }) => `${action}: ${reason ?? ""}`);
  /** What the client remembers is too old then, and Discord takes changes again. */
  const later = (ms = 2 * 60_000) => (clock.shift += ms);

  beforeAll(async () => {
    bot = await startBot({ clock, game: { clock } });
    [guild] = bot.discord.guilds as [Guild];
    const { world, botUser } = bot.discord;
    bot.discord.limits.limits.memberEdits = undefined;
    roles = {
      member: world.addRole(guild, "Clan"),
      officer: world.addRole(guild, "Officer"),
      chief: world.addRole(guild, "Chief"),
    };
    own = world.addRole(guild, "Zonewire", May.ManageRoles | May.ManageNicknames);
    world.changeMember(guild, botUser, { roles: [own] });
    roster = bot.game.roster("EU");
    await link(bot, warden(), "marten");
  });
  afterAll(() => bot.close());
  beforeEach(() => {
    bot.discord.faults.clear();
    bot.discord.audit.entries.length = 0;
    later();
  });

  const map = (rank: string, role: Role, locale?: string) =>
    warden(locale).slash("roles map", { rank, role: role.id, region: "EU" });

  test("a rank gives a role once somebody in the clan says so who stands above it", async () => {
    const nobody = bot.as("en-US", { person: "vesper" });
    await expect(nobody.slash("roles check")).rejects.toThrow("not to be seen");
    expect(textOf((await warden().slash("roles check")).message)).toContain("No rank gives a role here yet");
    const { message, ephemeral } = await map("Любое звание", roles.member, "ru");
    expect(ephemeral).toBe(true);
    expect(textOf(message)).toContain(`Любое звание → <@&${roles.member.id}>`);
    expect(textOf((await map("LEADER", roles.chief)).message)).toContain(`Leader → <@&${roles.chief.id}>`);
    expect(textOf((await map("WAR_LORD", roles.chief)).message)).toContain("This clan has no rank WAR\\_LORD");
    const list = (await warden().slash("roles list")).message!;
    expect(textOf(list)).toContain("Roles change only when you use");
    expect(menuOf(list, "remove").options.map(({ label }) => label)).toEqual(["Any rank → Clan", "Leader → Chief"]);
  });

  test("roles that cannot be given are refused at once, with what to do", async () => {
    const { world } = bot.discord;
    const refused = async (role: Role) => textOf((await map("OFFICER", role)).message);
    const booster = world.addRole(guild, "Booster", 0n, { managed: true });
    const linked = world.addRole(guild, "Linked", 0n, { linked: true });
    const high = world.addRole(guild, "High");
    expect(await refused(booster)).toContain("belongs to an app or to boosts");
    expect(await refused(linked)).toContain("given by Discord’s linked roles");
    expect(await refused(high)).toContain("does not stand below my highest role");
    world.changeRole(guild, own, { permissions: 0n });
    expect(await refused(roles.officer)).toContain("I need the permission **Manage Roles**");
    world.changeRole(guild, own, { permissions: May.ManageRoles | May.ManageNicknames });
    const everyone = await warden().slash("roles map", { rank: "OFFICER", role: guild.id, region: "EU" });
    expect(textOf(everyone.message)).toContain("Everyone has this role");
    // Somebody who may manage roles, but stands too low to give this one.
    const low = world.addRole(guild, "Helper", May.ManageRoles);
    world.changeRole(guild, low, { position: 0 });
    world.changeMember(guild, user("mira"), { roles: [low] });
    const mira = bot.as("en-US", { person: "mira" });
    const escalated = await mira.slash("roles map", { rank: "RECRUIT", role: roles.chief.id, region: "EU" });
    expect(textOf(escalated.message)).toContain("does not stand below your own highest role");
    const matched = await mira.slash("roles match", { character: leader, person: user("mira") });
    expect(textOf(matched.message)).toContain("does not stand below your own highest role");
    world.changeMember(guild, user("mira"), { roles: [] });
    for (const role of [booster, linked, high, low]) world.removeRole(guild, role);
  });

  test.each(LANGUAGES)("a check says who would get what and changes nothing, in %s", async (locale) => {
    const text = await check(locale);
    expect(text).toContain(`<@${user("warden").id}>: <@&${roles.member.id}> <@&${roles.chief.id}>`);
    // The others of the clan are members of whom nobody knows who plays them.
    expect(text).toContain("🔍");
    expect(edits()).toEqual([]);
    expect(rolesOf("warden")).toEqual([]);
  });

  test("a sync asks first, then gives what is due, and the audit log says why", async () => {
    const { message } = await warden().slash("roles sync");
    expect(labels(message)).toEqual(["Yes, change the roles", "Cancel"]);
    expect(edits()).toEqual([]);
    const done = await warden().click(message!, "Yes, change the roles");
    await bot.discord.until("the end", () => textOf(done.message).includes("➕ 2 roles given"));
    expect(rolesOf("warden")).toEqual(["Chief", "Clan"]);
    expect(edits().every((edit) => /^role-given: Zonewire: .+ is (Leader|\w+) in \[.*\]$/.test(edit))).toBe(true);
    expect(textOf((await warden().slash("roles sync")).message)).toContain("Nothing to do");
  });

  test("somebody without a link is matched by hand, and unmatched", async () => {
    const member = roster.members().find(({ character: { name } }) => !PROVED.includes(name))!;
    const { name } = member.character;
    const match = (options: object) => warden().slash("roles match", { character: name, ...options });
    const bots = await match({ person: bot.discord.botUser });
    expect(textOf(bots.message)).toContain("Bots play no characters");
    expect(textOf((await match({ person: user("vesper") })).message)).toContain(`is played by <@${user("vesper").id}>`);
    await sync();
    expect(rolesOf("vesper")).toContain("Clan");
    const proved = await warden().slash("roles match", { character: leader, person: user("vesper") });
    expect(textOf(proved.message)).toContain("A linked account proves");
    expect(textOf((await match({})).message)).toContain("is not matched to");
    expect(textOf((await match({})).message)).toContain("Nobody is matched to");
    expect(textOf((await warden().slash("roles match", { character: "Nobody_1" })).message)).toContain(
      "Nobody is matched",
    );
    // Of a stranger nothing is taken.
    later(2 * DAY_MS);
    await sync();
    expect(rolesOf("vesper")).toContain("Clan");
    expect(await check()).toContain(`<@&${roles.member.id}>: 1 person. Discord tells me how many, not who.`);
    await match({ person: user("vesper") });
    expect(await check()).not.toContain("Discord tells me how many");
  });

  test("who leaves the clan keeps the role for a day; a list that lies takes nothing", async () => {
    const name = bot.discord.users.length > 0 ? await nameOf("vesper") : "";
    roster.leave(name);
    later();
    expect(await check()).toContain("🚪 Have a clan role, but are not in the clan");
    await sync();
    expect(rolesOf("vesper")).toContain("Clan");
    // A day later, but the game shows the list to nobody: nothing is certain.
    later(DAY_MS + 60_000);
    const fault = bot.game.faults.add({ kind: "status", status: 401 }, { path: /\/members$/ });
    expect(await check()).toContain("the game shows me its members with no linked account");
    await sync();
    fault();
    expect(rolesOf("vesper")).toContain("Clan");
    later();
    await sync();
    expect(rolesOf("vesper")).not.toContain("Clan");
    expect(edits()).toContain("role-taken: Zonewire: their rank in the clan no longer gives this role");
  });

  test("a list that has shrunk by more than a third changes nothing until somebody says that it is right", async () => {
    const all = roster.members().map(({ character: { name } }) => name);
    const gone = all.filter((name) => !PROVED.includes(name)).slice(0, Math.floor(all.length / 2));
    for (const name of gone) roster.leave(name);
    later();
    const { message } = await warden("ru").slash("roles sync");
    expect(textOf(message)).toContain("Разом пропало больше трети");
    const [agree] = labels(message);
    expect(agree).toContain(`${roster.members().length}`);
    await warden("ru").click(message!, agree ?? "");
    expect(textOf(message)).not.toContain("больше трети");
    await warden("ru").click(message!, "Да, обновить роли");
    later();
    expect(await check()).not.toContain("More than a third");
  });

  test("nicknames follow a template; those of the owner and of people above stay, and it is said why", async () => {
    const wrong = await warden("ru").slash("roles nickname", { template: "[{rank}]" });
    expect(textOf(wrong.message)).toContain("В нём должно быть {name}");
    expect(textOf((await warden().slash("roles nickname", { template: "{name} [{rank}]" })).message)).toContain(
      "Nicknames: `{name} [{rank}]`",
    );
    const name = "N".repeat(28);
    roster.join(name, "OFFICER");
    later();
    await warden().slash("roles match", { character: name, person: user("vesper") });
    expect(await check()).toContain("Discord lets nobody change the nickname of the server’s owner");
    await sync();
    expect(guild.members.get(user("vesper").id)!.nick).toBe(`${name} [Of`);
    expect(textOf((await warden().slash("roles nickname", { template: "off" })).message)).toContain("stay as they are");
  });

  test("what Discord refuses of one does not stop the others", async () => {
    await map("OFFICER", roles.officer);
    for (const [index, reason] of [
      [10007, "left this server"],
      [50013, "I lack the permission"],
      [10011, "the role is not there any more"],
      [60003, "two-factor authentication"],
      [50035, "Discord does not accept it"],
    ] as const) {
      bot.discord.faults.rest.add({
        ...{ route: "PUT /guilds/:guild/members/:user/roles/:role", code: index },
        ...(index === 50035 && { status: 400 }),
      });
      const text = textOf(await sync());
      expect(text).toContain(reason);
      later();
    }
    await sync();
    expect(rolesOf("vesper")).toEqual(["Clan", "Officer"]);
  });

  test("a limit is obeyed, and an outage of Discord said", async () => {
    const { world } = bot.discord;
    world.changeMember(guild, user("vesper"), { roles: [] });
    bot.discord.faults.rest.add({ route: "PUT /guilds/:guild/members", status: 429, retryAfter: 0.05 });
    expect(textOf(await sync())).toContain("➕ 2 roles given");
    bot.discord.faults.rest.add({ route: "GET /guilds/:guild", status: 503, times: Infinity });
    expect(textOf((await warden().slash("roles check")).message)).toContain("Discord does not answer right now");
  });

  test("roles follow by themselves, and a report says what was done", async () => {
    const channel = bot.discord.world.addChannel(guild, "roles");
    const { message } = await warden().slash("roles auto", { switch: "on", reports: channel.id });
    expect(textOf(message)).toContain(`reports: <#${channel.id}>`);
    const list = async () => textOf((await warden("fr").slash("roles list")).message);
    expect(await list()).toContain("Les rôles se mettent à jour tout seuls");
    await expect.poll(list).toContain("dernière vérification");
    bot.discord.world.changeMember(guild, user("vesper"), { roles: [] });
    later(7 * 60 * 60_000);
    // Switched on anew, it is looked at at once.
    await warden().slash("roles auto", { switch: "on", reports: channel.id });
    await bot.discord.until("the roles", () => rolesOf("vesper").length === 2);
    await bot.discord.until("the report", () => bot.discord.posts.sent(channel).length > 0);
    expect(textOf(bot.discord.posts.sent(channel)[0]?.message)).toContain(`<@${user("vesper").id}>`);
    const off = await warden("ko").slash("roles auto", { switch: "off" });
    expect(textOf(off.message)).toContain("자동으로 하려면");
  });

  test("mappings are removed by a menu; nobody loses a role by that", async () => {
    const list = (await warden("es-ES").slash("roles list")).message!;
    const { customId, options } = menuOf(list, "remove");
    const values = options.map(({ value }) => value);
    const { message } = await warden("es-ES").select(list, customId, values);
    expect(textOf(message)).toContain("Nadie pierde un rol por eso");
    expect(rolesOf("vesper")).toEqual(["Clan", "Officer"]);
    expect(textOf((await warden().slash("roles sync")).message)).toContain("No rank gives a role here yet");
    expect(bot.log.filter(({ level }) => level >= ERROR)).toEqual([]);
  });

  /** Whom somebody plays, by the answer of the bot. */
  async function nameOf(person: string): Promise<string> {
    const known = roster.members().map(({ character: { name } }) => name);
    for (const name of known) {
      if (PROVED.includes(name)) continue;
      const { message } = await warden().slash("roles match", { character: name });
      if (!textOf(message).includes(`<@${user(person).id}>`)) continue;
      await warden().slash("roles match", { character: name, person: user(person) });
      return name;
    }
    throw new Error(`nobody is ${person}`);
  }
});
