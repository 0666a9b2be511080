import { describe, expect, it } from "vitest";
import { may, place, refused } from "./place.js";

/** A bot that may manage roles and nicknames, with a role below its own, and one above. */
async function managed() {
  const { discord, general, ask, clock } = await place();
  const { world, botUser } = discord;
  const guild = general.guild!;
  const low = world.addRole(guild, "Recruit");
  const own = world.addRole(guild, "Bot", may.ManageRoles | may.ManageNicknames);
  const high = world.addRole(guild, "Chief");
  world.changeMember(guild, botUser, { roles: [own] });
  const [owner, player] = discord.users;
  const of = (userId: string) => `/guilds/${guild.id}/members/${userId}`;
  return { discord, world, guild, ask, clock, low, own, high, owner: owner!, player: player!, of };
}

describe("roles of members", () => {
  it("are given and taken one by one, and the audit log says why", async () => {
    const { discord, ask, low, player, of, guild } = await managed();
    const reason = { "x-audit-log-reason": encodeURIComponent("Звание: рекрут") };
    const role = `${of(player.id)}/roles/${low.id}`;
    expect((await ask("PUT", role, undefined, reason)).status).toBe(204);
    expect((await ask("PUT", role)).status).toBe(204);
    expect(guild.members.get(player.id)!.roles).toEqual([low]);
    expect((await ask("DELETE", role)).status).toBe(204);
    expect(discord.audit.entries.map(({ action, reason: why }) => [action, why])).toEqual([
      ["role-given", "Звание: рекрут"],
      ["role-taken", undefined],
    ]);
    const long = { "x-audit-log-reason": "r".repeat(513) };
    expect(await ask("PUT", role, undefined, long)).toMatchObject(refused(400, 50035));
  });

  it("can be given to anybody, but only those below the bot's own, and none that is an app's or a link's", async () => {
    const { discord, world, guild, ask, clock, low, own, high, owner, player, of } = await managed();
    const [booster, linked] = [
      world.addRole(guild, "Booster", 0n, { managed: true }),
      world.addRole(guild, "Linked", 0n, { linked: true }),
    ];
    for (const role of [booster, linked]) world.changeRole(guild, role, { position: 1 });
    for (const role of [high, own, booster, linked, guild.roles.get(guild.id)!])
      expect(await ask("PUT", `${of(player.id)}/roles/${role.id}`)).toMatchObject(refused(403, 50013));
    // The member's own height does not matter.
    world.changeMember(guild, player, { roles: [high] });
    for (const { id } of [owner, player]) expect((await ask("PUT", `${of(id)}/roles/${low.id}`)).status).toBe(204);
    // Of two at one height the older one stands above.
    world.changeRole(guild, low, { position: own.position });
    expect(await ask("DELETE", `${of(owner.id)}/roles/${low.id}`)).toMatchObject(refused(403, 50013));
    world.changeRole(guild, high, { position: own.position });
    expect((await ask("DELETE", `${of(player.id)}/roles/${high.id}`)).status).toBe(204);
    clock.at += 10_000;
    expect(await ask("PUT", `${of(player.id)}/roles/${player.id}`)).toMatchObject(refused(404, 10011));
    const stranger = discord.world.addUser("Stranger");
    expect(await ask("PUT", `${of(stranger.id)}/roles/${low.id}`)).toMatchObject(refused(404, 10007));
    expect(await ask("GET", of("1"))).toMatchObject(refused(404, 10013));
  });

  it("are refused without the permission, and where the bot's owner lacks the second factor", async () => {
    const { world, guild, ask, low, own, player, of } = await managed();
    const role = `${of(player.id)}/roles/${low.id}`;
    guild.needsTwoFactor = true;
    expect((await ask("PUT", role)).status).toBe(204);
    world.botOwnerHasTwoFactor = false;
    expect(await ask("PUT", role)).toMatchObject(refused(403, 60003));
    expect(await ask("GET", `/guilds/${guild.id}`)).toMatchObject({ json: { mfa_level: 1 } });
    guild.needsTwoFactor = false;
    world.changeRole(guild, own, { permissions: 0n });
    expect(await ask("DELETE", role)).toMatchObject(refused(403, 50013));
  });

  it("may be changed ten times in ten seconds; then a wait is named", async () => {
    const { discord, ask, clock, low, player, of } = await managed();
    const role = `${of(player.id)}/roles/${low.id}`;
    for (let n = 0; n < 10; n += 1) expect((await ask(n % 2 === 0 ? "PUT" : "DELETE", role)).status).toBe(204);
    expect(await ask("PUT", role)).toMatchObject({ status: 429, json: { retry_after: 10, global: false } });
    expect(discord.limits.refused.memberEdits).toBe(1);
    clock.at += 10_000;
    expect((await ask("PUT", role)).status).toBe(204);
  });

  it("are counted, without that of everybody", async () => {
    const { world, guild, ask, low, own, high, player } = await managed();
    world.changeMember(guild, player, { roles: [low] });
    const { json } = await ask("GET", `/guilds/${guild.id}/roles/member-counts`);
    expect(json).toEqual({ [low.id]: 1, [own.id]: 1, [high.id]: 0 });
  });
});

describe("members", () => {
  it("are found by how a name of theirs begins", async () => {
    const { world, guild, ask, player } = await managed();
    world.changeMember(guild, player, { nick: "Old Fox" });
    const found = async (query: string) => {
      const { json } = await ask("GET", `/guilds/${guild.id}/members/search?${query}`);
      return (json as { user: { id: string } }[]).map(({ user }) => user.id);
    };
    expect(await found("query=old&limit=5")).toEqual([player.id]);
    expect(await found(`query=${player.username.slice(0, 3)}&limit=5`)).toEqual([player.id]);
    expect(await found("query=fox&limit=5")).toEqual([]);
    for (const query of ["query=&limit=5", "query=a&limit=1001"])
      expect(await ask("GET", `/guilds/${guild.id}/members/search?${query}`)).toMatchObject(refused(400, 50035));
  });

  it("get nicknames of 32 characters, but the owner and those above the bot keep theirs", async () => {
    const { world, guild, ask, high, owner, player, of } = await managed();
    const fox = "🦊".repeat(32);
    expect((await ask("PATCH", of(player.id), { nick: fox })).status).toBe(200);
    expect(guild.members.get(player.id)!.nick).toBe(fox);
    expect(await ask("PATCH", of(player.id), { nick: `${fox}x` })).toMatchObject(refused(400, 50035));
    expect((await ask("PATCH", of(player.id), { nick: "" })).status).toBe(200);
    expect(guild.members.get(player.id)!.nick).toBeUndefined();
    expect(await ask("PATCH", of(owner.id), { nick: "N" })).toMatchObject(refused(403, 50013));
    world.changeMember(guild, player, { roles: [high] });
    expect(await ask("PATCH", of(player.id), { nick: "N" })).toMatchObject(refused(403, 50013));
  });
});
