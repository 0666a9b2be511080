import { ChannelType } from "discord-api-types/v10";
import type { DiscordSimulator } from "../discord/index.js";

/** Adds what a person needs to try out messages that come by themselves: more kinds of channels, and roles to ping. */
export function furnish({ world, guilds: [guild], users: [, member] }: DiscordSimulator): void {
  if (guild === undefined || member === undefined) return;
  world.addChannel(guild, "news", { type: ChannelType.GuildAnnouncement });
  const board = world.addChannel(guild, "board", { type: ChannelType.GuildForum });
  world.addThread(board, "Welcome");
  const traders = world.addRole(guild, "Traders");
  world.addRole(guild, "Officers", 0n, { mentionable: false });
  world.changeMember(guild, member, { roles: [traders] });
}
