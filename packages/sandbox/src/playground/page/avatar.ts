/** As many as message.css has. */
const COLOURS = 6;

/** The number of the colour of somebody's avatar, 0 to 5: always the same for the same name. */
export function colourOf(name: string): number {
  let sum = 0;
  for (const letter of name) sum += letter.codePointAt(0) ?? 0;
  return sum % COLOURS;
}

/** The first letter or digit, without the accents that may be stacked on it. */
export function initialOf(name: string): string {
  return /[\p{L}\p{N}]/u.exec(name)?.[0].toLocaleUpperCase() ?? "?";
}
