import { ChannelType, PermissionFlagsBits as Permission } from "discord-api-types/v10";
import type { StoredCommand } from "./commands.js";
import type { Channel, User, World } from "./world.js";

/** Where somebody is, and by whose installation the app is there. */
export interface Place {
  readonly user: User;
  readonly channel: Channel;
  readonly installed: "guild" | "user";
}

/** The interaction context (0 guild, 1 direct messages with the bot, 2 other direct messages). */
export function contextOf(channel: Channel, world: World): 0 | 1 | 2 {
  if (channel.guild !== undefined) return 0;
  return channel.type === ChannelType.DM && channel.recipients.includes(world.bot) ? 1 : 2;
}

/** Why Discord would not show this command there; `undefined` when it would. */
export function whyHidden(
  command: StoredCommand,
  { user, channel, installed }: Place,
  world: World,
): string | undefined {
  const context = contextOf(channel, world);
  if (!command.integration_types.includes(installed === "user" ? 1 : 0)) {
    return `it is not for apps installed to a ${installed}`;
  }
  if (context === 2 && installed === "guild") return "an app of a guild is not in other people's direct messages";
  if (command.contexts && !command.contexts.includes(context)) {
    return `its contexts are ${command.contexts.join(", ")}, this is ${context}`;
  }
  if (context === 1 && command.dm_permission === false) return "it is not for direct messages";
  if (channel.guild === undefined) return undefined;
  if (installed === "guild" && !channel.guild.members.has(world.bot.id)) return "the app is not in this guild";
  if (command.nsfw && !channel.nsfw) return "it is for age-restricted channels only";
  const granted = world.permissions(user, channel);
  if ((granted & Permission.UseApplicationCommands) === 0n) return `${user.username} may not use commands here`;
  const needed = command.default_member_permissions;
  if (needed === null || (granted & Permission.Administrator) !== 0n) return undefined;
  if (needed === "0") return "it is for administrators only";
  return (granted & BigInt(needed)) === BigInt(needed) ? undefined : `${user.username} lacks the permissions ${needed}`;
}
