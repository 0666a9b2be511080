import { ButtonBuilder, StringSelectMenuBuilder } from "@discordjs/builders";
import { subtext } from "@discordjs/formatters";
import {
  ButtonStyle,
  ComponentType,
  type APIButtonComponent,
  type APIComponentInMessageActionRow,
  type APIEmbed,
  type APISelectMenuOption,
  type APIStringSelectComponent,
} from "discord-api-types/v10";
import { EMBED_LIMITS, truncate } from "./embed.js";
import { plain } from "./escape.js";
import { sentence } from "./lines.js";
import type { Row } from "./view.js";

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
  /** A large picture below the rest: an address, or `attachment://<name>` of a file of the view. */
  readonly image?: string | undefined;
  /** Undefined ones are left out. */
  readonly fields?: readonly (CardField | undefined)[];
  readonly footer?: string | undefined;
}

/** An embed in our style; the kernel fits it to the limits of Discord when it is sent. Texts from outside are to be escaped before. */
export function card(look: Card): APIEmbed {
  const { title, colour = COLOURS.neutral, thumbnail, image, fields = [], footer } = look;
  return {
    title,
    description: describe(look),
    color: colour,
    fields: fields.filter((field) => field !== undefined),
    ...(thumbnail !== undefined && { thumbnail: { url: thumbnail } }),
    ...(image !== undefined && { image: { url: image } }),
    ...(footer !== undefined && { footer: { text: sentence(footer) } }),
  };
}

function describe({ description = "", note }: Card): string {
  if (note === undefined) return description;
  const smallPrint = subtext(sentence(note));
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
/** Stands where a text is blank: Discord takes none. */
const EMPTY = "—";

export function button({
  label,
  customId,
  style = ButtonStyle.Secondary,
  disabled = false,
}: ButtonLook): APIButtonComponent {
  return new ButtonBuilder()
    .setLabel(truncate(plain(label), LABEL_LENGTH) || EMPTY)
    .setCustomId(customId)
    .setStyle(style)
    .setDisabled(disabled)
    .toJSON();
}

/** A button that opens an address, http or https and at most 512 characters long. */
export function linkButton({ label, url }: { readonly label: string; readonly url: string }): APIButtonComponent {
  return new ButtonBuilder()
    .setLabel(truncate(plain(label), LABEL_LENGTH) || EMPTY)
    .setURL(url)
    .setStyle(ButtonStyle.Link)
    .toJSON();
}

export interface MenuOption {
  readonly label: string;
  /** What `values` of the component has when it is chosen. At most 100 characters. */
  readonly value: string;
  readonly description?: string | undefined;
  /** One Unicode emoji. */
  readonly emoji?: string | undefined;
  readonly chosen?: boolean;
}

export interface MenuLook {
  readonly customId: string;
  /** The first 25 with a value of their own are shown. */
  readonly options: readonly MenuOption[];
  /** Shown while nothing is chosen. */
  readonly placeholder?: string;
  /** How many are to be chosen; default 1, and never more than there are. */
  readonly min?: number;
  readonly max?: number;
}

const MENU_LIMITS = { options: 25, label: 100, value: 100, description: 100, placeholder: 150 } as const;

/** A menu of texts. One that has nothing to choose is shown, but cannot be opened. */
export function menu({ customId, options, placeholder, min = 1, max = 1 }: MenuLook): APIStringSelectComponent {
  const ofTheirOwn = options.filter(
    ({ value }, index) =>
      value.trim() !== "" &&
      value.length <= MENU_LIMITS.value &&
      options.findIndex((other) => other.value === value) === index,
  );
  const shown = ofTheirOwn.slice(0, MENU_LIMITS.options);
  const most = Math.max(1, Math.min(max, shown.length));
  let chosen = 0;
  const builder = new StringSelectMenuBuilder()
    .setCustomId(customId)
    .setMinValues(Math.min(min, most))
    .setMaxValues(most)
    .setDisabled(shown.length === 0)
    .addOptions(
      shown.length === 0
        ? [{ label: EMPTY, value: EMPTY }]
        : shown.map((option) => menuOption(option, option.chosen === true && ++chosen <= most)),
    );
  if (placeholder !== undefined) builder.setPlaceholder(truncate(plain(placeholder), MENU_LIMITS.placeholder));
  return builder.toJSON();
}

function menuOption({ label, value, description, emoji }: MenuOption, isDefault: boolean): APISelectMenuOption {
  const about = truncate(plain(description ?? ""), MENU_LIMITS.description);
  return {
    label: truncate(plain(label), MENU_LIMITS.label) || EMPTY,
    value,
    default: isDefault,
    ...(about && { description: about }),
    ...(emoji !== undefined && { emoji: { name: emoji } }),
  };
}

/** A row of up to five buttons, or one menu. */
export function row(...components: APIComponentInMessageActionRow[]): Row {
  return { type: ComponentType.ActionRow, components };
}
