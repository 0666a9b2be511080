/** A part of a text; undefined, false and empty ones are left out. */
export type Part = string | false | undefined;

const joinedBy =
  (separator: string) =>
  (...parts: readonly Part[]): string =>
    parts.filter(Boolean).join(separator);

/** Parts below each other. */
export const lines = joinedBy("\n");

/** Parts below each other, with an empty line between them. */
export const paragraphs = joinedBy("\n\n");

/** Parts next to each other: `7 days · EU`. */
export const dotted = joinedBy(" · ");

/** Parts next to each other: `Legendary +15`. */
export const spaced = joinedBy(" ");

/** Small print begins with a capital, whichever of its parts comes first. */
export function sentence(text: string): string {
  return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}
