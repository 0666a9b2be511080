import { ButtonStyle } from "discord-api-types/v10";
import { callId, type Call } from "./call.js";
import { button, row } from "./card.js";
import type { Alternative } from "./errors.js";
import type { View } from "./view.js";

const MOST = 5;

/** The buttons for what may have been meant; none for what was typed at such length that a button cannot carry it. */
export function alternativeButtons(
  alternatives: readonly Alternative[],
  call: Call,
  owner: string,
): NonNullable<View["components"]> {
  const buttons = alternatives.slice(0, MOST).flatMap(({ label, options }) => {
    const customId = callId({ ...call, options: { ...call.options, ...options } }, owner);
    return customId === undefined ? [] : [button({ label, customId, style: ButtonStyle.Primary })];
  });
  return buttons.length === 0 ? [] : [row(...buttons)];
}
