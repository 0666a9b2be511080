import { LRUCache } from "lru-cache";
import {
  ConnectionError,
  InvalidResponseError,
  NotFoundError,
  RateLimitError,
  ServerError,
  StalcraftError,
  TimeoutError,
} from "@zonewire/stalcraft";

const OUTAGES = [ServerError, ConnectionError, TimeoutError, InvalidResponseError, RateLimitError];

/** Whether the game's API gave no answer, rather than the answer that there is no such thing. */
export function isOutage(error: unknown): error is StalcraftError {
  return OUTAGES.some((kind) => error instanceof kind);
}

/** What `read` gives; undefined where the game's API answers that there is no such thing. @throws whatever else `read` throws */
export async function unlessGone<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

export interface Told<T> {
  readonly value: T;
  /** Why it could not be read again: the value is an older one. Undefined: it is fresh. */
  readonly outage: StalcraftError | undefined;
}

export interface LastKnownOptions<T> {
  /** How much is kept in all, in the measure of `sizeOf`; what was used longest ago goes first. */
  readonly most: number;
  /** A whole number from 1 up. */
  readonly sizeOf?: (value: T) => number;
}

/** What the game's API answered last, for the time when it does not answer. */
export class LastKnown<T extends object> {
  readonly #values: LRUCache<string, T>;

  constructor({ most, sizeOf = () => 1 }: LastKnownOptions<T>) {
    this.#values = new LRUCache({ maxSize: most, sizeCalculation: sizeOf });
  }

  /** @throws what `read` throws, where nothing is known or it is no outage. */
  async ask(key: string, read: () => Promise<T>): Promise<Told<T>> {
    try {
      const value = await read();
      this.#values.set(key, value);
      return { value, outage: undefined };
    } catch (error) {
      if (isOutage(error)) {
        const value = this.#values.get(key);
        if (value !== undefined) return { value, outage: error };
      }
      // The API did answer: there is no such thing any more, or it is not for this person.
      else if (error instanceof StalcraftError) this.#values.delete(key);
      throw error;
    }
  }

  /** Forgets everything whose key begins so. */
  forget(beginning: string): void {
    for (const key of this.#values.keys()) if (key.startsWith(beginning)) this.#values.delete(key);
  }
}
