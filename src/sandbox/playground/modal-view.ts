import { ComponentType as Type, TextInputStyle } from "discord-api-types/v10";
import type { OpenModal } from "../discord/index.js";
import { menuView } from "./message-view.js";
import type { Field, Modal, Place } from "./page/protocol.js";

type Row = OpenModal["components"][number];
type Label = Extract<Row, { type: Type.Label }>;

const paragraph: number = TextInputStyle.Paragraph;

/** A modal as the page shows it: its text inputs, menus and radio buttons. Other inputs are left out. */
export function modalView({ title, interaction, components }: OpenModal, place: Place): Modal {
  const fields = components.map((row) => fieldView(row, place)).filter((field) => field !== undefined);
  return { interaction: interaction.id, title, fields };
}

function fieldView(row: Row, place: Place): Field | undefined {
  if (row.type === Type.TextDisplay) return undefined;
  const input = row.type === Type.Label ? row.component : row.components[0];
  if (input === undefined) return undefined;
  const about = row.type === Type.Label ? { label: row.label, description: row.description } : undefined;
  const common = { description: undefined, value: "", placeholder: "", minLength: undefined, maxLength: undefined };
  const field = inputView(input, place);
  return field && { ...common, label: "", options: [], ...field, ...about };
}

type InputView = Pick<Field, "customId" | "kind" | "required"> & Partial<Field>;

function inputView(input: Label["component"], place: Place): InputView | undefined {
  const { custom_id: customId } = input;
  if (input.type === Type.TextInput) {
    const { style, label = "", required, value = "", placeholder = "" } = input;
    const kind = style === paragraph ? "paragraph" : "line";
    const { min_length: minLength, max_length: maxLength = 4000 } = input;
    return { customId, kind, label, required, value, placeholder, minLength, maxLength };
  }
  if (input.type === Type.RadioGroup) {
    const { required, options } = input;
    const value = options.find((option) => option.default)?.value ?? "";
    return { customId, kind: "radio", required, value, options };
  }
  if (!("disabled" in input)) return undefined;
  const { options, placeholder } = menuView(input, place);
  const value = options.find(({ selected }) => selected)?.value ?? "";
  return { customId, kind: "menu", required: input.required, value, options, placeholder };
}
