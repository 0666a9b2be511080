import type { Action } from "./command.js";
import { CUSTOM_ID_LIMIT, encodeCustomId } from "./custom-id.js";
import type { OptionValue } from "./interaction.js";
import type { Option } from "./option.js";

/** The action of buttons that run a command; no component of a command may have this name. */
export const CALL = "call";

export type RawOptions = Readonly<Record<string, OptionValue>>;

/** How a command was called. */
export interface Call {
  readonly command: string;
  readonly action: Action;
  readonly options: RawOptions;
}

/**
 * The id of a button that runs a command, as if the person had typed it: the answer is a new message, private where the
 * command is. Undefined where the options are too long for a button.
 * @param owner whose button it is; undefined: anybody may press it, each for themselves
 */
export function callId({ command, action, options }: Call, owner: string | undefined): string | undefined {
  const values = Object.keys(action.options).map((name) => textOf(options[name]));
  if (values.join("~").length > CUSTOM_ID_LIMIT) return undefined;
  try {
    return encodeCustomId({ command, action: CALL, owner, values });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A channel, a role or a person is its id. */
function textOf(value: OptionValue = ""): string {
  return typeof value === "object" ? value.id : String(value);
}

/** The options that a button carries, of the types that the command takes. */
export function optionsOf(action: Action, values: readonly string[]): RawOptions {
  const given = Object.entries(action.options).flatMap(([name, option], index) => {
    const text = values[index] ?? "";
    return text === "" ? [] : [[name, valueOf(option, text)] as const];
  });
  return Object.fromEntries(given);
}

function valueOf(option: Option<unknown>, text: string): OptionValue {
  if (option.type === "boolean") return text === "true";
  if (option.type === "integer") return Number(text);
  if (option.type === "choice") return option.choices.find(({ value }) => String(value) === text)?.value ?? text;
  return text;
}
