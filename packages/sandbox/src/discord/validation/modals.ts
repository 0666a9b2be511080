import { ComponentType as Type } from "discord-api-types/v10";
import { z } from "zod";
import { entitySelect, stringSelect, textDisplay } from "./components.js";
import { customId, list, maybe, text } from "./fields.js";
import { fault } from "./form.js";

const id = maybe(z.int().min(0));
const required = z.boolean().default(true);

const textInput = z
  .object({
    type: z.literal(Type.TextInput),
    id,
    custom_id: customId,
    style: z.literal([1, 2]),
    label: maybe(text(1, 45)),
    min_length: maybe(z.int().min(0).max(4000)),
    max_length: maybe(z.int().min(1).max(4000)),
    required,
    value: maybe(text(0, 4000)),
    placeholder: maybe(text(0, 100)),
  })
  .superRefine(({ min_length = 0, max_length = 4000, value }, context) => {
    if (min_length > max_length) {
      fault(context, ["min_length"], "NUMBER_TYPE_MAX", "int value should be less than or equal to max_length.");
    }
    if (value !== undefined && value.length > max_length) {
      fault(context, ["value"], "BASE_TYPE_MAX_LENGTH", `Must be ${max_length} or fewer in length.`);
    }
  });

const choice = z.object({
  label: text(1, 100),
  value: text(1, 100),
  description: maybe(text(0, 100)),
  default: z.boolean().default(false),
});
const count = { min_values: maybe(z.int().min(0).max(10)), max_values: maybe(z.int().min(1).max(10)) };
const fileUpload = z.object({ type: z.literal(Type.FileUpload), id, custom_id: customId, ...count, required });
const radioGroup = z.object({
  type: z.literal(Type.RadioGroup),
  id,
  custom_id: customId,
  options: list(choice, 2, 10),
  required,
});
const checkboxGroup = z.object({
  type: z.literal(Type.CheckboxGroup),
  id,
  custom_id: customId,
  options: list(choice, 1, 10),
  ...count,
  required,
});
const checkbox = z.object({
  type: z.literal(Type.Checkbox),
  id,
  custom_id: customId,
  default: z.boolean().default(false),
});

const row = z.object({
  type: z.literal(Type.ActionRow),
  id,
  components: list(
    textInput.superRefine(({ label }, context) => {
      if (label === undefined) fault(context, ["label"], "BASE_TYPE_REQUIRED", "This field is required");
    }),
    1,
    1,
  ),
});
const label = z.object({
  type: z.literal(Type.Label),
  id,
  label: text(1, 45),
  description: maybe(text(0, 100)),
  component: z.discriminatedUnion("type", [
    textInput,
    stringSelect,
    entitySelect,
    fileUpload,
    radioGroup,
    checkboxGroup,
    checkbox,
  ]),
});

/** A modal: a title and one to five inputs, each in a label (or, as before 2025, in a row). */
export const modal = z
  .object({
    custom_id: customId,
    title: text(1, 45),
    components: list(z.discriminatedUnion("type", [label, row, textDisplay]), 1, 5),
  })
  .superRefine(({ components }, context) => {
    const seen = new Set<string>();
    for (const [index, component] of components.entries()) {
      const input = inputOf(component);
      if (input === undefined) continue;
      if (seen.has(input.custom_id)) {
        const path = component.type === Type.Label ? ["component"] : ["components", 0];
        const said = "Component custom id cannot be duplicated";
        fault(context, ["components", index, ...path, "custom_id"], "COMPONENT_CUSTOM_ID_DUPLICATED", said);
      }
      seen.add(input.custom_id);
    }
  });

export type Modal = z.infer<typeof modal>;
export type ModalInput = z.infer<typeof label>["component"];

/** The input within a label or a row; none in a text. */
export function inputOf(component: Modal["components"][number]): ModalInput | undefined {
  if (component.type === Type.Label) return component.component;
  return component.type === Type.ActionRow ? component.components[0] : undefined;
}
