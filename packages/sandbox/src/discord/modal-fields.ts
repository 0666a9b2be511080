import { ComponentType as Type } from "discord-api-types/v10";
import type { Attachment } from "./attachments.js";
import { NotPossibleError } from "./errors.js";
import type { Resolved, SentFile } from "./options.js";
import type { EntitySelect, StringSelect } from "./validation/components.js";
import { inputOf, type Modal, type ModalInput } from "./validation/modals.js";
import { wire } from "./wire.js";

/** By custom id: text, a ticked box, chosen values, or files. */
export type FieldValues = Readonly<Record<string, string | boolean | readonly string[] | readonly SentFile[]>>;

/** Who fills in the modal. */
export interface Filler {
  selection(menu: StringSelect | EntitySelect, values: readonly string[]): { resolved?: Resolved };
  store(file: SentFile): Attachment;
}

/**
 * The `components` and `resolved` of a modal's submission.
 *
 * @throws NotPossibleError when Discord's client would not let them be sent
 */
export function fieldsData(
  modal: Modal,
  fields: FieldValues,
  filler: Filler,
): { components: object[]; resolved: Resolved } {
  const resolved: Resolved = {};
  const known = modal.components.map((component) => inputOf(component)?.custom_id);
  const unknown = Object.keys(fields).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new NotPossibleError(`the modal has no field "${unknown}"`);
  const components = modal.components.map((component, index) => {
    const input = inputOf(component);
    const id = index + 1;
    if (input === undefined) return { type: component.type, id };
    const { type, custom_id } = input;
    const filled = { type, custom_id, id: 100 + id, ...fill(input, fields[custom_id], filler, resolved) };
    return component.type === Type.ActionRow
      ? { type: component.type, id, components: [filled] }
      : { type: component.type, id, component: filled };
  });
  return { components, resolved };
}

type Value = FieldValues[string] | undefined;

function fill(input: ModalInput, value: Value, filler: Filler, resolved: Resolved): object {
  const { custom_id: name } = input;
  const refuse = (reason: string): never => {
    throw new NotPossibleError(`field "${name}": ${reason}`);
  };
  switch (input.type) {
    case Type.TextInput: {
      const text = value ?? input.value ?? "";
      if (typeof text !== "string") return refuse("takes text");
      if (text === "" && input.required) refuse("must be filled in");
      const { min_length: min = 0, max_length: max = 4000 } = input;
      if (text !== "" && (text.length < min || text.length > max)) refuse(`takes ${min} to ${max} characters`);
      return { value: text };
    }
    case Type.Checkbox:
      return { value: typeof value === "boolean" ? value : input.default };
    case Type.RadioGroup: {
      const chosen = value ?? input.options.find((option) => option.default)?.value;
      if (chosen === undefined) return input.required ? refuse("must be chosen") : { value: null };
      return input.options.some((option) => option.value === chosen) ? { value: chosen } : refuse("has no such option");
    }
    case Type.CheckboxGroup: {
      const values = texts(value);
      if (!values.every((one) => input.options.some((option) => option.value === one))) refuse("has no such option");
      if (input.required && values.length < (input.min_values ?? 1)) refuse("needs more boxes ticked");
      return { values };
    }
    case Type.FileUpload: {
      const sent: readonly (string | SentFile)[] = typeof value === "object" ? value : [];
      const files = sent.flatMap((one) => (typeof one === "object" ? [filler.store(one)] : []));
      if (input.required && files.length < (input.min_values ?? 1)) refuse("needs a file");
      for (const file of files) (resolved.attachments ??= {})[file.id] = wire.attachment(file);
      return { values: files.map(({ id }) => id) };
    }
    case Type.StringSelect:
    case Type.UserSelect:
    case Type.RoleSelect:
    case Type.MentionableSelect:
    case Type.ChannelSelect: {
      const values = texts(value);
      if (values.length > 0 || input.required) mergeResolved(resolved, filler.selection(input, values).resolved ?? {});
      return { values };
    }
  }
}

function mergeResolved(into: Resolved, from: Resolved): void {
  for (const kind of ["users", "members", "roles", "channels", "attachments"] as const) {
    if (from[kind] !== undefined) into[kind] = { ...into[kind], ...from[kind] };
  }
}

function texts(value: Value): string[] {
  if (typeof value === "string") return [value];
  const values: readonly (string | SentFile)[] = typeof value === "object" ? value : [];
  return values.filter((one) => typeof one === "string");
}
