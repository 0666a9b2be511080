import { ChannelType, PermissionFlagsBits as Permission } from "discord-api-types/v10";
import type { Clock } from "../../clock.js";
import { apiErrors } from "../errors.js";
import type { Message, MessageStore } from "../messages.js";
import { sendingPermission } from "../permissions.js";
import { isArchived, isForum } from "../threads.js";
import type { Channel, Guild, World } from "../world.js";

/** What the bot may do where: each method throws the ApiError that Discord answers with. */
export class Access {
  readonly #world: World;
  readonly #messages: MessageStore;
  readonly #clock: Pick<Clock, "now">;

  constructor({ world, messages, clock }: { world: World; messages: MessageStore; clock: Pick<Clock, "now"> }) {
    this.#world = world;
    this.#messages = messages;
    this.#clock = clock;
  }

  /** @throws ApiError 10004 when there is none, or the bot is not in it; 503 in an outage */
  guild(id: string): Guild {
    const guild = this.#world.guilds.get(id);
    if (!guild?.members.has(this.#world.bot.id)) throw apiErrors.unknownGuild();
    if (this.#world.outages.has(id)) throw apiErrors.unavailable();
    return guild;
  }

  /** A channel that the bot sees, and may do `permission` in. @throws ApiError 10003, 50001, 50013; 503 in an outage */
  channel(id: string, permission = Permission.ViewChannel): Channel {
    const channel = this.#world.channels.get(id);
    if (channel === undefined) throw apiErrors.unknownChannel();
    if (channel.guild !== undefined && this.#world.outages.has(channel.guild.id)) throw apiErrors.unavailable();
    if (!this.#world.hasBot(channel)) throw apiErrors.missingAccess();
    this.need(channel, permission);
    return channel;
  }

  may(channel: Channel, permission: bigint): boolean {
    return (this.#world.permissions(this.#world.bot, channel) & permission) === permission;
  }

  /** @throws ApiError 50013 */
  need(channel: Channel, permission: bigint): void {
    if (!this.may(channel, permission)) throw apiErrors.missingPermissions();
  }

  /** A channel that the bot may write in, as it is. @throws ApiError 10003, 50001, 50013, 40058, 50007, 50278, 160005 */
  writable(id: string): Channel {
    const channel = this.channel(id);
    if (isForum(channel)) throw apiErrors.notInForum();
    if (channel.type === ChannelType.DM) this.#reachable(channel);
    else this.need(channel, sendingPermission(channel));
    if (channel.thread?.locked === true && !this.may(channel, Permission.ManageThreads)) throw apiErrors.threadLocked();
    return channel;
  }

  /** What the message needs besides being sent. @throws ApiError 50013 */
  needFor(channel: Channel, { embeds, files }: { embeds: boolean; files: boolean }): void {
    if (embeds) this.need(channel, Permission.EmbedLinks);
    if (files) this.need(channel, Permission.AttachFiles);
  }

  /** A message that everybody sees: ephemeral ones are only to be had by their interaction's token. @throws ApiError 10008 */
  message(channel: Channel, id: string): Message {
    const message = this.#messages.get(channel, id);
    if (message.visibleTo !== undefined) throw apiErrors.unknownMessage();
    return message;
  }

  /** One of the bot's own. @throws ApiError 10008, 50005 */
  own(channel: Channel, id: string): Message {
    const message = this.message(channel, id);
    if (message.author !== this.#world.bot) throw apiErrors.notTheAuthor();
    return message;
  }

  /** @throws ApiError 50083 */
  open({ thread }: Channel): void {
    if (thread !== undefined && isArchived(thread, this.#clock.now())) throw apiErrors.threadArchived();
  }

  #reachable({ recipients }: Channel): void {
    for (const user of recipients) {
      if (user === this.#world.bot) continue;
      if (this.#world.closedDms.has(user.id)) throw apiErrors.closedDm();
      if (!this.#world.reaches(user)) throw apiErrors.noMutualGuild();
    }
  }
}
