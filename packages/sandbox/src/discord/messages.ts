import { MessageFlags } from "discord-api-types/v10";
import type { Clock } from "../clock.js";
import type { Attachments } from "./attachments.js";
import { type Attachment, type UploadedFile } from "./attachments.js";
import { apiErrors, invalidForm } from "./errors.js";
import type { SnowflakeSource } from "./snowflake.js";
import { Nonces } from "./nonces.js";
import { noPings, pingsOf, type Pings } from "./pings.js";
import { numbered, type TopLevelComponent } from "./validation/components.js";
import type { Embed } from "./validation/embeds.js";
import { mediaIn, scheme } from "./validation/media.js";
import { parseMessage, type MessageForm } from "./validation/messages.js";
import type { Channel, User, World } from "./world.js";

/** Which interaction a message answers, as `interaction_metadata` tells it. */
export interface MessageOrigin {
  readonly interactionId: string;
  /** 2 command, 3 component, 5 modal. */
  readonly type: number;
  readonly commandName: string | undefined;
  readonly user: User;
  readonly owners: Readonly<Record<string, string>>;
  /** The message whose component was used. */
  readonly interactedMessageId: string | undefined;
  /** The interaction's first answer, when this message is a follow-up. */
  readonly originalMessageId: string | undefined;
}

/** A message as it stands now: edits change it. */
export interface Message {
  readonly id: string;
  readonly channel: Channel;
  readonly author: User;
  readonly origin: MessageOrigin | undefined;
  /** The one person who sees it (ephemeral); `undefined`: everyone in the channel. */
  readonly visibleTo: User | undefined;
  /** Milliseconds since the Unix epoch. */
  readonly createdAt: number;
  readonly nonce: string | undefined;
  editedAt: number | undefined;
  content: string;
  embeds: readonly Embed[];
  components: readonly TopLevelComponent[];
  /** Files shown by themselves; those an embed or a component shows are not listed. */
  attachments: readonly Attachment[];
  /** Every file of the message. */
  files: readonly Attachment[];
  flags: number;
  /** Who was notified when it came; edits notify nobody. */
  pings: Pings;
  /** Ids of those who are mentioned as it stands now, which `allowed_mentions` decides. */
  mentions: readonly string[];
  mentionRoles: readonly string[];
  mentionEveryone: boolean;
  deleted: boolean;
}

/** `crossposted`: sent on to the servers that follow the announcement channel. */
export type MessageChange = "created" | "updated" | "deleted" | "crossposted";

/** Whether it came without a sound or a notification on anybody's screen. */
export function isSilent({ flags }: Pick<Message, "flags">): boolean {
  return (flags & MessageFlags.SuppressNotifications) !== 0;
}

/** Whether it was sent on to the servers that follow the channel. */
export function isCrossposted({ flags }: Pick<Message, "flags">): boolean {
  return (flags & MessageFlags.Crossposted) !== 0;
}

interface Draft {
  /** Of a message whose id is known before: the one a forum's post begins with has the post's. */
  id?: string;
  channel: Channel;
  author: User;
  origin?: MessageOrigin;
  visibleTo?: User | undefined;
}

const editableFlags = MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2;
const creatableFlags = editableFlags | MessageFlags.SuppressNotifications | MessageFlags.IsVoiceMessage;

/** The messages of all channels, the newest `limit` of each. */
export class MessageStore {
  readonly attachments: Attachments;
  /** Of the bot's own messages. */
  readonly nonces: Nonces<Message>;
  readonly #ids: SnowflakeSource;
  readonly #clock: Clock;
  readonly #world: World;
  readonly #limit: number;
  readonly #changed: (change: MessageChange, message: Message) => void;
  readonly #channels = new Map<string, Map<string, Message>>();

  constructor(options: {
    ids: SnowflakeSource;
    clock: Clock;
    world: World;
    attachments: Attachments;
    limit: number;
    changed: (change: MessageChange, message: Message) => void;
  }) {
    this.#ids = options.ids;
    this.#clock = options.clock;
    this.#world = options.world;
    this.#limit = options.limit;
    this.#changed = options.changed;
    this.attachments = options.attachments;
    this.nonces = new Nonces(options.clock);
  }

  /** The messages of a channel, oldest first, deleted ones left out. */
  list(channel: Channel): Message[] {
    return [...(this.#channels.get(channel.id)?.values() ?? [])];
  }

  /** @throws ApiError 10008 */
  get(channel: Channel, id: string): Message {
    const message = this.#channels.get(channel.id)?.get(id);
    if (message === undefined) throw apiErrors.unknownMessage();
    return message;
  }

  /**
   * Creates a message from a request's form.
   *
   * @param at where the form stands in the request body
   * @throws ApiError 50035, 50006
   */
  create(draft: Draft, input: unknown, files: readonly UploadedFile[], at: PropertyKey[] = []): Message {
    const form = parseMessage(input, { at });
    const message = this.#blank(draft, (form.flags ?? 0) & creatableFlags, form.nonce);
    this.#fill(message, form, files, at);
    this.#notify(message);
    this.#add(message);
    if (draft.author === this.#world.bot) this.nonces.note(message);
    this.#changed("created", message);
    return message;
  }

  /** Forgets the messages of a channel that is gone; to whoever remembers one, it is deleted. */
  forget(channel: Channel): void {
    for (const message of this.list(channel)) {
      message.deleted = true;
      this.attachments.remove(message.files);
    }
    this.#channels.delete(channel.id);
  }

  /** Sends a message of an announcement channel on to whoever follows that. */
  crosspost(message: Message): void {
    message.flags |= MessageFlags.Crossposted;
    this.#changed("crossposted", message);
  }

  /** The "thinking" message of a deferral. */
  placeholder(draft: Draft): Message {
    const message = this.#blank(draft, MessageFlags.Loading, undefined);
    this.#add(message);
    this.#changed("created", message);
    return message;
  }

  /** Applies an edit: what the form leaves out stays. A placeholder becomes the message. */
  edit(message: Message, input: unknown, files: readonly UploadedFile[], at: PropertyKey[] = []): void {
    const form = parseMessage(input, { before: message.flags, at });
    const wasLoading = (message.flags & MessageFlags.Loading) !== 0;
    this.#fill(message, form, files, at);
    message.flags = (message.flags & ~MessageFlags.Loading) | ((form.flags ?? 0) & editableFlags);
    if (wasLoading) this.#notify(message);
    else message.editedAt = this.#clock.now();
    this.#changed("updated", message);
  }

  delete(message: Message): void {
    message.deleted = true;
    this.#channels.get(message.channel.id)?.delete(message.id);
    this.attachments.remove(message.files);
    this.#changed("deleted", message);
  }

  #blank(
    { id = this.#ids.next(), channel, author, origin, visibleTo }: Draft,
    flags: number,
    nonce: string | undefined,
  ): Message {
    return {
      id,
      channel,
      author,
      origin,
      visibleTo,
      createdAt: this.#clock.now(),
      nonce,
      editedAt: undefined,
      content: "",
      embeds: [],
      components: [],
      attachments: [],
      files: [],
      flags: visibleTo ? flags | MessageFlags.Ephemeral : flags,
      pings: noPings,
      mentions: [],
      mentionRoles: [],
      mentionEveryone: false,
      deleted: false,
    };
  }

  #add(message: Message): void {
    this.#world.enliven(message.channel);
    let channel = this.#channels.get(message.channel.id);
    if (channel === undefined) this.#channels.set(message.channel.id, (channel = new Map<string, Message>()));
    channel.set(message.id, message);
    if (channel.size <= this.#limit) return;
    const oldest = channel.values().next().value;
    if (oldest === undefined) return;
    channel.delete(oldest.id);
    this.attachments.remove(oldest.files);
  }

  /** Checks the message as it would be, then changes it; a refused form leaves it as it was. */
  #fill(message: Message, form: MessageForm, uploads: readonly UploadedFile[], at: PropertyKey[]): void {
    const content = form.content === undefined ? message.content : (form.content ?? "");
    const given = form.embeds === undefined ? message.embeds : (form.embeds ?? []);
    const components = form.components === undefined ? message.components : (form.components ?? []);
    const isNew = new Map(uploads.map((upload) => [upload.key, upload]));
    const described = form.attachments ?? undefined;
    const kept = message.files.filter(({ id }) => described?.some((one) => one.id === id) ?? true);
    for (const [index, { id }] of (described ?? []).entries()) {
      if (isNew.has(id) || kept.some((file) => file.id === id)) continue;
      const issue = { code: "ATTACHMENT_NOT_FOUND", message: `Attachment "${id}" was not found` };
      throw invalidForm([{ path: [...at, "attachments", index, "id"], ...issue }]);
    }
    const names = new Set([...kept, ...uploads].map(({ filename }) => filename));
    const media = [...mediaIn(given, components)];
    const unknown = media.filter(({ url }) => url.startsWith(scheme) && !names.has(url.slice(scheme.length)));
    if (unknown.length > 0) {
      const code = "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND";
      throw invalidForm(
        unknown.map(({ path, url }) => ({
          path: [...at, ...path],
          code,
          message: `The file of "${url}" was not found`,
        })),
      );
    }
    if (content === "" && given.length === 0 && components.length === 0 && names.size === 0) {
      throw apiErrors.emptyMessage();
    }
    const added = uploads.map((upload) => {
      const about = described?.find(({ id }) => id === upload.key);
      return this.attachments.add(message.channel.id, upload, about?.description);
    });
    this.attachments.remove(message.files.filter((file) => !kept.includes(file)));
    const files = [...kept, ...added];
    const urls = new Map(files.map(({ filename, url }) => [scheme + filename, url]));
    for (const { url, set } of media) set(urls.get(url) ?? url);
    const inside = new Set(media.map(({ url }) => urls.get(url) ?? url));
    message.content = content;
    message.embeds = given;
    message.components = numbered(components);
    message.files = files;
    message.attachments = files.filter(({ url }) => !inside.has(url));
    const { users, roles, everyone } = pingsOf(message, form.allowed_mentions ?? undefined, this.#world);
    message.mentions = users;
    message.mentionRoles = roles;
    message.mentionEveryone = everyone;
  }

  #notify(message: Message): void {
    const { mentions: users, mentionRoles: roles, mentionEveryone: everyone } = message;
    message.pings = { users, roles, everyone };
  }
}
