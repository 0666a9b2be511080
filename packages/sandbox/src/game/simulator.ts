import type { Server } from "node:http";
import { type Clock, systemClock } from "../clock.js";
import type { Answer, GameRequest } from "./http/answer.js";
import { Applications } from "./http/applications.js";
import { Budget, type BudgetQuirks } from "./http/budget.js";
import { Faults } from "./http/faults.js";
import { GameApi } from "./http/game-api.js";
import { Login } from "./http/login.js";
import { RequestLog } from "./http/request-log.js";
import { type ServerParts, listen, shut } from "./http/server.js";
import { type TimePrecision, timesOf } from "./http/times.js";
import { Tokens } from "./http/tokens.js";
import { Roster } from "./roster.js";
import { ItemServer } from "./items/item-server.js";
import { findAccount } from "./world/accounts.js";
import type { Emission, EmissionSchedule } from "./world/emissions.js";
import { landmarks } from "./world/landmarks.js";
import type { LotOffer } from "./world/lots.js";
import type { ChangedProfile } from "./world/population.js";
import { findRegion, type RegionId } from "./world/regions.js";
import { DAY } from "./world/time.js";
import { WorldClock } from "./world/world-clock.js";
import { World } from "./world/world.js";

export interface GameSimulatorOptions {
  /** Default: a new world of `seed`. */
  readonly world?: World;
  /** Default 1. */
  readonly seed?: number;
  /** Clans per region of a new world, at least 4. Default 36. */
  readonly clansPerRegion?: number;
  /** Of a new world: whether lots are listed 10 to 20 minutes after they were put up, as the real ones. Default false. */
  readonly lateLots?: boolean;
  /** Of a new world: whether emissions come by hand alone, and not also at times of their own. Default false. */
  readonly calm?: boolean;
  /** Rules tokens, budgets and faults, and the world's time until that is steered. Default: the machine's. */
  readonly clock?: Clock;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Points per minute of an application. Default 400; players' tokens have 50. */
  readonly limitPerMinute?: number;
  /** How moments are written. Default seconds. */
  readonly timePrecision?: TimePrecision;
  /** Where the login may send people back to. More can be added later with `allowRedirect`. */
  readonly redirectUris?: readonly string[];
  /** How long access tokens live, in milliseconds. Default one year. */
  readonly tokenLifetime?: number;
  /** Whether the login has a revocation endpoint; whether the real one has is not known. Default true. */
  readonly revocation?: boolean;
  readonly quirks?: BudgetQuirks;
  /** How many requests the log keeps. Default 1,000. */
  readonly logCapacity?: number;
}

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
  /** An application token that does not expire in practice. */
  readonly appToken: string;
}

/** The simulated game on a socket: API at `/`, EXBO login at `/oauth`, item database at `/items`. */
export class GameSimulator {
  readonly world: World;
  /** The world's time, which can be stopped and hurried. */
  readonly time: WorldClock;
  /** Of the application that is registered from the start. */
  readonly credentials: Credentials;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly apiUrl: string;
  readonly oauthUrl: string;
  readonly itemsUrl: string;
  readonly #engine: Engine;
  readonly #server: Server;

  /** Starts listening. Rejects when the port is taken. */
  static async start(options: GameSimulatorOptions = {}): Promise<GameSimulator> {
    const { host = "127.0.0.1", port = 0 } = options;
    const engine = makeEngine(options);
    const server = await listen(engine, host, port);
    return new GameSimulator(engine, server, originOf(server, host));
  }

  private constructor(engine: Engine, server: Server, origin: string) {
    this.#engine = engine;
    this.#server = server;
    this.world = engine.world;
    this.time = engine.time;
    this.credentials = engine.register(engine.limitPerMinute);
    this.faults = engine.faults;
    this.requests = engine.requests;
    this.apiUrl = origin;
    this.oauthUrl = `${origin}/oauth`;
    this.itemsUrl = `${origin}/items`;
  }

  /** Registers one more application, with a budget of its own. */
  registerApplication(limitPerMinute = this.#engine.limitPerMinute): Credentials {
    return this.#engine.register(limitPerMinute);
  }

  /** Lets the login send people back to `uri` (for the first application; compared exactly). */
  allowRedirect(uri: string): void {
    this.#engine.applications.find(this.credentials.clientId)?.redirectUris.add(uri);
  }

  /** A new access token of a player (`landmarks.accounts`), as if they had just logged in. */
  issueUserToken(login: string): string {
    const account = findAccount(login);
    if (account === undefined) throw new RangeError(`no account ${login}`);
    const { tokens, tokenLifetime } = this.#engine;
    const lifetimes = { access: tokenLifetime, refresh: tokenLifetime };
    return tokens.issuePair(this.credentials.clientId, String(account.id), lifetimes).access;
  }

  /** Takes back every token of a player, as if they had withdrawn their consent at EXBO. */
  revokeTokensOf(login: string): void {
    const account = findAccount(login);
    if (account === undefined) throw new RangeError(`no account ${login}`);
    this.#engine.tokens.revokeAllOf(String(account.id));
  }

  /**
   * Starts an emission now, unless one is running; returns the one that runs.
   *
   * @param inMs its start lies so far ahead, though the API tells of it from now on
   */
  startEmission(region: RegionId, { inMs = 0 }: { inMs?: number } = {}): Emission {
    return this.#emissions(region).startNow(this.time.now(), inMs);
  }

  /** Ends the running emission now. Undefined: none runs. */
  endEmission(region: RegionId): Emission | undefined {
    return this.#emissions(region).endNow(this.time.now());
  }

  /** From now on the running emission is told to have started `ms` milliseconds later (or earlier) than before. */
  shiftEmission(region: RegionId, ms: number): Emission | undefined {
    return this.#emissions(region).shift(this.time.now(), ms);
  }

  /** For so many milliseconds of the world's time the API does not tell that an emission runs, though it goes on. */
  hideEmission(region: RegionId, ms: number): void {
    const now = this.time.now();
    this.#emissions(region).hide(now, now + ms);
  }

  /** Puts up lots of an item now. @throws RangeError when there is no such item */
  addLot(region: RegionId, itemId: string, offer: LotOffer): void {
    this.world.addLot(region, itemId, this.time.now(), offer);
  }

  /** What a piece is worth now; undefined: there is no such item. */
  usualPrice(region: RegionId, itemId: string, { quality = 0, level = 0 }: Pick<LotOffer, "quality" | "level"> = {}) {
    const place = findRegion(region);
    const market = place && this.world.market.item(place, itemId);
    return market?.level.unitPrice(this.time.now(), { rarity: quality, upgrade: level });
  }

  /** Somebody buys every lot of an item that was put up by hand. */
  buyAddedLots(region: RegionId, itemId: string): void {
    const place = findRegion(region);
    if (place) this.world.market.item(place, itemId)?.lots.clear(this.time.now());
  }

  /** Takes a clan into one's hands: its roster changes only by what is returned. @param clan its place in the list */
  roster(region: RegionId, clan: number = landmarks.clans.busy): Roster {
    return new Roster(this.world.region(region).population, clan, this.time);
  }

  /** From now on a profile is hidden, or shown again. @throws RangeError when nobody has the name */
  hideProfile(region: RegionId, name: string, hidden = true): void {
    this.#changeProfile(region, name, { hidden });
  }

  /** The statistics of a profile begin again from nothing. @throws RangeError when nobody has the name */
  setBackProfile(region: RegionId, name: string): void {
    this.#changeProfile(region, name, { setBackAt: this.time.now() });
  }

  /** Stops; connections that are open or still waiting for an answer are cut. */
  async close(): Promise<void> {
    await shut(this.#server);
  }

  #changeProfile(region: RegionId, name: string, change: ChangedProfile): void {
    const { population } = this.world.region(region);
    const character = population.findCharacter(name);
    if (character === undefined) throw new RangeError(`no character ${name} in ${region}`);
    population.changeProfile(character, change);
  }

  #emissions(region: RegionId): EmissionSchedule {
    return this.world.region(region).emissions;
  }
}

interface Engine extends ServerParts {
  readonly world: World;
  readonly time: WorldClock;
  readonly tokens: Tokens;
  readonly applications: Applications;
  readonly limitPerMinute: number;
  readonly tokenLifetime: number;
  readonly register: (limitPerMinute: number) => Credentials;
}

function makeEngine(options: GameSimulatorOptions): Engine {
  const { seed = options.world?.seed ?? 1, clock = systemClock, limitPerMinute = 400 } = options;
  const { clansPerRegion = 36, lateLots = false, tokenLifetime = 365 * DAY, redirectUris = [] } = options;
  const calmFrom = options.calm === true ? clock.now() : undefined;
  const world = options.world ?? new World({ seed, clansPerRegion, lateLots, calmFrom });
  const time = new WorldClock(clock);
  const tokens = new Tokens(seed, clock);
  const applications = new Applications(seed);
  const budget = new Budget(clock, options.quirks ?? {});
  const times = timesOf(options.timePrecision ?? "seconds");
  const api = new GameApi({ world, time, tokens, applications, budget, times });
  const login = new Login({ clock, tokens, applications, tokenLifetime, revocation: options.revocation ?? true });
  const items = new ItemServer();
  return {
    world,
    time,
    clock,
    tokens,
    applications,
    limitPerMinute,
    tokenLifetime,
    faults: new Faults(),
    loginOf: (request) => api.loginOf(request),
    requests: new RequestLog(options.logCapacity ?? 1_000),
    register: (limit) => {
      const { clientId, clientSecret } = applications.register(limit, redirectUris);
      return { clientId, clientSecret, appToken: tokens.lasting(clientId) };
    },
    answer: (request: GameRequest): Answer | Promise<Answer> => {
      const [, room, ...rest] = request.path.split("/");
      if (room === "oauth") return login.answer(request, `/${rest.join("/")}`);
      if (room === "items") return items.answer(request, rest.join("/"));
      return api.answer(request);
    },
  };
}

function originOf(server: Server, host: string): string {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the simulator is not listening");
  return `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`;
}
