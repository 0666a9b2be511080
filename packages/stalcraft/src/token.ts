import { createHash } from "node:crypto";
import { inspect } from "node:util";

/** The kinds of access tokens the API knows. */
export const TokenType = {
  /** Belongs to a registered application (OAuth `client_credentials`). */
  APPLICATION: "application",
  /** Belongs to a player who linked an account (OAuth `authorization_code`). */
  USER: "user",
} as const;
export type TokenType = (typeof TokenType)[keyof typeof TokenType];

/** Characters an HTTP header may carry unescaped; anything else in a secret is a copying mistake. */
const headerSafe = /^[\x21-\x7e]+$/;

/**
 * An access token. Its value is readable through `value` only: `JSON.stringify`, `String` and `util.inspect`
 * show the type alone.
 *
 * @throws TypeError when the value is empty or holds spaces, line breaks or other characters no token has.
 */
export class Token {
  readonly type: TokenType;
  readonly #value: string;

  constructor(value: string, type: TokenType) {
    if (!headerSafe.test(value)) throw new TypeError("A token must be visible ASCII characters without spaces.");
    this.#value = value;
    this.type = type;
  }

  /** The secret itself. */
  get value(): string {
    return this.#value;
  }

  toString(): string {
    return `[Token ${this.type}]`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }
}

/** An application's id and secret, which the API takes as headers in place of an application token. */
export interface ClientCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What one request is authorised with. Never leaves the client core. */
export class Credential {
  /** Tells credentials apart without holding the secret: a digest. Part of cache keys. */
  readonly key: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #secrets: readonly string[];

  private constructor(key: string, headers: Readonly<Record<string, string>>, secrets: readonly string[]) {
    this.key = key;
    this.#headers = headers;
    this.#secrets = secrets;
  }

  static readonly none = new Credential("none", {}, []);

  static ofToken(token: Token): Credential {
    return new Credential(digest(token.value), { authorization: `Bearer ${token.value}` }, [token.value]);
  }

  /** @throws TypeError when id or secret could not be sent as a header. */
  static ofClient({ clientId, clientSecret }: ClientCredentials): Credential {
    if (!headerSafe.test(clientId) || !headerSafe.test(clientSecret)) {
      throw new TypeError("Client id and client secret must be visible ASCII characters without spaces.");
    }
    const headers = { "client-id": clientId, "client-secret": clientSecret };
    return new Credential(digest(`${clientId}\n${clientSecret}`), headers, [clientSecret]);
  }

  get headers(): Readonly<Record<string, string>> {
    return this.#headers;
  }

  /** `text` without the secret: a server, or something in between, may echo what it was sent. */
  redact(text: string): string {
    return this.#secrets.reduce((clean, secret) => clean.replaceAll(secret, "[redacted]"), text);
  }
}

function digest(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url").slice(0, 22);
}
