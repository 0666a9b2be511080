/** How many are chosen in a menu, at least and at most. */
export interface Limits {
  readonly min: number;
  readonly max: number;
}

/** What is chosen once a value was pressed: of a full menu for several, nothing more can be taken. */
export function toggled(chosen: readonly string[], value: string, { min, max }: Limits): readonly string[] {
  if (chosen.includes(value)) return max === 1 && min > 0 ? chosen : chosen.filter((one) => one !== value);
  if (max === 1) return [value];
  return chosen.length < max ? [...chosen, value] : chosen;
}

export function isComplete(chosen: readonly string[], { min, max }: Limits): boolean {
  return chosen.length >= min && chosen.length <= max;
}

/**
 * The next label after `from`, round the list, that begins with what is typed. One letter typed again and again goes
 * through all that begin with it.
 */
export function typeAhead(labels: readonly string[], typed: string, from: number): number | undefined {
  const fold = (text: string) => text.toLocaleLowerCase().replace(/^[@#]/, "");
  const again = typed.replaceAll(typed.charAt(0), "") === "";
  const wanted = fold(again ? typed.slice(0, 1) : typed);
  // Who goes on typing a word stays where the word so far led.
  const first = again ? from + 1 : Math.max(from, 0);
  for (let step = 0; step < labels.length; step++) {
    const at = (first + step) % labels.length;
    if (fold(labels[at] ?? "").startsWith(wanted)) return at;
  }
  return undefined;
}
