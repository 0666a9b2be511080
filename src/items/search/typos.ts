/** How many slips of the finger a word of this length may hold. */
export function allowedTypos(word: string): number {
  if (word.length < 4) return 0;
  return word.length < 8 ? 1 : 2;
}

/** Longer words than this are cut. */
const MAX_LENGTH = 40;

/** Counts typos; keeps its working memory between calls. */
export class Typos {
  #before = new Uint8Array(MAX_LENGTH + 1);
  #last = new Uint8Array(MAX_LENGTH + 1);
  #row = new Uint8Array(MAX_LENGTH + 1);

  /**
   * Letters to insert, leave out, replace or swap with their neighbour to get from `typed` to `word` or to a beginning
   * of it; `limit + 1` where it takes more than `limit`.
   */
  between(typed: string, word: string, limit: number): number {
    const height = Math.min(typed.length, MAX_LENGTH);
    const width = Math.min(word.length, height + limit, MAX_LENGTH);
    for (let column = 0; column <= width; column++) this.#last[column] = column;
    for (let line = 1; line <= height; line++) {
      const row = this.#row;
      const last = this.#last;
      const letter = typed.charCodeAt(line - 1);
      let best = line;
      row[0] = line;
      for (let column = 1; column <= width; column++) {
        const other = word.charCodeAt(column - 1);
        let count = at(last, column - 1) + (letter === other ? 0 : 1);
        count = Math.min(count, at(last, column) + 1, at(row, column - 1) + 1);
        const swapped =
          line > 1 && column > 1 && letter === word.charCodeAt(column - 2) && other === typed.charCodeAt(line - 2);
        if (swapped) count = Math.min(count, at(this.#before, column - 2) + 1);
        row[column] = count;
        if (count < best) best = count;
      }
      if (best > limit) return limit + 1;
      [this.#before, this.#last, this.#row] = [last, row, this.#before];
    }
    let fewest = limit + 1;
    for (let column = Math.max(0, height - limit); column <= width; column++)
      fewest = Math.min(fewest, at(this.#last, column));
    return fewest;
  }
}

function at(row: Uint8Array, column: number): number {
  return row[column] ?? 0;
}

/** A bit for every letter of a word: what one word has and another lacks takes typos. */
export function lettersOf(word: string): number {
  let bits = 0;
  for (let index = 0; index < word.length; index++) bits |= 1 << (word.charCodeAt(index) & 31);
  return bits;
}

export function countBits(bits: number): number {
  let count = bits - ((bits >>> 1) & 0x55555555);
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333);
  return Math.imul((count + (count >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
