import type { Clock, Random } from "../clock.js";
import {
  ConnectionError,
  InvalidRequestError,
  InvalidResponseError,
  NotFoundError,
  RateLimitError,
  type RequestFacts,
  ServerError,
  StalcraftError,
  TimeoutError,
  UnauthorizedError,
} from "../errors.js";
import { type CircuitState, notify, type Observer, type Outcome } from "../observer.js";
import type { RouteName } from "../request.js";
import type { BaseAddress } from "../server.js";
import type { Credential } from "../token.js";
import { errorOf, isSuccess, limitReport } from "./answer.js";
import { type Admission, Breaker } from "./breaker.js";
import type { Flight } from "./flight.js";
import { isTransient, pause, retryDelay } from "./retry.js";
import { Closed, Exhausted } from "./refusals.js";
import { type Permit, Scheduler, type SharedPoints } from "./scheduler.js";
import { type RawAnswer, Transport, TransportFailure } from "./transport.js";

/** A GET request, ready to be sent as often as needed. */
export interface Request<T> {
  readonly route: RouteName;
  readonly cost: number;
  readonly path: string;
  /** "" or "?…" */
  readonly query: string;
  readonly credential: Credential;
  /** Reads a successful answer. Throws an `InvalidResponseError` or `NotFoundError` when it is none after all. */
  readonly read: (body: string, status: number) => T;
}

export interface SessionSettings {
  readonly address: BaseAddress;
  readonly clock: Clock;
  readonly random: Random;
  readonly observer: Observer;
  readonly connections: number;
  readonly tryTimeout: number;
  readonly attempts: number;
  readonly userAgent: string;
  readonly points: SharedPoints | undefined;
}

/** Failures in a row after which the API counts as down. */
const circuitThreshold = 5;
/** How long it is then left alone. Cooldown and one hung probe together stay well under 8 seconds. */
const circuitCooldown = 2_000;

/** What is known about the limits and the health of the API. */
export interface BudgetSnapshot {
  /** Points per minute; undefined before the first answer. */
  readonly limit: number | undefined;
  /** Points left in this minute, those of requests under way taken off. */
  readonly remaining: number | undefined;
  readonly resetAt: Date | undefined;
  /** Requests waiting for points or for a connection, of all credentials. */
  readonly queued: number;
  readonly circuit: CircuitState;
}

/** Sends requests: in order of priority, within the points, with retries, behind a circuit breaker. */
export class Session {
  readonly #settings: SessionSettings;
  readonly #transport: Transport;
  readonly #scheduler: Scheduler;
  readonly #breaker: Breaker;
  readonly #headers = new WeakMap<Credential, Readonly<Record<string, string>>>();
  #closed = false;

  constructor(settings: SessionSettings) {
    this.#settings = settings;
    const { address, clock, connections, tryTimeout, observer, points } = settings;
    this.#transport = new Transport(address, clock, tryTimeout);
    this.#scheduler = new Scheduler(clock, connections, points);
    this.#breaker = new Breaker(circuitThreshold, circuitCooldown, (state) => {
      // The connections of a dead server stay dead when it is back: the probe gets a new one.
      if (state === "open") this.#transport.renew();
      notify(() => observer.circuit?.(state));
    });
  }

  snapshot(credential: string): BudgetSnapshot {
    const budget = this.#scheduler.budget(credential)?.snapshot(this.#settings.clock.now());
    const { limit, remaining, resetAt } = budget ?? { limit: undefined, remaining: undefined, resetAt: undefined };
    return { limit, remaining, resetAt, queued: this.#scheduler.queued, circuit: this.#breaker.state };
  }

  /** @throws RateLimitError when an interactive request could not be sent before `deadline`. */
  requirePoints(request: Request<unknown>, deadline: number): void {
    const refusal = this.#scheduler.refusal(request.credential.key, request.cost, deadline);
    if (refusal) throw this.#exhausted(request, refusal);
  }

  /** The error for a caller whose time is up, when the request was held back for lack of points. */
  whyQueued(request: Request<unknown>, { queued, asker }: Flight): RateLimitError | undefined {
    if (!queued) return undefined;
    const { key } = request.credential;
    const refusal = this.#scheduler.refusal(key, request.cost, this.#settings.clock.now(), asker);
    return refusal && this.#exhausted(request, refusal);
  }

  /**
   * Sends a request until it succeeds, fails for good, or nobody waits any more. Rejects with a `StalcraftError`
   * (or with `Cancelled`, which nobody hears).
   */
  async fetch<T>(request: Request<T>, flight: Flight): Promise<T> {
    let failure: StalcraftError | undefined;
    for (let attempt = 1; ; attempt += 1) {
      const admitted = this.#admit(request, flight, failure);
      const leave = admitted instanceof Promise ? await admitted : admitted;
      try {
        flight.queued = false;
        const sentAt = this.#settings.clock.now();
        const answer = await this.#transport.get(
          request.path + request.query,
          this.#headersOf(request.credential),
          flight.cancellation,
        );
        return this.#take(answer, request, flight, leave, { attempt, sentAt });
      } catch (error) {
        flight.queued = true;
        if (!(error instanceof StalcraftError)) throw error;
        failure = error;
      }
      await this.#beforeRetry(failure, attempt, flight, request.credential);
    }
  }

  /** Ends everything: what waits and what is under way fails with a `ConnectionError`. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([this.#scheduler.close(), this.#transport.close()]);
  }

  /** Leave to send, perhaps after a wait. `failure` is how the try before this one ended: the better explanation. */
  #admit(request: Request<unknown>, flight: Flight, failure: StalcraftError | undefined): Leave | Promise<Leave> {
    flight.cancellation.throwIfCancelled();
    const { clock } = this.#settings;
    if (this.#closed) throw new ConnectionError("CLOSED", factsOf(request));
    if (this.#breaker.refuses(clock.now())) throw failure ?? this.#circuitOpen(request);
    const permit = this.#scheduler.acquire(request.credential.key, request.cost, flight);
    if (!(permit instanceof Promise)) return this.#enter(permit, request, failure);
    return permit.then(
      (granted) => this.#enter(granted, request, failure),
      (error: unknown) => {
        if (error instanceof Exhausted) throw failure ?? this.#exhausted(request, error);
        throw error instanceof Closed ? new ConnectionError("CLOSED", factsOf(request)) : error;
      },
    );
  }

  #enter(permit: Permit, request: Request<unknown>, failure: StalcraftError | undefined): Leave {
    const admission = this.#breaker.enter(this.#settings.clock.now());
    if (admission !== undefined) return { permit, admission };
    this.#scheduler.release(permit);
    throw failure ?? this.#circuitOpen(request);
  }

  /** What an answer, or the lack of one, comes to; throws a `StalcraftError` when that is a failure. */
  #take<T>(
    answer: RawAnswer | TransportFailure,
    request: Request<T>,
    flight: Flight,
    { permit, admission }: Leave,
    { attempt, sentAt }: Try,
  ): T {
    const { clock, observer } = this.#settings;
    const now = clock.now();
    const failed = answer instanceof TransportFailure;
    this.#scheduler.settle(permit, failed ? undefined : limitReport(answer));
    const error = failed ? this.#transportError(answer, request) : this.#errorOf(answer, request);
    const aborted = flight.cancellation.cancelled;
    const verdict = error !== undefined && isTransient(error) ? "failure" : "success";
    this.#breaker.leave(admission, aborted ? "undecided" : verdict, now);
    let outcome: Outcome = "ok";
    try {
      if (error !== undefined) throw error;
      if (failed) throw this.#transportError(answer, request);
      return request.read(answer.body, answer.status);
    } catch (failure) {
      outcome = aborted ? "aborted" : outcomeOf(failure);
      throw failure;
    } finally {
      if (observer.request) {
        const { route, cost } = request;
        const { priority } = flight;
        const path = request.path + request.query;
        const duration = now - sentAt;
        const status = failed ? undefined : answer.status;
        const event = { route, path, method: "GET", status, duration, cost, attempt, priority, outcome } as const;
        notify(() => observer.request?.(event));
      }
    }
  }

  #headersOf(credential: Credential): Readonly<Record<string, string>> {
    let headers = this.#headers.get(credential);
    if (headers === undefined) {
      const common = { accept: "application/json", "accept-encoding": "gzip", "user-agent": this.#settings.userAgent };
      headers = { ...common, ...credential.headers };
      this.#headers.set(credential, headers);
    }
    return headers;
  }

  #errorOf(answer: RawAnswer, request: Request<unknown>): StalcraftError | undefined {
    if (isSuccess(answer)) return undefined;
    const { credential } = request;
    return errorOf(answer, factsOf(request), this.snapshot(credential.key).resetAt, (text) => credential.redact(text));
  }

  /** Returns when another try is due. @throws the failure itself when none is. */
  async #beforeRetry(failure: StalcraftError, attempt: number, flight: Flight, { key }: Credential): Promise<void> {
    const { attempts, clock, random } = this.#settings;
    if (attempt >= attempts) throw failure;
    if (failure instanceof RateLimitError) {
      // The scheduler waits for the reset, or refuses at once. No person waits for a reset that nobody has named.
      if (flight.priority === "interactive" && this.#scheduler.budget(key)?.isGuessing(clock.now())) throw failure;
      return;
    }
    if (!isTransient(failure)) throw failure;
    const delay = retryDelay(attempt, random);
    if (clock.now() + delay >= flight.deadline) throw failure;
    await pause(clock, delay, flight.cancellation);
  }

  #transportError(error: TransportFailure, request: Request<unknown>): StalcraftError {
    const facts = factsOf(request);
    if (this.#closed) return new ConnectionError("CLOSED", facts);
    if (error.kind === "timeout") return new TimeoutError(this.#settings.tryTimeout, facts);
    return error.kind === "answer"
      ? new InvalidResponseError(error.code, facts)
      : new ConnectionError(error.code, facts);
  }

  #circuitOpen(request: Request<unknown>): ServerError {
    notify(() => this.#settings.observer.refused?.({ ...askedOf(request), reason: "circuit" }));
    return new ServerError(factsOf(request), true);
  }

  #exhausted(request: Request<unknown>, { until, lack }: Exhausted): RateLimitError {
    notify(() => this.#settings.observer.refused?.({ ...askedOf(request), reason: lack }));
    return new RateLimitError(new Date(until), factsOf(request), lack);
  }
}

/** Leave to send one request: of the scheduler and of the circuit breaker. */
interface Leave {
  readonly permit: Permit;
  readonly admission: Admission;
}

/** One of several, and when it was sent. */
interface Try {
  readonly attempt: number;
  readonly sentAt: number;
}

function factsOf({ path }: Request<unknown>): RequestFacts {
  return { method: "GET", path };
}

/** What an observer hears of a request. */
function askedOf({ route, path, query }: Request<unknown>) {
  return { route, path: path + query };
}

function outcomeOf(error: unknown): Outcome {
  if (error instanceof NotFoundError) return "not-found";
  if (error instanceof UnauthorizedError) return "unauthorized";
  if (error instanceof InvalidRequestError) return "invalid-request";
  if (error instanceof RateLimitError) return "rate-limited";
  if (error instanceof ServerError) return "server-error";
  if (error instanceof TimeoutError) return "timeout";
  if (error instanceof ConnectionError) return "connection-error";
  return "invalid-response";
}
