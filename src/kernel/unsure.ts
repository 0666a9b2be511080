import { ButtonStyle } from "discord-api-types/v10";
import { callId, type Call, type RawOptions } from "./call.js";
import { button, row } from "./card.js";
import { UserError } from "./errors.js";
import type { TextKey, TextParams } from "./texts.js";
import type { View } from "./view.js";

const MOST = 5;

/** Something that may have been meant. */
export interface Alternative {
  /** On its button. */
  readonly label: string;
  /** The options that say so, in place of those that were given. */
  readonly options: RawOptions;
}

/**
 * The text names nothing for sure. Only the person sees this answer, with a button for each of up to five possible
 * meanings; it runs the same command for that one.
 */
export class UnsureError extends UserError {
  readonly alternatives: readonly Alternative[];

  constructor(key: TextKey, params: TextParams, alternatives: readonly Alternative[]) {
    super(key, params);
    this.alternatives = alternatives.slice(0, MOST);
  }
}

/** The buttons under an {@link UnsureError}; none for what was typed at such length that a button cannot carry it. */
export function alternativeButtons(
  alternatives: readonly Alternative[],
  call: Call,
  owner: string,
): NonNullable<View["components"]> {
  const buttons = alternatives.flatMap(({ label, options }) => {
    const customId = callId({ ...call, options: { ...call.options, ...options } }, owner);
    return customId === undefined ? [] : [button({ label, customId, style: ButtonStyle.Primary })];
  });
  return buttons.length === 0 ? [] : [row(...buttons)];
}
