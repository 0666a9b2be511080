import { typedText } from "../../src/kernel/index.js";

/** Placeholder for a part of a title while its pattern is made; it occurs in no text. */
const MARK = "\u0000";

/** A text copied from Discord, or from a message's source: without the marks that keep it from being drawn otherwise. */
export function unescaped(text: string): string {
  return typedText(text.replace(/\\([\\*_~`|<>[\]()#+-])/g, "$1"));
}

/**
 * Reads a title back: `form` makes it of its parts, such as the tag and the name of a clan. Undefined for what is no such
 * title. The parts come in the order in which the form names them.
 */
export function partsOfTitle(
  title: string,
  names: readonly string[],
  form: (parts: Readonly<Record<string, string>>) => string,
): Readonly<Record<string, string>> | undefined {
  const pattern = form(Object.fromEntries(names.map((name) => [name, MARK + name + MARK])));
  const pieces = pattern.split(new RegExp(`${MARK}(?:${names.join("|")})${MARK}`));
  const order = [...pattern.matchAll(new RegExp(`${MARK}(\\w+)${MARK}`, "g"))].map(([, name = ""]) => name);
  const source = pieces.map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("(.+?)");
  const found = new RegExp(`^${source}$`, "u").exec(title);
  return found ? Object.fromEntries(order.map((name, index) => [name, found[index + 1] ?? ""])) : undefined;
}
