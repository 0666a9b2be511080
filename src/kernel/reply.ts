/**
 * An answer that can be changed from outside for 15 minutes after its interaction. Whoever holds the token can write
 * in the bot's name there, so neither JSON nor an inspection of this object shows it.
 */
export class Reply {
  readonly applicationId: string;
  readonly #token: string;

  constructor({ applicationId, token }: { readonly applicationId: string; readonly token: string }) {
    this.applicationId = applicationId;
    this.#token = token;
  }

  /** The token, for a sealed place or a request: never for a log. */
  reveal(): string {
    return this.#token;
  }
}
