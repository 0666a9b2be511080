import { ChannelType } from "discord.js";
import { describe, expect, it } from "vitest";
import { HOUR, idOf, may, place, refused } from "./place.js";

describe("what the bot may do in a channel", () => {
  it("follows from roles, then @everyone's overwrite, the roles' together, and its own", async () => {
    const { discord, general, send } = await place();
    const { world, botUser } = discord;
    const guild = general.guild!;
    const everyone = guild.roles.get(guild.id)!;
    const [low, high] = ["low", "high"].map((name) => world.addRole(guild, name));
    world.changeMember(guild, botUser, { roles: [low!, high!] });
    const expectSent = async (sent: boolean) => {
      expect(await send(general)).toMatchObject(sent ? { status: 200 } : refused(403, 50013));
    };
    world.setOverwrite(general, everyone, { deny: may.SendMessages });
    await expectSent(false);
    world.setOverwrite(general, low!, { allow: may.SendMessages });
    await expectSent(true);
    // What one role is given, no other role takes away, wherever it stands.
    world.setOverwrite(general, high!, { deny: may.SendMessages });
    await expectSent(true);
    world.setOverwrite(general, botUser, { deny: may.SendMessages });
    await expectSent(false);
    world.setOverwrite(general, botUser, {});
    await expectSent(true);
    world.setOverwrite(general, low!, {});
    await expectSent(false);
    world.changeRole(guild, high!, { permissions: may.Administrator });
    await expectSent(true);
  });

  it("is nothing where it sees nothing, and little where it cannot write or is timed out", async () => {
    const { discord, clock, general } = await place();
    const { world, botUser } = discord;
    const has = (flag: bigint) => (world.permissions(botUser, general) & flag) !== 0n;
    world.setOverwrite(general, botUser, { deny: may.SendMessages });
    expect([may.ViewChannel, may.EmbedLinks, may.AttachFiles, may.MentionEveryone].map(has)).toEqual([
      true,
      false,
      false,
      false,
    ]);
    world.setOverwrite(general, botUser, { deny: may.ViewChannel });
    expect(world.permissions(botUser, general)).toBe(0n);
    world.setOverwrite(general, botUser, {});
    world.changeMember(general.guild!, botUser, { timedOutUntil: clock.at + HOUR });
    expect(world.permissions(botUser, general)).toBe(may.ViewChannel | may.ReadMessageHistory);
    clock.at += HOUR;
    expect(has(may.SendMessages)).toBe(true);
  });

  it("is nothing in a voice channel that it cannot join", async () => {
    const { discord, general, send, ask } = await place();
    const voice = discord.world.addChannel(general.guild!, "voice", { type: ChannelType.GuildVoice });
    expect((await send(voice)).status).toBe(200);
    discord.world.setOverwrite(voice, discord.botUser, { deny: may.Connect });
    expect(await send(voice)).toMatchObject(refused(403, 50001));
    expect(await ask("GET", `/channels/${voice.id}/messages`)).toMatchObject(refused(403, 50001));
  });

  it("is asked for embeds, files, replies and reading back", async () => {
    const { discord, general, send, ask } = await place();
    const { world, botUser } = discord;
    const id = idOf(await send(general));
    world.setOverwrite(general, botUser, { deny: may.EmbedLinks });
    expect(await send(general, { embeds: [{ title: "x" }] })).toMatchObject(refused(403, 50013));
    expect((await send(general)).status).toBe(200);
    world.setOverwrite(general, botUser, { deny: may.ReadMessageHistory });
    expect(await send(general, { content: "x", message_reference: { message_id: id } })).toMatchObject(
      refused(400, 160002),
    );
    expect(await ask("GET", `/channels/${general.id}/messages`)).toMatchObject({ status: 200, json: [] });
  });

  it("can be computed by the bot from what the API tells", async () => {
    const { discord, general, ask } = await place();
    const { world, botUser } = discord;
    const guild = general.guild!;
    const role = world.addRole(guild, "bots", may.ManageMessages, { mentionable: false });
    world.changeMember(guild, botUser, { roles: [role] });
    world.setOverwrite(general, role, { allow: may.ManageThreads, deny: may.AddReactions });
    expect((await ask("GET", `/guilds/${guild.id}/members/${botUser.id}`)).json).toMatchObject({ roles: [role.id] });
    expect((await ask("GET", `/guilds/${guild.id}/roles`)).json).toMatchObject([
      { name: "@everyone", position: 0 },
      { id: role.id, permissions: String(may.ManageMessages), position: 1, mentionable: false },
    ]);
    expect((await ask("GET", `/channels/${general.id}`)).json).toMatchObject({
      permission_overwrites: [
        { id: role.id, type: 0, allow: String(may.ManageThreads), deny: String(may.AddReactions) },
      ],
    });
  });
});

describe("members and roles", () => {
  it("can be changed only below the bot's own role", async () => {
    const { discord, general, ask } = await place();
    const { world, botUser } = discord;
    const guild = general.guild!;
    const [owner, player] = discord.users;
    const low = world.addRole(guild, "low");
    const own = world.addRole(guild, "bots", may.ManageRoles | may.ManageNicknames);
    const above = world.addRole(guild, "above");
    const managed = world.addRole(guild, "booster", 0n, { managed: true });
    world.changeRole(guild, managed, { position: 0 });
    const member = `/guilds/${guild.id}/members/${player!.id}`;
    expect(await ask("PUT", `${member}/roles/${low.id}`)).toMatchObject(refused(403, 50013));
    world.changeMember(guild, botUser, { roles: [own] });
    expect((await ask("PUT", `${member}/roles/${low.id}`)).status).toBe(204);
    for (const role of [above, own, managed]) {
      expect(await ask("PUT", `${member}/roles/${role.id}`)).toMatchObject(refused(403, 50013));
    }
    expect((await ask("GET", member)).json).toMatchObject({ roles: [low.id] });
    expect((await ask("PATCH", member, { nick: "Nick" })).json).toMatchObject({ nick: "Nick", roles: [low.id] });
    expect((await ask("DELETE", `${member}/roles/${low.id}`)).status).toBe(204);
    expect((await ask("GET", member)).json).toMatchObject({ nick: "Nick", roles: [] });
    const ofOwner = `/guilds/${guild.id}/members/${owner!.id}`;
    expect(await ask("PATCH", ofOwner, { nick: "Boss" })).toMatchObject(refused(403, 50013));
    const stranger = world.addUser("Stranger");
    expect(await ask("GET", `/guilds/${guild.id}/members/${stranger.id}`)).toMatchObject(refused(404, 10007));
    expect(await ask("GET", `/guilds/${guild.id}/members/100000000000000000`)).toMatchObject(refused(404, 10013));
    expect(await ask("PUT", `${member}/roles/100000000000000000`)).toMatchObject(refused(404, 10011));
  });

  it("sit in voice channels, which the bot can tell where it may join", async () => {
    const { discord, general, ask } = await place();
    const guild = general.guild!;
    const [, player, other] = discord.users;
    const voice = discord.world.addChannel(guild, "voice", { type: ChannelType.GuildVoice });
    guild.voice.set(player!.id, voice);
    const state = (id: string) => ask("GET", `/guilds/${guild.id}/voice-states/${id}`);
    expect(await state(player!.id)).toMatchObject({ json: { channel_id: voice.id } });
    expect(await state(other!.id)).toMatchObject(refused(404, 10065));
    discord.world.setOverwrite(voice, discord.botUser, { deny: may.Connect });
    expect(await state(player!.id)).toMatchObject(refused(403, 50001));
  });
});
