import { ChannelType } from "discord-api-types/v10";
import { NotPossibleError, type Actor, type DiscordSimulator } from "../discord/index.js";
import type { Place } from "./page/protocol.js";
import type { Viewer } from "./requests.js";
import type { WorldControls } from "./world-controls.js";

/** What the page's address calls the direct messages with the bot. */
const DIRECT = "@me";

/** The person that a request speaks for, in their channel. @throws NotPossibleError when there is no such person or channel */
export function actorOf(discord: DiscordSimulator, { person, channel, locale }: Viewer): Actor {
  const user = person === undefined ? discord.users[0] : discord.users.find(({ username }) => username === person);
  if (user === undefined) throw new NotPossibleError(`there is no person ${person ?? ""}`);
  if (channel === undefined || channel === DIRECT) return discord.as(user, { locale, dm: channel === DIRECT });
  const found = channelsOf(discord).find(({ name }) => name === channel);
  if (found === undefined) throw new NotPossibleError(`there is no channel ${channel}`);
  return discord.as(user, { locale, channel: found });
}

/** Who is here, and where: what a page shows around its messages, and resolves mentions against. */
export function placeOf(discord: DiscordSimulator, { standpoint }: Actor, world: WorldControls | undefined): Place {
  const { botUser, users, guilds } = discord;
  const { user, channel } = standpoint;
  const [guild] = guilds;
  const named = (one: { id: string; globalName: string }) => ({ id: one.id, name: one.globalName });
  return {
    bot: named(botUser),
    guild: guild?.name ?? "",
    channel: { id: channel.id, name: channel.name, direct: channel.type === ChannelType.DM },
    me: named(user),
    people: users.map((one) => ({ ...named(one), username: one.username, admin: guild?.ownerId === one.id })),
    channels: channelsOf(discord).map(({ id, name }) => ({ id, name })),
    roles: [...(guild?.roles.values() ?? [])].map(({ id, name }) => ({ id, name })),
    world: world?.state(),
  };
}

/** The page shows one server. */
function channelsOf({ channels, guilds: [guild] }: DiscordSimulator) {
  return channels.filter((channel) => channel.guild !== undefined && channel.guild === guild);
}
