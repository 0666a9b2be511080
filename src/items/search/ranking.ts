/** Differences between scores smaller than this do not count. */
const STEP = 1 / 256;
/** Scores are above this. */
const LOWEST = -2;

/** Things by number, each with the best of its scores: the lowest. To be used again and again. */
export class Ranking {
  readonly #scores: Float64Array;
  /** The first `size` are those that have a score. */
  readonly #touched: Uint32Array;
  /** Of those, to be sorted. */
  readonly #keys: Float64Array;
  #size = 0;

  /** @param count how many things there are. */
  constructor(count: number) {
    this.#scores = new Float64Array(count).fill(Infinity);
    this.#touched = new Uint32Array(count);
    this.#keys = new Float64Array(count);
  }

  get size(): number {
    return this.#size;
  }

  /** How many have a score below this. */
  below(score: number): number {
    let count = 0;
    for (let at = 0; at < this.#size; at++) if ((this.#scores[this.#touched[at] ?? 0] ?? Infinity) < score) count++;
    return count;
  }

  clear(): void {
    for (let at = 0; at < this.#size; at++) this.#scores[this.#touched[at] ?? 0] = Infinity;
    this.#size = 0;
  }

  add(thing: number, score: number): void {
    const known = this.#scores[thing] ?? Infinity;
    if (known === Infinity) this.#touched[this.#size++] = thing;
    if (score < known) this.#scores[thing] = score;
  }

  /** The best ones, in order; before them those of `preferred` whose score is below `enough`. */
  best(limit: number, preferred: readonly number[], enough: number): number[] {
    const score = (thing: number) => this.#scores[thing] ?? Infinity;
    // One number holds score and thing: typed arrays sort numbers much faster than a comparison could.
    const count = this.#scores.length;
    for (let at = 0; at < this.#size; at++) {
      const thing = this.#touched[at] ?? 0;
      this.#keys[at] = Math.round((score(thing) - LOWEST) / STEP) * count + thing;
    }
    const keys = this.#keys.subarray(0, this.#size).sort();
    const ranked = Array.from(keys.subarray(0, limit), (key) => key % count);
    const first = preferred.filter((thing) => score(thing) < enough);
    return [...new Set([...first, ...ranked])].slice(0, limit);
  }
}
