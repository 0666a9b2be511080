import { ButtonStyle, ComponentType as Type, MessageFlags } from "discord-api-types/v10";
import { isCrossposted, isSilent, reaches, type Message as Stored, type User } from "../discord/index.js";
import { isPicture } from "./media.js";
import type { Button, Component, Embed, Menu, MenuOption, Message, Person, Place } from "./page/protocol.js";

type StoredEmbed = Stored["embeds"][number];
type StoredPart = Stored["components"][number];
type StoredRow = Extract<StoredPart, { type: Type.ActionRow }>["components"][number];
type StoredButton = Extract<StoredRow, { type: Type.Button }>;
type StoredMenu = Exclude<StoredRow, StoredButton>;

/** A message as the page shows it to somebody. @param picture the page's own address of a file somewhere else */
export function messageView(message: Stored, me: User, place: Place, picture: (url: string) => string): Message {
  const { id, author, origin, flags } = message;
  return {
    id,
    author: { id: author.id, name: author.globalName, app: author.bot },
    at: message.createdAt,
    edited: message.editedAt !== undefined,
    content: message.content,
    embeds: message.embeds.map((embed) => embedView(embed, message.files, picture)),
    rows: message.components.map((part) => rowView(part, place)),
    files: message.attachments.map(({ filename, size, url, contentType, width, height, description }) => {
      const shown = isPicture(contentType);
      return { name: filename, size, url: picture(url), picture: shown, width, height, description };
    }),
    ephemeral: message.visibleTo !== undefined,
    pings: pinged(message, me),
    silent: isSilent(message),
    published: isCrossposted(message),
    loading: (flags & MessageFlags.Loading) !== 0,
    command: commandOf(origin),
  };
}

function pinged({ pings, channel }: Stored, me: User): Message["pings"] {
  if (reaches(pings, me, channel)) return "you";
  const somebody = pings.everyone || pings.users.length > 0 || pings.roles.length > 0;
  return somebody ? "others" : "nobody";
}

/** A follow-up goes on below the first answer, which says what it answers. */
function commandOf(origin: Stored["origin"]): Message["command"] {
  if (origin?.commandName === undefined || origin.originalMessageId !== undefined) return undefined;
  return { person: origin.user.globalName, name: origin.commandName };
}

function embedView(embed: StoredEmbed, files: Stored["files"], picture: (url: string) => string): Embed {
  /** A picture that is a file of the message has what was said about the file. */
  const shown = (media: { readonly url: string } | undefined) => {
    if (media === undefined) return undefined;
    const file = files.find(({ url }) => url === media.url);
    return { url: picture(media.url), alt: file?.description, width: file?.width, height: file?.height };
  };
  const own = (url: string | undefined) => (url === undefined ? undefined : picture(url));
  const { title, url, description, color, timestamp, author, footer, fields = [] } = embed;
  return {
    title,
    url,
    description,
    color,
    timestamp: timestamp === undefined ? undefined : Date.parse(timestamp),
    author: author && { name: author.name, url: author.url, icon: own(author.icon_url) },
    footer: footer && { text: footer.text, icon: own(footer.icon_url) },
    fields: fields.map(({ name, value, inline }) => ({ name, value, inline })),
    thumbnail: shown(embed.thumbnail),
    image: shown(embed.image),
  };
}

function rowView(part: StoredPart, place: Place): Component[] {
  if (part.type !== Type.ActionRow) return [{ kind: "unknown", type: part.type }];
  return part.components.map((one) => (one.type === Type.Button ? buttonView(one) : menuView(one, place)));
}

const styles = {
  [ButtonStyle.Primary]: "primary",
  [ButtonStyle.Secondary]: "secondary",
  [ButtonStyle.Success]: "success",
  [ButtonStyle.Danger]: "danger",
  [ButtonStyle.Link]: "link",
  [ButtonStyle.Premium]: "premium",
} as const;

function buttonView({ style, label, emoji, custom_id, url, disabled }: StoredButton): Button {
  return {
    kind: "button",
    customId: custom_id ?? "",
    style: styles[style],
    label: [emojiText(emoji), label].filter(Boolean).join(" "),
    url,
    disabled: disabled || style === ButtonStyle.Premium,
  };
}

function menuView(menu: StoredMenu, place: Place): Menu {
  const { custom_id: customId, placeholder = "", min_values: min, max_values: max, disabled } = menu;
  return { kind: "menu", customId, placeholder, min, max, disabled, options: menuOptions(menu, place) };
}

/** What can be chosen in a menu: what the bot lists, or the people, roles or channels of the place. */
export function menuOptions(menu: StoredMenu, place: Place): MenuOption[] {
  if (menu.type === Type.StringSelect) {
    return menu.options.map(({ label, value, description, emoji, default: selected }) => {
      return { label, value, description, emoji: emojiText(emoji), sort: "text", selected };
    });
  }
  const chosen = new Set(menu.default_values?.map(({ id }) => id));
  const named = (sort: MenuOption["sort"], things: readonly Person[]) =>
    things.map(({ id, name }): MenuOption => {
      const label = sort === "role" && !name.startsWith("@") ? `@${name}` : name;
      return { label, value: id, description: undefined, emoji: undefined, sort, selected: chosen.has(id) };
    });
  const people = named("person", place.people);
  const roles = named("role", place.roles);
  switch (menu.type) {
    case Type.UserSelect:
      return people;
    case Type.RoleSelect:
      return roles;
    case Type.MentionableSelect:
      return [...people, ...roles];
    case Type.ChannelSelect:
      return named("channel", ofTypes(place.channels, menu.channel_types));
  }
}

/** All, where no types are said. */
export function ofTypes(channels: Place["channels"], types: readonly number[] = []): Place["channels"] {
  return channels.filter(({ type }) => types.length === 0 || types.includes(type));
}

/** A custom emoji is a picture on Discord's servers: only its name is to be had here. */
function emojiText(emoji: StoredButton["emoji"]): string | undefined {
  return emoji?.id === undefined ? emoji?.name : `:${emoji.name ?? emoji.id}:`;
}
