import { LabelBuilder, ModalBuilder, StringSelectMenuBuilder, TextInputBuilder } from "@discordjs/builders";
import { TextInputStyle } from "discord-api-types/v10";
import { menu, type MenuOption } from "./card.js";
import { truncate } from "./embed.js";
import { plain } from "./escape.js";
import type { Form } from "./view.js";

interface FieldLook {
  /** Under which `fields` of the form has what was filled in. */
  readonly name: string;
  readonly label: string;
  readonly description?: string | undefined;
}

/** A line of text, or a field for several lines. */
export interface TextField extends FieldLook {
  readonly long?: boolean;
  readonly maxLength: number;
  readonly required: boolean;
  readonly value?: string | undefined;
  readonly placeholder?: string | undefined;
}

/** A menu from which one thing is chosen; the first that is marked as chosen is so at first. */
export interface ChoiceField extends FieldLook {
  readonly options: readonly MenuOption[];
}

export interface FormLook {
  readonly customId: string;
  readonly title: string;
  /** One to five. */
  readonly fields: readonly (TextField | ChoiceField)[];
}

const LIMITS = { title: 45, label: 45, description: 100, placeholder: 100 } as const;

/** A form to fill in: lines of text, and menus. */
export function form({ customId, title, fields }: FormLook): Form {
  const modal = new ModalBuilder()
    .setCustomId(customId)
    .setTitle(truncate(plain(title), LIMITS.title))
    .addLabelComponents(fields.map(labelOf));
  return { modal: modal.toJSON() };
}

function labelOf(field: TextField | ChoiceField): LabelBuilder {
  const label = new LabelBuilder().setLabel(truncate(plain(field.label), LIMITS.label));
  if (field.description !== undefined) label.setDescription(truncate(plain(field.description), LIMITS.description));
  return "options" in field
    ? label.setStringSelectMenuComponent(menuOf(field))
    : label.setTextInputComponent(inputOf(field));
}

function inputOf({ name, long = false, maxLength, required, value, placeholder }: TextField): TextInputBuilder {
  const input = new TextInputBuilder()
    .setCustomId(name)
    .setStyle(long ? TextInputStyle.Paragraph : TextInputStyle.Short)
    .setMaxLength(maxLength)
    .setRequired(required);
  if (value !== undefined) input.setValue(truncate(value, maxLength));
  if (placeholder !== undefined) input.setPlaceholder(truncate(plain(placeholder), LIMITS.placeholder));
  return input;
}

function menuOf({ name, options }: ChoiceField) {
  return new StringSelectMenuBuilder(menu({ customId: name, options })).setRequired(true);
}
