import { MissingTokenError, type RequestFacts } from "../errors.js";
import { type ClientCredentials, Credential, Token, TokenType } from "../token.js";

/** What an endpoint asks for: nothing, an application (or anybody), a player. */
export type Access = "none" | TokenType;

/** The stored credentials of a client, and the choice among them. */
export class Credentials {
  readonly #tokens: ReadonlyMap<TokenType, Token>;
  readonly #byType: ReadonlyMap<TokenType, Credential>;
  readonly #client: Credential | undefined;

  constructor(tokens: Iterable<Token>, client: ClientCredentials | undefined) {
    this.#tokens = new Map([...tokens].map((token) => [token.type, token]));
    this.#byType = new Map([...this.#tokens].map(([type, token]) => [type, Credential.ofToken(token)]));
    this.#client = client && Credential.ofClient(client);
  }

  /** @throws MissingTokenError when no token of this type is stored. */
  token(type: TokenType): string {
    const token = this.#tokens.get(type);
    if (token === undefined) throw new MissingTokenError(type);
    return token.value;
  }

  /**
   * What a request is authorised with.
   *
   * @throws MissingTokenError when there is nothing that could do.
   */
  choose(access: Access, perCall: string | Token | undefined, facts: RequestFacts): Credential {
    if (access === "none") return Credential.none;
    if (perCall instanceof Token) return Credential.ofToken(perCall);
    if (perCall !== undefined && perCall !== "") return Credential.ofToken(new Token(perCall, access));
    const user = this.#byType.get(TokenType.USER);
    const chosen = access === TokenType.USER ? user : this.application;
    if (chosen === undefined) throw new MissingTokenError(access, facts);
    return chosen;
  }

  /** The application's own, whatever a player's token may be used for. */
  get own(): Credential | undefined {
    return this.#byType.get(TokenType.APPLICATION) ?? this.#client;
  }

  /** The one that application endpoints use by default, if any. */
  get application(): Credential | undefined {
    return this.own ?? this.#byType.get(TokenType.USER);
  }
}
