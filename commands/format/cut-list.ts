import { escape, plain, type MessageContext } from "../../src/kernel/index.js";

/** In characters of what people see. */
const NAME_LENGTH = 24;

/** What somebody is called, or a word of theirs, for lists: on one line, not too long, and escaped. */
export function listedName(name: string, length = NAME_LENGTH): string {
  const characters = Array.from(plain(name));
  const short = characters.length > length ? `${characters.slice(0, length - 1).join("")}…` : plain(name);
  return escape(short) || "—";
}

/**
 * The first entries of a list within a limit of characters, then how many more there are; those that were left out before
 * count too.
 */
export function cutList(
  entries: readonly string[],
  { separator, limit, left = 0 }: { readonly separator: string; readonly limit: number; readonly left?: number },
  { t }: Pick<MessageContext, "t">,
): string {
  const more = (count: number) => t("list.more", { count });
  const room = limit - separator.length - more(entries.length + left).length;
  let length = 0;
  const fit = entries.findIndex((entry) => (length += entry.length + separator.length) > room + separator.length);
  const whole = entries.join(separator);
  if (left === 0 && whole.length <= limit) return whole;
  const shown = fit === -1 ? entries : entries.slice(0, fit);
  const rest = entries.length - shown.length + left;
  return [...shown, ...(rest > 0 ? [more(rest)] : [])].join(separator);
}
