import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import pLimit from "p-limit";
import { isOutage } from "../../last-known.js";
import { StoreUnavailableError, type CharacterReading } from "../../store/index.js";
import { backgroundPause, backoff, MINUTE_MS } from "../../time.js";
import { readCharacter } from "./characters.js";
import type { ReadingOptions } from "./ports.js";
import { readRoster } from "./rosters.js";
import { isThinnedOn } from "./turns.js";

/** The part of the API's points a minute that all processes together may take. */
export const SHARE = 0.1;
/** Points a minute of an application whose limit is not known yet; the lowest that was seen. */
const USUAL_LIMIT = 100;
const LEASE_MS = 3 * MINUTE_MS;
/** Claimed at once, and asked for at once. */
const MOST = { characters: 20, rosters: 5 };
const AT_ONCE = 4;
/** Between two rounds: whoever adds something waits no longer. */
const LONGEST_MS = 5 * MINUTE_MS;
const SHORTEST_MS = 2_000;
/** Lists that somebody wants since the last look are found so often. */
const ENSURE_MS = MINUTE_MS;
/** Pauses while the API or the database does not answer. */
const AWAY = { first: MINUTE_MS / 2, longest: 15 * MINUTE_MS };

/**
 * Reads once a day whose past is kept: claims a few that are due, asks for them in the background class, and stores what is
 * new. Any number of processes may do so on one database. What is not stored comes again, so a process may end at any time;
 * while the API is away, nothing is written down.
 */
export class HistoryReader {
  readonly #options: ReadingOptions;
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #ensuredAt = -Infinity;
  /** Times in a row that something was away. */
  #awayTimes = 0;
  #wake: () => void = () => undefined;

  constructor(options: ReadingOptions) {
    this.#options = options;
    // Each of the questions that are asked at once waits for it in several places.
    setMaxListeners(0, this.#stopping.signal);
  }

  start(): void {
    this.#running = this.#run();
  }

  /** There is something new to read. */
  wake(): void {
    this.#ensuredAt = -Infinity;
    this.#wake();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Reads what is due now. Returns the pause until the next time, in milliseconds. */
  async round(): Promise<number> {
    try {
      const { store, clock } = this.#options;
      const now = clock.now();
      if (now - this.#ensuredAt >= ENSURE_MS) {
        await store.rosters.ensure();
        this.#ensuredAt = now;
      }
      const pauses = [await this.#readRosters(), await this.#readCharacters()];
      this.#back();
      return Math.max(SHORTEST_MS, Math.min(LONGEST_MS, ...pauses.filter((ms) => ms !== undefined)));
    } catch (error) {
      if (this.#stopping.signal.aborted) return LONGEST_MS;
      return this.#away(error);
    }
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      // Whoever calls during the round is heard after it.
      const woken = new AbortController();
      this.#wake = () => {
        woken.abort();
      };
      await backgroundPause(await this.round(), this.#options.clock, AbortSignal.any([signal, woken.signal]));
    }
  }

  async #readRosters(): Promise<number | undefined> {
    const { rosters } = this.#options.store;
    const { claimed, nextInMs } = await rosters.claim(this.#claim(MOST.rosters));
    const left = await this.#each(claimed, async (roster) => {
      await rosters.commit(await readRoster(roster, this.#options, this.#stopping.signal));
    });
    await this.#leave(left, rosters);
    return nextInMs;
  }

  async #readCharacters(): Promise<number | undefined> {
    const { store, observer } = this.#options;
    const { claimed, nextInMs } = await store.characters.claim(this.#claim(MOST.characters));
    const readings: CharacterReading[] = [];
    const left = await this.#each(claimed, async (character) => {
      const { outcome, reading } = await readCharacter(character, this.#options, this.#stopping.signal);
      observer?.snapshot?.(outcome);
      if (reading) readings.push(reading);
    });
    await this.#keep(readings);
    await this.#leave(left, store.characters);
    return nextInMs;
  }

  /** One that the database refuses must not stop the others. */
  async #keep(readings: readonly CharacterReading[]): Promise<void> {
    const { store, clock } = this.#options;
    if (readings.length === 0) return;
    try {
      await store.characters.commit(readings);
      const thinned = readings.filter(({ number }) => isThinnedOn(clock.now(), number));
      if (thinned.length > 0) await store.thin(thinned.map(({ number }) => number));
    } catch (error) {
      if (isAway(error)) throw error;
      if (readings.length === 1) this.#refused(error);
      else for (const one of readings) await this.#keep([one]);
    }
  }

  /** Does the work for each, a few at a time. Undefined: all is done; else why the rest is left after an outage. */
  async #each<T extends { readonly lease: string }>(
    claimed: readonly T[],
    work: (one: T) => Promise<void>,
  ): Promise<Left | undefined> {
    let left: Left | undefined;
    await pLimit(AT_ONCE).map(claimed, async (one) => {
      if (left) return;
      try {
        await work(one);
      } catch (error) {
        if (isAway(error) || this.#stopping.signal.aborted) left ??= { error, lease: one.lease };
        else this.#refused(error);
      }
    });
    return left;
  }

  async #leave(left: Left | undefined, turns: { giveBack(lease: string): Promise<void> }): Promise<void> {
    if (!left) return;
    await turns.giveBack(left.lease).catch(() => undefined);
    throw left.error;
  }

  #refused(error: unknown): void {
    this.#options.log.warn({ err: error }, "what was read for the history could not be kept; it is tried again");
  }

  #claim(most: number) {
    const { api, leaseMs = LEASE_MS } = this.#options;
    return { lease: randomUUID(), leaseMs, most, perMinute: (api.budget().limit ?? USUAL_LIMIT) * SHARE };
  }

  #away(error: unknown): number {
    const { log } = this.#options;
    const what = isOutage(error) ? "the game's API gives no answer for the history" : "the history cannot be read on";
    if (this.#awayTimes === 0) log.warn({ err: error }, `${what}; trying again`);
    this.#awayTimes += 1;
    return backoff(this.#awayTimes, AWAY);
  }

  #back(): void {
    if (this.#awayTimes > 0) this.#options.log.info({}, "the history is read on");
    this.#awayTimes = 0;
  }
}

/** Nobody could go on now. */
const isAway = (error: unknown) => isOutage(error) || error instanceof StoreUnavailableError;

interface Left {
  readonly error: unknown;
  readonly lease: string;
}
