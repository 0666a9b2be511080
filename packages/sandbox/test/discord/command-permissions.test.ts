import { describe, expect, it } from "vitest";
import { register, startBot, startDiscord } from "./bot.js";
import { onCommand } from "./scene.js";

describe("who may use what", () => {
  const adminOnly = { name: "setup", description: "Setup", default_member_permissions: "32" };
  const nobody = { name: "secret", description: "Secret", default_member_permissions: "0" };
  const guildOnly = { name: "here", description: "Here", contexts: [0] as 0[] };
  const everywhere = {
    name: "mine",
    description: "Mine",
    integration_types: [1] as 1[],
    contexts: [0, 1, 2] as (0 | 1 | 2)[],
  };

  async function gated() {
    const discord = await startDiscord();
    await register(discord, [adminOnly, nobody, guildOnly, everywhere]);
    const { errors, idle } = await startBot(
      discord,
      onCommand(async (interaction) => {
        const { guildId, context, authorizingIntegrationOwners } = interaction;
        const owner = authorizingIntegrationOwners[1];
        await interaction.reply(JSON.stringify({ guildId, context, owner }));
        if (interaction.commandName !== "mine") return;
        for (let index = 0; index < 6; index++) await interaction.followUp(`${index}`);
      }),
    );
    const [owner, player] = discord.users;
    return { discord, errors, idle, owner: discord.as(owner!), player: discord.as(player!) };
  }

  it("hides commands from members without the permissions", async () => {
    const { discord, owner, player } = await gated();
    expect(owner.commands().map(({ name }) => name)).toEqual(["setup", "secret", "here"]);
    expect(player.commands().map(({ name }) => name)).toEqual(["here"]);
    await expect(player.slash("setup")).rejects.toThrow(/lacks the permissions/);
    expect((await owner.slash("setup")).failure).toBeUndefined();
    const officer = discord.world.addUser("Officer");
    discord.world.addMember(discord.guilds[0]!, officer, { permissions: 32n });
    expect(
      discord
        .as(officer)
        .commands()
        .map(({ name }) => name),
    ).toEqual(["setup", "here"]);
  });

  it("hides a server's command in direct messages", async () => {
    const { discord } = await gated();
    await expect(discord.as(discord.users[1]!, { dm: true }).slash("here")).rejects.toThrow(/contexts are 0/);
  });

  it("lets an app installed to a user work in direct messages of other people, with five follow-ups", async () => {
    const { discord, errors, idle } = await gated();
    const [, one, two] = discord.users;
    const channel = discord.world.addGroup(one!, two!);
    const outcome = await discord.as(one!, { installed: "user", channel }).slash("mine");
    expect(outcome.message?.content).toBe(JSON.stringify({ guildId: null, context: 2, owner: one!.id }));
    await idle();
    expect(outcome.followUps).toHaveLength(5);
    expect(errors).toMatchObject([{ code: 40094 }]);
  });

  it("hides a guild's app where it was not added, but not one that the user brings", async () => {
    const { discord } = await gated();
    const [owner] = discord.users;
    const guild = discord.world.addGuild("Elsewhere", owner!, { bot: false });
    const there = discord.as(owner!, { guild });
    expect(there.commands()).toEqual([]);
    await expect(there.slash("here")).rejects.toThrow(/not in this guild/);
    expect((await there.at({ installed: "user" }).slash("mine")).message?.content).toContain(guild.id);
  });

  it("answers in private where the user may not use external apps", async () => {
    const { discord } = await gated();
    const [, player] = discord.users;
    const channel = discord.channels[0]!;
    discord.world.setOverwrite(channel, player!, { deny: 1n << 50n });
    const outcome = await discord.as(player!, { installed: "user", channel }).slash("mine");
    expect(outcome.ephemeral).toBe(true);
  });
});
