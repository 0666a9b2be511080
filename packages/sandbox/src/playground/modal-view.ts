import { ComponentType as Type, TextInputStyle } from "discord-api-types/v10";
import type { OpenModal } from "../discord/index.js";
import { menuOptions } from "./message-view.js";
import type { ChoiceField, Field, MenuOption, Modal, Place } from "./page/protocol.js";

type Row = OpenModal["components"][number];
type Label = Extract<Row, { type: Type.Label }>;
type Input = Label["component"];
type Choices = Extract<Input, { type: Type.RadioGroup | Type.CheckboxGroup }>["options"];

const paragraph: number = TextInputStyle.Paragraph;

/** A modal as the page shows it. */
export function modalView({ title, interaction, components }: OpenModal, place: Place): Modal {
  return { interaction: interaction.id, title, fields: components.flatMap((row) => fieldView(row, place)) };
}

function fieldView(row: Row, place: Place): Field[] {
  switch (row.type) {
    case Type.TextDisplay:
      return [{ kind: "note", content: row.content }];
    case Type.ActionRow:
      return row.components.map((input) =>
        inputView(input, { label: input.label ?? "", description: undefined }, place),
      );
    case Type.Label:
      return [inputView(row.component, { label: row.label, description: row.description }, place)];
  }
}

function inputView(input: Input, texts: Pick<ChoiceField, "label" | "description">, place: Place): Field {
  const required = "required" in input && input.required;
  const about = { ...texts, customId: input.custom_id, required };
  switch (input.type) {
    case Type.TextInput: {
      const { style, value = "", placeholder = "", min_length: minLength = 0, max_length: maxLength = 4000 } = input;
      const kind = style === paragraph ? "paragraph" : "line";
      return { ...about, kind, value, placeholder, minLength, maxLength };
    }
    case Type.RadioGroup:
      return { ...about, kind: "radio", placeholder: "", min: 1, max: 1, options: listed(input.options) };
    case Type.CheckboxGroup: {
      const { min_values: min = 1, max_values: max = input.options.length } = input;
      return { ...about, kind: "boxes", placeholder: "", min, max, options: listed(input.options) };
    }
    case Type.Checkbox:
      return { ...about, kind: "box", ticked: input.default };
    case Type.FileUpload:
      return { ...about, kind: "file" };
    case Type.StringSelect:
    case Type.UserSelect:
    case Type.RoleSelect:
    case Type.MentionableSelect:
    case Type.ChannelSelect: {
      const { placeholder = "", min_values: min, max_values: max } = input;
      return { ...about, kind: "menu", placeholder, min, max, options: menuOptions(input, place) };
    }
  }
}

function listed(choices: Choices): MenuOption[] {
  return choices.map(({ label, value, description, default: selected }) => {
    return { label, value, description, emoji: undefined, sort: "text", selected };
  });
}
