import { ChannelType } from "discord-api-types/v10";
import {
  isArchived,
  isForum,
  NotPossibleError,
  type Actor,
  type Channel,
  type DiscordSimulator,
  type User,
} from "../discord/index.js";
import type { Channel as ChannelView, Place } from "./page/protocol.js";
import type { Viewer } from "./requests.js";
import type { WorldControls } from "./world-controls.js";

/** What the page's address calls the direct messages with the bot. */
const DIRECT = "@me";

/** The person that a request speaks for, in their channel. @throws NotPossibleError when there is no such person or channel */
export function actorOf(discord: DiscordSimulator, { person, channel, locale }: Viewer): Actor {
  const user = person === undefined ? discord.users[0] : discord.users.find(({ username }) => username === person);
  if (user === undefined) throw new NotPossibleError(`there is no person ${person ?? ""}`);
  if (channel === undefined || channel === DIRECT) return discord.as(user, { locale, dm: channel === DIRECT });
  const all = channelsOf(discord, user).filter((one) => !isForum(one));
  const found = all.find((one) => addressOf(one) === channel);
  if (found === undefined) throw new NotPossibleError(`there is no channel ${channel}`);
  return discord.as(user, { locale, channel: found });
}

/** Who is here, and where: what a page shows around its messages, and resolves mentions against. */
export function placeOf(
  discord: DiscordSimulator,
  { standpoint }: Actor,
  world: WorldControls | undefined,
  now = Date.now(),
): Place {
  const { botUser, users, guilds } = discord;
  const { user, channel, locale } = standpoint;
  const [guild] = guilds;
  const named = (one: { id: string; globalName: string }) => ({ id: one.id, name: one.globalName });
  const shown = channelsOf(discord, user).filter(
    (one) => one === channel || !one.thread || !isArchived(one.thread, now),
  );
  return {
    bot: named(botUser),
    guild: guild?.name ?? "",
    channel: { id: channel.id, name: channel.name, direct: channel.type === ChannelType.DM },
    me: named(user),
    people: users.map((one) => ({ ...named(one), username: one.username, admin: guild?.ownerId === one.id })),
    channels: shown.map(channelView),
    roles: [...(guild?.roles.values() ?? [])].map(({ id, name }) => ({ id, name })),
    items: world?.items(locale),
    world: world?.state(),
  };
}

/** The page shows one server: its channels that somebody sees, each followed by its threads. */
function channelsOf({ channels, guilds: [guild], world }: DiscordSimulator, user: User): Channel[] {
  const own = channels.filter((one) => one.guild !== undefined && one.guild === guild && world.sees(user, one));
  return own
    .filter(({ thread }) => thread === undefined)
    .flatMap((parent) => [parent, ...own.filter(({ thread }) => thread?.parent === parent)]);
}

function addressOf({ id, name, thread }: Channel): string {
  return thread === undefined ? name : id;
}

function channelView(channel: Channel): ChannelView {
  const { id, name, type, thread } = channel;
  return { id, name, type, kind: kindOf(channel), address: addressOf(channel), parent: thread?.parent.id };
}

function kindOf({ type }: Channel): ChannelView["kind"] {
  switch (type) {
    case ChannelType.GuildAnnouncement:
      return "announcement";
    case ChannelType.GuildVoice:
    case ChannelType.GuildStageVoice:
      return "voice";
    case ChannelType.GuildForum:
    case ChannelType.GuildMedia:
      return "forum";
    case ChannelType.AnnouncementThread:
    case ChannelType.PublicThread:
    case ChannelType.PrivateThread:
      return "thread";
    case ChannelType.GuildText:
    case ChannelType.DM:
    case ChannelType.GroupDM:
      return "text";
  }
}
