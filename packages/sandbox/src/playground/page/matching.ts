/**
 * A name as it is compared: without case, accents and width. Korean syllables are taken apart, so that one that is
 * still being composed already matches.
 */
export function fold(name: string): string {
  const bare = name.normalize("NFKD").replace(/\p{M}+/gu, "");
  return bare.toLowerCase().replace(/\s+/g, " ").trim();
}

/**
 * What may be meant by what was typed: first what begins so, then what has words that begin so (`cl li` means
 * `clan list`), then what has it in the middle of a word; otherwise in the given order.
 */
export function matching<T>(all: readonly T[], typed: string, names: (one: T) => readonly string[]): T[] {
  const wanted = fold(typed);
  const ranked = all.map((one) => [one, Math.min(...names(one).map((name) => rank(fold(name), wanted)))] as const);
  return ranked
    .filter(([, place]) => place < Infinity)
    .sort(([, a], [, b]) => a - b)
    .map(([one]) => one);
}

function rank(name: string, wanted: string): number {
  if (name.startsWith(wanted)) return 0;
  if (wordsBegin(words(name), words(wanted))) return 1;
  return name.includes(wanted) ? 2 : Infinity;
}

function words(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
}

/** Whether each word wanted begins a word of the name, in their order. */
function wordsBegin(name: readonly string[], wanted: readonly string[]): boolean {
  let from = 0;
  const begins = (word: string) => {
    from = name.findIndex((one, index) => index >= from && one.startsWith(word)) + 1;
    return from > 0;
  };
  return wanted.length > 0 && wanted.every(begins);
}
