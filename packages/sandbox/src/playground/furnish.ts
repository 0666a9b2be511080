import { ChannelType, PermissionFlagsBits as Permission } from "discord-api-types/v10";
import type { DiscordSimulator } from "../discord/index.js";

/**
 * Adds what a person needs to try out messages that come by themselves, and roles that follow from ranks: more kinds of
 * channels, roles to ping and to give, and one of the bot's own that stands above them.
 */
export function furnish({ world, botUser, guilds: [guild], users: [, member] }: DiscordSimulator): void {
  if (guild === undefined || member === undefined) return;
  world.addChannel(guild, "news", { type: ChannelType.GuildAnnouncement });
  const board = world.addChannel(guild, "board", { type: ChannelType.GuildForum });
  world.addThread(board, "Welcome");
  const traders = world.addRole(guild, "Traders");
  world.addRole(guild, "Clan");
  world.addRole(guild, "Officers", 0n, { mentionable: false });
  const own = world.addRole(guild, "Zonewire", Permission.ManageRoles | Permission.ManageNicknames);
  world.changeMember(guild, botUser, { roles: [own] });
  world.changeMember(guild, member, { roles: [traders] });
}
