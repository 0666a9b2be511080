import { ButtonStyle } from "discord-api-types/v10";
import { button, row } from "./card.js";
import type { Action } from "./command.js";
import { CUSTOM_ID_LIMIT, encodeCustomId } from "./custom-id.js";
import { UserError } from "./errors.js";
import type { OptionValue } from "./interaction.js";
import type { Option } from "./option.js";
import type { TextKey, TextParams } from "./texts.js";
import type { View } from "./view.js";

/** The action of every command that can be asked again; none of its own components may be called so. */
export const AGAIN = "meant";
const MOST = 5;

type Raw = Readonly<Record<string, OptionValue>>;

/** Something that may have been meant. */
export interface Alternative {
  /** On its button. */
  readonly label: string;
  /** The options that say so, in place of those that were given. */
  readonly options: Raw;
}

/**
 * What was typed names nothing for sure. The person alone is told so, with a button for each of up to five things that
 * may be meant; it runs the same command for that one.
 */
export class UnsureError extends UserError {
  readonly alternatives: readonly Alternative[];

  constructor(key: TextKey, params: TextParams, alternatives: readonly Alternative[]) {
    super(key, params);
    this.alternatives = alternatives.slice(0, MOST);
  }
}

/** How a command was called. */
export interface Call {
  readonly command: string;
  readonly action: Action;
  readonly options: Raw;
}

/** The buttons under an {@link UnsureError}. */
export function alternativeButtons(
  alternatives: readonly Alternative[],
  { command, action, options }: Call,
  owner: string,
): NonNullable<View["components"]> {
  const names = Object.keys(action.options);
  const buttons = alternatives.flatMap(({ label, options: changed }) => {
    const asked = { ...options, ...changed };
    const values = names.map((name) => String(asked[name] ?? ""));
    const id = encoded({ command, action: AGAIN, owner, values });
    return id === undefined ? [] : [button({ label, customId: id, style: ButtonStyle.Primary })];
  });
  return buttons.length === 0 ? [] : [row(...buttons)];
}

/** Undefined for what was typed at such length that a button cannot carry it. */
function encoded(id: Parameters<typeof encodeCustomId>[0]): string | undefined {
  if (id.values.join("~").length > CUSTOM_ID_LIMIT) return undefined;
  try {
    return encodeCustomId(id);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The options that a button carries, of the kinds that the command takes. */
export function optionsOf(action: Action, values: readonly string[]): Raw {
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
