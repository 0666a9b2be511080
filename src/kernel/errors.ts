import type { Random } from "../clock.js";
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
    this.params = params;
  }
}

const ID_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";

/** A short id that ties what a person saw to a line in the log; no letters that look alike. */
export function errorId(random: Random): string {
  return Array.from({ length: 8 }, () => ID_LETTERS[Math.floor(random() * ID_LETTERS.length)]).join("");
}
