import type { Random } from "../time.js";
import { truncate } from "./embed.js";
import type { OptionValue } from "./interaction.js";
import type { ParamsOf, Said, TextKey, TextParams } from "./texts.js";

/** Something that may have been meant. */
export interface Alternative {
  /** On its button. */
  readonly label: string;
  /** The options that say so, in place of those that were given. */
  readonly options: Readonly<Record<string, OptionValue>>;
}

interface Further extends ErrorOptions {
  /** Of a text that names nothing for sure: each of up to five gets a button, which runs the same command for it. */
  readonly alternatives?: readonly Alternative[];
}

/** A text's parameters, as `t` takes them. */
type Saying<K extends TextKey> =
  ParamsOf<K> extends [infer P] ? [params: P, further?: Further] : [params?: undefined, further?: Further];

/**
 * Something the person can act on: shown translated and to them alone. Any other exception is a bug, of which they
 * see only an id.
 */
export class UserError<K extends TextKey = TextKey> extends Error implements Said {
  override readonly name = "UserError";
  readonly key: TextKey;
  readonly params: TextParams;
  readonly alternatives: readonly Alternative[];

  constructor(key: K, ...saying: Saying<K>);
  constructor(key: K, params: TextParams = {}, { alternatives = [], ...options }: Further = {}) {
    super(key, options);
    this.key = key;
    this.params = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, shortened(value)]));
    this.alternatives = alternatives;
  }
}

const ID_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";

/** A short id that ties what a person saw to a line in the log; no letters that look alike. */
export function errorId(random: Random): string {
  return Array.from({ length: 8 }, () => ID_LETTERS[Math.floor(random() * ID_LETTERS.length)]).join("");
}

/** So long a name of something leaves room for what the text says about it. */
const LONGEST_PARAM = 1_000;

function shortened(value: string | number): string | number {
  return typeof value === "string" ? truncate(value, LONGEST_PARAM) : value;
}
