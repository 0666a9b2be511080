import type { Context } from "./context.js";
import type { OptionValue } from "./interaction.js";
import { UserError } from "./errors.js";

/** A suggestion under the field that is being typed. Discord shows 25, of 100 characters each. */
export interface Choice {
  readonly name: string;
  readonly value: string;
}

/** Offers values for what has been typed so far; `options` are the other options' raw values. */
export type Suggest = (
  text: string,
  context: Context,
  options: Readonly<Record<string, OptionValue>>,
) => Promise<readonly Choice[]> | readonly Choice[];

/** One option of a command, a text to Discord; `T` is what `run` is given for it. Its name and description stand in `locales/`. */
export interface Option<T> {
  readonly required: boolean;
  /** In characters. */
  readonly maxLength: number;
  readonly suggest?: Suggest;
  /** Turns what Discord sent (undefined: left out) into what `run` is given. */
  readonly read: (value: OptionValue | undefined, context: Context) => T;
}

interface TextRules {
  /** In characters, 100 at most unless told. */
  readonly maxLength?: number;
  readonly suggest?: Suggest;
}

function textOf(value: OptionValue | undefined): string | undefined {
  const text = value === undefined ? "" : String(value).trim();
  return text === "" ? undefined : text;
}

/** A text that must be given; blanks around it are dropped. */
export function requiredText({ maxLength = 100, ...rules }: TextRules = {}): Option<string> {
  return {
    required: true,
    maxLength,
    ...rules,
    read: (value) => {
      const text = textOf(value);
      if (text === undefined) throw new UserError("error.option-missing");
      return text;
    },
  };
}

/** A text that may be left out. */
export function optionalText({ maxLength = 100, ...rules }: TextRules = {}): Option<string | undefined> {
  return { required: false, maxLength, ...rules, read: textOf };
}
