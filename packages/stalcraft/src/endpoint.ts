import { z } from "zod";
import type { SharedAnswers, SharedQuestion } from "./answers.js";
import type { Clock } from "./clock.js";
import { InvalidResponseError, NotFoundError, TimeoutError } from "./errors.js";
import { exactly, parseQuickly, TooDeepError } from "./json.js";
import { notify, type Observer } from "./observer.js";
import { type Asker, type CallOptions, type Query, queryString, type RouteName } from "./request.js";
import { Cache } from "./session/cache.js";
import { type Flight, Flights } from "./session/flight.js";
import type { Request, Session } from "./session/session.js";
import type { Access, Credentials } from "./session/credentials.js";
import { Credential } from "./token.js";

/** What is fixed about an endpoint of the API. */
export interface EndpointDefinition<S, T> {
  readonly route: RouteName;
  readonly access: Access;
  /** Points of the rate limit per request. */
  readonly cost: number;
  /** How long an answer stays good, in milliseconds. */
  readonly ttl: number;
  /**
   * Reads the JSON of a success that is as nearly all are: with nothing in it that is not known. Undefined of all others.
   * Gets what is nested to any depth, and rounded integers; must give what `read` would.
   */
  readonly readUsual?: (json: unknown, receivedAt: Date) => S | undefined;
  /** Reads the JSON of a success. Throws a `ZodError` when it has another shape. */
  readonly read: (json: unknown, receivedAt: Date) => S;
  /** What a caller gets of that: a separate copy, where values can be changed. */
  readonly give: (value: S) => T;
  /** How many entries of lists in it were left out. */
  readonly skippedIn: (value: S) => number;
  /** An empty success means that the thing exists and is not shown. */
  readonly emptyIsHidden?: true;
}

/** What all endpoints of one client share. */
export interface EndpointContext {
  readonly session: Session;
  readonly credentials: Credentials;
  readonly clock: Clock;
  /** What time it is for the age of answers. */
  readonly now: () => number;
  readonly observer: Observer;
  readonly answers: SharedAnswers | undefined;
  readonly timeout: number;
  readonly backgroundTimeout: number;
  readonly cacheEntries: number;
  readonly cacheBytes: number;
  /** Where it differs from the definitions; "off" is 0 everywhere. */
  readonly cacheTtl: Readonly<Partial<Record<RouteName, number>>> | "off";
}

/** One endpoint: credentials, cache, one flight for identical calls, reading of answers. */
export class Endpoint<S, T> {
  readonly #definition: EndpointDefinition<S, T>;
  readonly #context: EndpointContext;
  readonly #ttl: number;
  readonly #cache: Cache<S>;
  readonly #flights: Flights<S>;

  constructor(definition: EndpointDefinition<S, T>, context: EndpointContext) {
    this.#definition = definition;
    this.#context = context;
    this.#ttl = context.cacheTtl === "off" ? 0 : (context.cacheTtl[definition.route] ?? definition.ttl);
    this.#cache = new Cache(context.cacheEntries, context.cacheBytes);
    this.#flights = new Flights(context.clock);
  }

  /**
   * @param path escaped, as made by `path()`.
   * @param asker who asks, where the options do not say it.
   * Rejects with a `StalcraftError` or with the reason of the caller's signal. */
  async call(path: string, query: Query, options: CallOptions, asker?: Asker): Promise<T> {
    const { signal, maxAge = this.#ttl, priority = "interactive" } = options;
    const context = this.#context;
    const { session, credentials, clock, now, observer, answers } = context;
    const { route, cost, access, give } = this.#definition;
    const facts = { method: "GET", path };
    const credential = credentials.choose(access, options.token, facts);
    signal?.throwIfAborted();

    const target = queryString(query);
    const key = `${credential.key} ${path}${target}`;
    const cached = maxAge > 0 ? this.#cache.get(key, maxAge, now()) : undefined;
    if (cached !== undefined) {
      notify(() => observer.cacheHit?.({ route, path: path + target }));
      return give(cached);
    }

    const timeout = options.timeout ?? (priority === "interactive" ? context.timeout : context.backgroundTimeout);
    const deadline = clock.now() + timeout;
    const keep = maxAge > 0 || this.#ttl > 0 ? key : undefined;
    const read = (body: string, status: number): S => this.#read(body, status, request, keep);
    const request: Request<S> = { route, cost, path, query: target, credential, read };
    if (this.#flights.has(key)) {
      notify(() => observer.joined?.({ route, path: path + target }));
      // The flight may be a patient one: a caller in a hurry hears at once that there are no points.
      if (priority === "interactive") session.requirePoints(request, deadline);
    }
    const late = (flight: Flight): Error => session.whyQueued(request, flight) ?? new TimeoutError(timeout, facts);
    const caller = { signal, priority, asker: askerOf(options, asker), deadline, late };
    const isShared = maxAge > 0 && (credential === Credential.none || credential === credentials.own);
    const work =
      answers && isShared
        ? (flight: Flight) => this.#share(answers, request, flight, { key, route, maxAge, priority })
        : (flight: Flight) => session.fetch(request, flight);
    return give(await this.#flights.join(key, caller, work));
  }

  /** What another process has been told, or else what this one is, for all. */
  async #share(answers: SharedAnswers, request: Request<S>, flight: Flight, question: SharedQuestion): Promise<S> {
    const { session, now } = this.#context;
    const found = await answers.find(question);
    try {
      if (found) return this.#read(found.body, 200, request, question.key, now() - found.age);
    } catch {
      // Another release may keep what this one cannot read.
    }
    try {
      flight.cancellation.throwIfCancelled();
      const read = (body: string, status: number): S => {
        const value = request.read(body, status);
        answers.keep(question, body);
        return value;
      };
      return await session.fetch({ ...request, read }, flight);
    } catch (error) {
      answers.drop(question);
      throw error;
    }
  }

  /** Drops what is cached. */
  forget(): void {
    this.#cache.clear();
  }

  /** @param keep where in the cache the value goes, if anywhere. */
  #read(
    body: string,
    status: number,
    { path, query }: Request<S>,
    keep: string | undefined,
    receivedAt = this.#context.now(),
  ): S {
    const { route, readUsual, read, skippedIn, emptyIsHidden } = this.#definition;
    const { observer } = this.#context;
    let value: S;
    try {
      const json = parseQuickly(body);
      const at = new Date(receivedAt);
      value = readUsual?.(json, at) ?? read(exactly(json, body), at);
    } catch (error) {
      const facts = { method: "GET", path, status };
      if (body.trim() !== "") throw new InvalidResponseError(problemOf(error), facts);
      throw emptyIsHidden ? new NotFoundError("hidden", facts) : new InvalidResponseError("empty", facts);
    }
    const count = skippedIn(value);
    if (count > 0) notify(() => observer.skipped?.({ route, path: path + query, count }));
    if (keep !== undefined) this.#cache.set(keep, value, body.length, receivedAt);
    return value;
  }
}

function askerOf({ token, asker }: CallOptions, usual: Asker | undefined): Asker | undefined {
  // Nobody else asks with a token that is given with the call.
  if (token !== undefined && token !== "") return undefined;
  return asker === undefined ? usual : (asker ?? undefined);
}

/** Says what is wrong without quoting the answer. */
function problemOf(error: unknown): string {
  if (error instanceof TooDeepError) return error.message;
  if (!(error instanceof z.ZodError)) return "not JSON";
  const [issue] = error.issues;
  return issue === undefined ? "another shape" : `${issue.path.map(String).join(".") || "the whole"}: ${issue.message}`;
}
