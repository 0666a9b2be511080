import { GatewayIntentBits as Intent } from "discord-api-types/v10";
import type { Message, MessageChange } from "../messages.js";
import { wire } from "../wire.js";
import type { Channel, Guild, World, WorldChange } from "../world.js";
import { channelData, type Sight } from "./payloads.js";
import type { Gateway } from "./server.js";

const messageEvents = {
  created: "MESSAGE_CREATE",
  updated: "MESSAGE_UPDATE",
  crossposted: "MESSAGE_UPDATE",
  deleted: "MESSAGE_DELETE",
} as const;
const channelEvents = { created: "CHANNEL_CREATE", updated: "CHANNEL_UPDATE", deleted: "CHANNEL_DELETE" } as const;
const threadEvents = { created: "THREAD_CREATE", updated: "THREAD_UPDATE", deleted: "THREAD_DELETE" } as const;
const roleEvents = {
  created: "GUILD_ROLE_CREATE",
  updated: "GUILD_ROLE_UPDATE",
  deleted: "GUILD_ROLE_DELETE",
} as const;

/** Tells the bot by the gateway what happens in the places where it is. */
export class News {
  readonly #gateway: Gateway;
  readonly #world: World;
  readonly #sight: Sight;
  /** Channels that the bot saw when they were last told of. */
  readonly #seen = new Map<Channel, boolean>();

  constructor(gateway: Gateway, world: World, sight: Sight) {
    this.#gateway = gateway;
    this.#world = world;
    this.#sight = sight;
  }

  message(change: MessageChange, message: Message): void {
    const { channel, visibleTo } = message;
    const guildId = channel.guild?.id;
    const intent = guildId === undefined ? Intent.DirectMessages : Intent.GuildMessages;
    if (visibleTo !== undefined || !this.#world.hasBot(channel) || !this.#gateway.listens(intent)) return;
    const data =
      change === "deleted"
        ? { id: message.id, channel_id: channel.id, guild_id: guildId }
        : { ...wire.message(message, this.#world), guild_id: guildId };
    this.#gateway.dispatch(messageEvents[change], data, { guildId, intent });
  }

  world(change: WorldChange): void {
    if (change.of === "channel") {
      this.#channel(change.change, change.channel);
      return;
    }
    const { guild } = change;
    if (change.of === "voice") {
      const { member, channel } = change;
      const data = { ...wire.voiceState(channel, member), guild_id: guild.id, member: wire.member(member) };
      this.#tell(guild, "VOICE_STATE_UPDATE", data, Intent.GuildVoiceStates);
      return;
    }
    if (change.of === "role") {
      const { role } = change;
      const told = change.change === "deleted" ? { role_id: role.id } : { role: wire.role(role) };
      this.#tell(guild, roleEvents[change.change], { guild_id: guild.id, ...told });
    } else {
      const { member } = change;
      const data = { guild_id: guild.id, ...wire.member(member), user: wire.user(member.user) };
      // Of others only bots hear that may see all members.
      const intent = member.user === this.#world.bot ? Intent.Guilds : Intent.GuildMembers;
      this.#tell(guild, "GUILD_MEMBER_UPDATE", data, intent);
    }
    this.#lookAgain(guild);
  }

  #channel(change: "created" | "updated" | "deleted", channel: Channel): void {
    const { guild, thread } = channel;
    if (guild === undefined) return;
    const sees = this.#world.hasBot(channel);
    this.#seen.set(channel, sees);
    if (change === "deleted") this.#seen.delete(channel);
    if (thread === undefined) this.#tell(guild, channelEvents[change], channelData(channel, this.#world, this.#sight));
    else if (sees) this.#tell(guild, threadEvents[change], wire.channel(channel, this.#sight.now()));
  }

  /** Tells of the channels that came into the bot's sight or went out of it. */
  #lookAgain(guild: Guild): void {
    for (const channel of this.#world.channels.values()) {
      if (channel.guild !== guild || channel.thread !== undefined) continue;
      const sees = this.#world.hasBot(channel);
      if ((this.#seen.get(channel) ?? sees) !== sees) this.#channel("updated", channel);
      this.#seen.set(channel, sees);
    }
  }

  #tell(guild: Guild, event: string, data: object, intent: number = Intent.Guilds): void {
    const isThere = guild.members.has(this.#world.bot.id) && !this.#world.outages.has(guild.id);
    if (isThere) this.#gateway.dispatch(event, data, { guildId: guild.id, intent });
  }
}
