import type { Random } from "../time.js";
import { truncate } from "./embed.js";
import type { TextKey, TextParams } from "./texts.js";

/**
 * Something the person can act on: shown translated and to them alone. Any other exception is a bug, of which they
 * see only an id.
 */
export class UserError extends Error {
  override readonly name = "UserError";
  readonly key: TextKey;
  readonly params: TextParams;

  constructor(key: TextKey, params: TextParams = {}, options?: ErrorOptions) {
    super(key, options);
    this.key = key;
    this.params = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, shortened(value)]));
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
