import type { Context } from "../../src/kernel/index.js";

/** A copy in the alphabetical order of the reader's language; numbers within names count as numbers. */
export function inOrder<T>(
  things: readonly T[],
  nameOf: (thing: T) => string,
  { locale }: Pick<Context, "locale">,
): T[] {
  const { compare } = new Intl.Collator(locale, { numeric: true });
  return [...things].sort((a, b) => compare(nameOf(a), nameOf(b)));
}
