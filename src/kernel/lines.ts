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
