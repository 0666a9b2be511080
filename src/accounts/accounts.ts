import type { Clock } from "../time.js";
import type { Link, LinkedCharacter, ReadLink, Store, Tokens } from "../store/index.js";
import { UnauthorizedError } from "@zonewire/stalcraft";
import { isUnreadable } from "./errors.js";
import { ExboLogin, type ExboSettings } from "./exbo-login.js";
import { Linking, type AnswerHandle, type Asker, type Beginning, type LinkingResult } from "./linking.js";
import { PlayerTokens } from "./player-tokens.js";

export interface AccountsOptions {
  readonly store: Pick<Store, "attempts" | "links" | "personal">;
  /** Undefined: linking is not set up on this bot. Existing links stay, and work until their tokens expire. */
  readonly exbo: ExboSettings | undefined;
  /** The callback's public address, exactly as registered with EXBO. Asked at each linking: it may be known late. */
  readonly redirectUri: () => string;
  readonly clock: Clock;
  /** Called when a linking has ended, to change the private message in Discord. Nobody waits for it but `close`. */
  readonly onFinished?: (result: LinkingResult, message: AnswerHandle) => Promise<void> | void;
  /** For the log: failures that people see without details, and those of `onFinished`. They hold no secret. */
  readonly onFailure?: (error: unknown) => void;
}

/** A linked account of a person. */
export interface OwnAccount extends Link {
  /** A fresh access token; see `Accounts.token`. It was read along with the account, so it costs no further query. */
  readonly token: () => Promise<string>;
}

export type Unlinking =
  /** `revoked`: EXBO confirmed that the tokens are useless now. */
  { readonly kind: "unlinked"; readonly link: Link; readonly revoked: boolean } | { readonly kind: "not-linked" };

/** The EXBO accounts of Discord users: linking them, and asking the game's API in their names. */
export class Accounts {
  readonly #options: AccountsOptions;
  readonly #exbo: ExboLogin | undefined;
  readonly #linking: Linking;
  readonly #tokens: PlayerTokens;
  readonly #telling = new Set<Promise<void>>();

  constructor(options: AccountsOptions) {
    const { store, clock, redirectUri } = options;
    this.#options = options;
    this.#exbo = options.exbo && new ExboLogin(options.exbo, clock);
    const onFailure = (error: unknown) => options.onFailure?.(error);
    const parts = { store, exbo: this.#exbo, clock, redirectUri, onFailure };
    this.#linking = new Linking(parts);
    this.#tokens = new PlayerTokens(parts);
  }

  /** Whether people can link accounts on this bot. */
  get isSetUp(): boolean {
    return this.#exbo !== undefined;
  }

  /** Sends a person to the consent page. @throws StoreUnavailableError */
  begin(asker: Asker, message: AnswerHandle): Promise<Beginning> {
    return this.#linking.begin(asker, message);
  }

  /** What the callback was called with. Rejects for defects only. */
  async finish(parameters: URLSearchParams): Promise<LinkingResult> {
    const [result, message] = await this.#linking.finish(parameters);
    if (message) this.#tell(result, message);
    return result;
  }

  /** A person's links, the main one first. @throws StoreUnavailableError */
  async links(discordId: string): Promise<OwnAccount[]> {
    return (await this.#options.store.links.readableOf(discordId)).map((read) => this.#own(read));
  }

  /** The account for which a person's commands ask, unless they name another. @throws StoreUnavailableError */
  async main(discordId: string): Promise<OwnAccount | undefined> {
    const main = await this.#options.store.links.main(discordId);
    return main && this.#own(main);
  }

  /**
   * A fresh access token of a link.
   * @throws LinkAgainError; StoreUnavailableError; AccountAwayError when it has expired and EXBO renews none now, or no key
   *   opens it
   */
  token(linkId: string): Promise<string> {
    return this.#tokens.token(linkId);
  }

  /** Whether the game's API refused a token. */
  isRefusal(error: unknown): boolean {
    return error instanceof UnauthorizedError;
  }

  /**
   * After the game's API refused a token with 401: another one, or the same one when it is good. The API answers 401 also
   * for what a person may not see, so its refusal of another one says that.
   * @throws LinkAgainError, StoreUnavailableError, AccountAwayError
   */
  renewed(linkId: string, refused: string): Promise<string> {
    return this.#tokens.renewed(linkId, refused);
  }

  /** False: the person has no such link. @throws StoreUnavailableError */
  chooseMain(discordId: string, linkId: string): Promise<boolean> {
    return this.#options.store.links.chooseMain(discordId, linkId);
  }

  /** The main character of a linked account; null: none. False: the person has no such link. @throws StoreUnavailableError */
  chooseCharacter(discordId: string, linkId: string, character: LinkedCharacter | null): Promise<boolean> {
    return this.#options.store.links.chooseCharacter(discordId, linkId, character);
  }

  /** Forgets a link, then has its tokens revoked. @throws StoreUnavailableError */
  async unlink(discordId: string, linkId: string): Promise<Unlinking> {
    const { links } = this.#options.store;
    const read = (await links.readableOf(discordId)).find(({ link }) => link.id === linkId);
    if (!read || !(await links.remove(discordId, linkId))) return { kind: "not-linked" };
    return { kind: "unlinked", link: read.link, revoked: await this.#revoke(read) };
  }

  /**
   * Deletes everything that is stored about a person, then has the tokens of all links revoked.
   * @returns how many rows went, and of how many links EXBO did not confirm the revocation.
   * @throws StoreUnavailableError
   */
  async forget(discordId: string): Promise<{ readonly rows: number; readonly notRevoked: number }> {
    const { links, personal } = this.#options.store;
    const read = await links.readableOf(discordId);
    const rows = await personal.delete(discordId);
    const revoked = await Promise.all(read.map((one) => this.#revoke(one)));
    return { rows, notRevoked: revoked.filter((done) => !done).length };
  }

  /** Waits until Discord has been told of the linkings that ended. */
  async close(): Promise<void> {
    await Promise.all(this.#telling);
  }

  #tell(result: LinkingResult, message: AnswerHandle): void {
    const { onFinished, onFailure } = this.#options;
    const telling = (async () => onFinished?.(result, message))()
      .catch((error: unknown) => onFailure?.(error))
      .finally(() => this.#telling.delete(telling));
    this.#telling.add(telling);
  }

  #own(read: ReadLink): OwnAccount {
    return { ...read.link, token: () => this.#tokens.tokenOf(read) };
  }

  async #revoke(read: ReadLink): Promise<boolean> {
    const tokens = readTokens(read);
    return tokens !== undefined && this.#exbo !== undefined && (await this.#exbo.revoke(tokens));
  }
}

/** Undefined: nobody can read them. */
function readTokens(read: ReadLink): Tokens | undefined {
  try {
    return read.tokens();
  } catch (error) {
    if (isUnreadable(error)) return undefined;
    throw error;
  }
}
