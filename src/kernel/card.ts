import {
  ActionRowBuilder,
  ButtonBuilder,
  EmbedBuilder,
  type MessageActionRowComponentBuilder,
} from "@discordjs/builders";
import { ButtonStyle, type APIEmbed } from "discord-api-types/v10";
import { EMBED_LIMITS, truncate } from "./embed.js";
import { plain } from "./escape.js";

/** The colours of cards, by what they say. */
export const COLOURS = { neutral: 0x4f7a8c, good: 0x4caf50, alert: 0xd9483b, market: 0xc9a227 } as const;

export interface CardField {
  readonly name: string;
  readonly value: string;
  readonly inline?: boolean;
}

export interface Card {
  readonly title: string;
  readonly colour?: number;
  readonly description?: string | undefined;
  /** Small print under the description, such as how old the data is; it stays when a long description is cut. */
  readonly note?: string | undefined;
  readonly thumbnail?: string | undefined;
  /** Undefined ones are left out. */
  readonly fields?: readonly (CardField | undefined)[];
  readonly footer?: string | undefined;
}

/** An embed of the house's look; the kernel fits it when it is sent. Texts from outside are to be escaped before. */
export function card(look: Card): EmbedBuilder {
  const { title, colour = COLOURS.neutral, thumbnail, fields = [], footer } = look;
  const embed: APIEmbed = {
    title,
    description: describe(look),
    color: colour,
    fields: fields.filter((field) => field !== undefined),
    ...(thumbnail !== undefined && { thumbnail: { url: thumbnail } }),
    ...(footer !== undefined && { footer: { text: footer } }),
  };
  return new EmbedBuilder(embed);
}

function describe({ description = "", note }: Card): string {
  if (note === undefined) return description;
  const smallPrint = `-# ${note}`;
  const text = truncate(description, EMBED_LIMITS.description - smallPrint.length - 2);
  return text === "" ? smallPrint : `${text}\n\n${smallPrint}`;
}

export interface ButtonLook {
  readonly label: string;
  readonly customId: string;
  readonly style?: ButtonStyle;
  readonly disabled?: boolean;
}

const LABEL_LENGTH = 80;

export function button({
  label,
  customId,
  style = ButtonStyle.Secondary,
  disabled = false,
}: ButtonLook): ButtonBuilder {
  return new ButtonBuilder()
    .setLabel(truncate(plain(label), LABEL_LENGTH))
    .setCustomId(customId)
    .setStyle(style)
    .setDisabled(disabled);
}

/** A row of up to five buttons, or one menu. */
export function row(
  ...components: MessageActionRowComponentBuilder[]
): ActionRowBuilder<MessageActionRowComponentBuilder> {
  return new ActionRowBuilder<MessageActionRowComponentBuilder>().addComponents(components);
}

/** Discord's time mark-up, which each reader sees in their own zone and language. `R` is relative, `T` a clock time. */
export function time(date: Date, style: "R" | "T" | "t" | "D" | "d" | "f" | "F"): string {
  return `<t:${Math.floor(date.getTime() / 1000)}:${style}>`;
}
