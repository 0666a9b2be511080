/** Pairs of letters are told apart by a number below this; now and then two share one. */
const KINDS = 1 << 14;

/** Texts by the pairs of letters that stand in them next to each other. */
export class Pairs {
  readonly #texts: readonly string[];
  /** The texts that hold a pair are `#holders` from `#offsets[pair]` to `#offsets[pair + 1]`. */
  readonly #offsets = new Uint32Array(KINDS + 1);
  readonly #holders: Uint32Array;
  /** How many pairs a text shares with what is looked for; 0 between searches. */
  readonly #shared: Uint16Array;
  readonly #touched: Uint32Array;

  constructor(texts: readonly string[]) {
    this.#texts = texts;
    this.#shared = new Uint16Array(texts.length);
    this.#touched = new Uint32Array(texts.length);
    let total = 0;
    for (const text of texts) {
      for (let at = 0; at < text.length; at++) this.#count(pairAt(text, at) + 1);
      total += text.length;
    }
    for (let pair = 1; pair <= KINDS; pair++) this.#count(pair, this.#offset(pair - 1));
    this.#holders = new Uint32Array(total);
    const next = this.#offsets.slice();
    texts.forEach((text, index) => {
      for (let at = 0; at < text.length; at++) {
        const pair = pairAt(text, at);
        const place = next[pair] ?? 0;
        this.#holders[place] = index;
        next[pair] = place + 1;
      }
    });
  }

  /** Calls back with the texts that begin with `part`, or with `middles` that hold it, and where. */
  containing(part: string, middles: boolean, visit: (text: number, at: number) => void): void {
    let rarest = pairAt(part, middles && part.length > 1 ? 1 : 0);
    for (let at = 1; at < part.length; at++) {
      const pair = pairAt(part, at);
      if (this.#holding(pair) < this.#holding(rarest)) rarest = pair;
    }
    let last = -1;
    const end = this.#offset(rarest + 1);
    for (let place = this.#offset(rarest); place < end; place++) {
      const text = this.#holders[place] ?? 0;
      if (text === last) continue;
      last = text;
      const at = this.#texts[text]?.indexOf(part) ?? -1;
      if (at >= 0) visit(text, at);
    }
  }

  /** Calls back with the texts that share at least this many pairs with a word; its first letter makes one of its own. */
  sharing(word: string, least: number, visit: (text: number) => void): void {
    let size = 0;
    for (let at = 0; at < word.length; at++) {
      const pair = pairAt(word, at);
      const end = this.#offset(pair + 1);
      for (let place = this.#offset(pair); place < end; place++) {
        const text = this.#holders[place] ?? 0;
        const shared = this.#shared[text] ?? 0;
        if (shared === 0) this.#touched[size++] = text;
        this.#shared[text] = shared + 1;
      }
    }
    for (let at = 0; at < size; at++) {
      const text = this.#touched[at] ?? 0;
      if ((this.#shared[text] ?? 0) >= least) visit(text);
      this.#shared[text] = 0;
    }
  }

  #holding(pair: number): number {
    return this.#offset(pair + 1) - this.#offset(pair);
  }

  #offset(pair: number): number {
    return this.#offsets[pair] ?? 0;
  }

  #count(pair: number, by = 1): void {
    this.#offsets[pair] = this.#offset(pair) + by;
  }
}

/** The pair that ends at a place of a text. */
function pairAt(text: string, at: number): number {
  const before = at === 0 ? 0 : text.charCodeAt(at - 1);
  return (Math.imul(before, 97) + text.charCodeAt(at)) & (KINDS - 1);
}
