import { PermissionFlagsBits as May } from "discord-api-types/v10";
import type { Role, User } from "@zonewire/sandbox/discord";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { isBelow, nicknameObstacle, roleObstacle } from "../../../src/kernel/members/standing.js";
import { openSpeaking, type Speaking } from "../messages/speaking.js";

let speaking: Speaking;
let low: Role;
let own: Role;
let high: Role;
let player: User;
beforeAll(async () => {
  speaking = await openSpeaking();
  const { discord, guild } = speaking;
  discord.limits.limits.memberEdits = undefined;
  low = discord.world.addRole(guild, "Recruit");
  own = discord.world.addRole(guild, "Bot", May.ManageRoles | May.ManageNicknames);
  high = discord.world.addRole(guild, "Chief");
  discord.world.changeMember(guild, discord.botUser, { roles: [own] });
  player = discord.users.find(({ id }) => id !== guild.ownerId)!;
});
afterEach(() => {
  speaking.discord.faults.clear();
});
afterAll(() => speaking.close());

async function look() {
  const read = await speaking.members.roles(speaking.guild.id);
  if (read.kind !== "read") throw read.cause;
  return read.value;
}

describe("members of a server", () => {
  test("are read with their roles; whoever is not there is gone", async () => {
    const { members, guild, discord } = speaking;
    discord.world.changeMember(guild, player, { roles: [low], nick: "Fox" });
    expect(await members.get(guild.id, player.id)).toEqual({
      kind: "read",
      value: { userId: player.id, name: "Fox", nick: "Fox", roleIds: [low.id], isBot: false },
    });
    const stranger = discord.world.addUser("Stranger");
    expect(await members.get(guild.id, stranger.id)).toMatchObject({ kind: "refused", reason: "member-gone" });
    expect(await members.get("1", player.id)).toMatchObject({ kind: "refused", reason: "server-gone" });
    expect(await members.search(guild.id, "fo", 10)).toMatchObject({ value: [{ userId: player.id }] });
    expect(await members.counts(guild.id)).toMatchObject({
      value: new Map([
        [low.id, 1],
        [own.id, 1],
        [high.id, 0],
      ]),
    });
  });

  test("are given and deprived of single roles, with a reason that may be in any letters, and as long as Discord takes", async () => {
    const { members, guild, discord } = speaking;
    const reason = "Звание 🦊 \ud83e";
    expect(await members.give(guild.id, player.id, low.id, reason)).toEqual({ kind: "done" });
    expect(await members.give(guild.id, player.id, high.id, reason)).toMatchObject({ reason: "permission" });
    expect(await members.take(guild.id, player.id, low.id, "ж".repeat(600))).toEqual({ kind: "done" });
    expect(await members.give(guild.id, player.id, low.id, reason)).toEqual({ kind: "done" });
    const [taken, given] = discord.audit.entries.slice(-2);
    expect(given).toMatchObject({ action: "role-given", roleId: low.id, reason: "Звание 🦊 \uFFFD" });
    expect(taken).toMatchObject({ action: "role-taken" });
    expect(encodeURIComponent(taken?.reason ?? "").length).toBeLessThanOrEqual(512);
  });

  test("get other nicknames, but not the owner", async () => {
    const { members, guild } = speaking;
    expect(await members.rename(guild.id, player.id, "🦊".repeat(32), "r")).toEqual({ kind: "done" });
    expect(await members.rename(guild.id, player.id, "🦊".repeat(33), "r")).toMatchObject({ reason: "not-taken" });
    expect(await members.rename(guild.id, guild.ownerId, "N", "r")).toMatchObject({ reason: "permission" });
  });

  test.each([
    [{ code: 10007 }, { kind: "refused", reason: "member-gone" }],
    [{ code: 10011 }, { kind: "refused", reason: "role-gone" }],
    [{ code: 10004 }, { kind: "refused", reason: "server-gone" }],
    [{ code: 50013 }, { kind: "refused", reason: "permission" }],
    [{ code: 50001 }, { kind: "refused", reason: "permission" }],
    [{ code: 60003 }, { kind: "refused", reason: "two-factor" }],
    [
      { code: 50035, status: 400 },
      { kind: "refused", reason: "not-taken" },
    ],
    [
      { status: 429, retryAfter: 30 },
      { kind: "limited", waitMs: expect.closeTo(30_000, -3) as number },
    ],
    [{ status: 503 }, { kind: "away" }],
    [{ drop: true }, { kind: "away" }],
  ])("%j means %j", async (fault, outcome) => {
    const { members, guild, discord } = speaking;
    // A limit of Discord's holds for the whole route: each has a member of its own server.
    const place = discord.world.addGuild("Place", player);
    discord.faults.rest.add({ route: "PUT /guilds/:guild/members/:user/roles/:role", ...fault });
    const target = "retryAfter" in fault ? place : guild;
    expect(await members.give(target.id, player.id, low.id, "r")).toMatchObject(outcome);
  });
});

describe("what is in the way of a role", () => {
  test("is found before Discord is asked", async () => {
    const { discord, guild } = speaking;
    const booster = discord.world.addRole(guild, "Booster", 0n, { managed: true });
    const linked = discord.world.addRole(guild, "Linked", 0n, { linked: true });
    const server = await look();
    const why = (id: string) => roleObstacle(id, server);
    expect([low, own, high, booster, linked].map(({ id }) => why(id))).toEqual([
      ...[undefined, "above", "above", "managed", "linked"],
    ]);
    expect([why(guild.id), why("1")]).toEqual(["everyone", "gone"]);
    discord.world.changeRole(guild, own, { permissions: 0n });
    expect(roleObstacle(low.id, await look())).toBe("permission");
    expect(nicknameObstacle(player.id, [], await look())).toBe("permission");
    discord.world.changeRole(guild, own, { permissions: May.Administrator });
    expect(roleObstacle(low.id, await look())).toBeUndefined();
    discord.world.changeRole(guild, own, { permissions: May.ManageRoles | May.ManageNicknames });
  });

  test("of a nickname is who owns the server, and who stands above the bot", async () => {
    const server = await look();
    expect(nicknameObstacle(speaking.guild.ownerId, [], server)).toBe("owner");
    expect(nicknameObstacle(player.id, [high.id], server)).toBe("above");
    expect(nicknameObstacle(player.id, [own.id], server)).toBe("above");
    expect(nicknameObstacle(player.id, [low.id], server)).toBeUndefined();
  });

  test("somebody may give roles below their own; of two at one height the older one stands above; the owner all", async () => {
    const { discord, guild } = speaking;
    const [younger, older] = [high, low];
    discord.world.changeRole(guild, younger, { position: older.position });
    const server = await look();
    const role = (id: string) => server.roles.get(id)!;
    expect(isBelow(role(younger.id), "5", [older.id], server)).toBe(true);
    expect(isBelow(role(older.id), "5", [younger.id], server)).toBe(false);
    expect(isBelow(role(own.id), "5", [], server)).toBe(false);
    expect(isBelow(role(own.id), guild.ownerId, [], server)).toBe(true);
  });
});
