import type { SharedAnswers } from "./answers.js";
import { type Clock, type Random, systemClock } from "./clock.js";
import { createEndpoints, type Endpoints } from "./endpoints.js";
import { AuctionMethods } from "./methods/auction.js";
import { CharactersMethods } from "./methods/characters.js";
import { ClansMethods } from "./methods/clans.js";
import { EmissionsMethods } from "./methods/emissions.js";
import { FriendsMethods } from "./methods/friends.js";
import { OperationsMethods } from "./methods/operations.js";
import { RegionsMethods } from "./methods/regions.js";
import type { Observer } from "./observer.js";
import type { PointsAccount } from "./points.js";
import { type Asker, requireRegion, type RouteName } from "./request.js";
import { parseBaseAddress, Server } from "./server.js";
import { Credentials } from "./session/credentials.js";
import { type BudgetSnapshot, Session } from "./session/session.js";
import { type ClientCredentials, Credential, Token, TokenType } from "./token.js";

export interface CacheOptions {
  /** How long answers stay good, in milliseconds, where it should differ from the default. 0 turns a route's cache off. */
  readonly ttl?: Readonly<Partial<Record<RouteName, number>>> | undefined;
  /** Answers kept per route at most. Default 500. */
  readonly entries?: number | undefined;
  /** Approximate bytes kept per route at most. Default 4 MiB. */
  readonly bytes?: number | undefined;
}

export interface APIOptions {
  /** Stored tokens. Of several of one type the last counts. */
  readonly tokens?: Token | Iterable<Token> | undefined;
  /** An application's id and secret; used when there is no application token. */
  readonly credentials?: ClientCredentials | undefined;
  /** `Server.PRODUCTION` by default, or any http(s) base address. */
  readonly server?: string | undefined;
  /** False turns the cache off; a call may still ask for it with `maxAge`. */
  readonly cache?: CacheOptions | false | undefined;
  /** Milliseconds for one try. Default 3,000. */
  readonly tryTimeout?: number | undefined;
  /** Milliseconds for an interactive call with all its tries. Default 8,000. */
  readonly timeout?: number | undefined;
  /** Milliseconds for a background call, which may wait for points. Default 90,000. */
  readonly backgroundTimeout?: number | undefined;
  /** Tries per call. Default 3. */
  readonly attempts?: number | undefined;
  /** Connections, and so requests at once. Default 16. */
  readonly connections?: number | undefined;
  /** Default "zonewire". */
  readonly userAgent?: string | undefined;
  readonly observer?: Observer | undefined;
  readonly clock?: Clock | undefined;
  /** What time it is for the age of answers, in epoch milliseconds. Default: the clock's. */
  readonly now?: (() => number) | undefined;
  readonly random?: Random | undefined;
  /** Where several processes use one application: its points, which they spend together. Players' tokens have their own. */
  readonly points?: PointsAccount | undefined;
  /** Where several processes use one application: the answers that one has and the others need not ask for. */
  readonly answers?: SharedAnswers | undefined;
}

/** What a client is, whoever asks. */
class Core {
  readonly credentials: Credentials;
  readonly session: Session;
  readonly endpoints: Endpoints;

  constructor(options: APIOptions) {
    const { tokens = [], clock = systemClock, observer = {}, cache = {}, points } = options;
    this.credentials = new Credentials(tokens instanceof Token ? [tokens] : tokens, options.credentials);
    const { own } = this.credentials;
    this.session = new Session({
      address: parseBaseAddress(options.server ?? Server.PRODUCTION),
      clock,
      observer,
      random: options.random ?? Math.random,
      connections: options.connections ?? 16,
      tryTimeout: options.tryTimeout ?? 3_000,
      attempts: options.attempts ?? 3,
      userAgent: options.userAgent ?? "zonewire",
      points: points && own && { account: points, credential: own.key },
    });
    this.endpoints = createEndpoints({
      session: this.session,
      credentials: this.credentials,
      clock,
      now: options.now ?? (() => clock.now()),
      observer,
      answers: options.answers,
      timeout: options.timeout ?? 8_000,
      backgroundTimeout: options.backgroundTimeout ?? 90_000,
      cacheEntries: (cache === false ? undefined : cache.entries) ?? 500,
      cacheBytes: (cache === false ? undefined : cache.bytes) ?? 4 * 1024 * 1024,
      cacheTtl: cache === false ? "off" : (cache.ttl ?? {}),
    });
  }
}

/** A client as one asker has it. */
class View {
  readonly core: Core;
  readonly asker: Asker | undefined;

  constructor(core: Core, asker: Asker | undefined) {
    this.core = core;
    this.asker = asker;
  }
}

/**
 * The STALCRAFT: X API.
 *
 * Calls reject with a `StalcraftError`, or with their own signal's reason. Identical calls made at the same time share
 * one request; answers are cached for a short time; failed requests are repeated; the points of the rate limit are
 * counted, so that nothing is sent that would be refused; among several askers they are shared fairly.
 *
 * @example
 * const api = new API({ tokens: new Token(secret, TokenType.APPLICATION) });
 * const lots = await api.auction("EU").getItemLots("zyv9", { limit: 200, additional: true });
 */
export class API {
  readonly #core: Core;
  readonly #asker: Asker | undefined;

  /** @throws TypeError when the server's address or the credentials cannot be used. */
  constructor(options: APIOptions | View = {}) {
    this.#core = options instanceof View ? options.core : new Core(options);
    this.#asker = options instanceof View ? options.asker : undefined;
  }

  /**
   * The same client for one asker: its calls take of their share of the points, unless a call names another. All the rest,
   * such as the cache, is one; so closing or forgetting one closes or forgets all.
   */
  as(asker: Asker | undefined): API {
    return new API(new View(this.#core, asker));
  }

  /** The regions of the game. */
  regions(): RegionsMethods {
    return new RegionsMethods(this.#core.endpoints, this.#asker);
  }

  /** Emissions. @throws InvalidRequestError when `region` could not be one; so do all groups below. */
  emissions(region: string): EmissionsMethods {
    return new EmissionsMethods(this.#core.endpoints, requireRegion(region), this.#asker);
  }

  /** Friends of a player's own characters. */
  friends(region: string): FriendsMethods {
    return new FriendsMethods(this.#core.endpoints, requireRegion(region), this.#asker);
  }

  /** Lots and sales. */
  auction(region: string): AuctionMethods {
    return new AuctionMethods(this.#core.endpoints, requireRegion(region), this.#asker);
  }

  /** Clans and their members. */
  clans(region: string): ClansMethods {
    return new ClansMethods(this.#core.endpoints, requireRegion(region), this.#asker);
  }

  /** Characters and profiles. */
  characters(region: string): CharactersMethods {
    return new CharactersMethods(this.#core.endpoints, requireRegion(region), this.#asker);
  }

  /** Finished operations. */
  operations(region: string): OperationsMethods {
    return new OperationsMethods(this.#core.endpoints, requireRegion(region), this.#asker);
  }

  /**
   * The value of a stored token.
   *
   * @throws MissingTokenError when none of this type is stored.
   */
  getToken(type: TokenType): string {
    return this.#core.credentials.token(type);
  }

  /** The points of a credential (by default the application's), the queue and the circuit breaker, for status pages. */
  budget(token?: string | Token): BudgetSnapshot {
    const { credentials, session } = this.#core;
    if (token === undefined) return session.snapshot((credentials.application ?? Credential.none).key);
    const given = token instanceof Token ? token : new Token(token, TokenType.USER);
    return session.snapshot(Credential.ofToken(given).key);
  }

  /** Drops all cached answers: the next calls ask the API. */
  forget(): void {
    for (const endpoint of Object.values(this.#core.endpoints)) endpoint.forget();
  }

  /** Ends everything: calls under way and later ones reject with a `ConnectionError`. */
  async close(): Promise<void> {
    await this.#core.session.close();
  }
}
