import { LRUCache } from "lru-cache";
import { DAY_MS, HOUR_MS } from "../time.js";
import { SourceError } from "./source/index.js";
import type { Copy } from "./copies/copies.js";
import type { Supply } from "./shared-file.js";

/** After a failure, the same file is left alone for this long. */
const REST_MS = 30_000;
const PATIENCE_MS = 8_000;
const LIMIT = 1_024 * 1_024;
const MOST_RESTING = 5_000;

export interface SingleFilesOptions<T> extends Supply {
  /** @throws at what is no such file */
  readonly parse: (bytes: Buffer) => T;
  readonly onFailure: (error: unknown) => void;
}

/**
 * Files that are read when somebody asks for them, each once however many ask. A copy serves for a day unasked, and after
 * that whenever the source gives no answer.
 */
export class SingleFiles<T> {
  readonly #options: SingleFilesOptions<T>;
  readonly #flights = new Map<string, Promise<T | undefined>>();
  /** Files that are not requested before a time: those that are not there, for an hour, and those that failed. */
  readonly #resting = new LRUCache<string, number>({ max: MOST_RESTING });

  constructor(options: SingleFilesOptions<T>) {
    this.#options = options;
  }

  /** Undefined: there is no such file, or it cannot be had now. Never rejects. */
  get(path: string): Promise<T | undefined> {
    const flying = this.#flights.get(path);
    if (flying) return flying;
    const flight = this.#read(path).finally(() => this.#flights.delete(path));
    this.#flights.set(path, flight);
    return flight;
  }

  async #read(path: string): Promise<T | undefined> {
    const { copies, clock } = this.#options;
    const copy = await copies?.get(path);
    const kept = copy && this.#parsed(copy);
    const isResting = clock.now() < (this.#resting.get(path) ?? 0);
    if (isResting || (kept && clock.now() < kept.copy.checkedAt + DAY_MS)) return kept?.value;
    try {
      return await this.#ask(path, kept);
    } catch (error) {
      const reason = error instanceof SourceError ? error.message : "is not what it should be";
      this.#options.onFailure(new SourceError(`${path} ${reason}`, { cause: error }));
      this.#rest(path, REST_MS);
      return kept?.value;
    }
  }

  async #ask(path: string, kept: { copy: Copy; value: T } | undefined): Promise<T | undefined> {
    const { source, copies, clock, signal, parse } = this.#options;
    const file = await source.read(path, { known: kept?.copy.version, limit: LIMIT, patience: PATIENCE_MS, signal });
    if (file === "missing") {
      this.#rest(path, HOUR_MS);
      return undefined;
    }
    if (file === "unchanged") {
      await copies?.confirm(path, clock.now());
      return kept?.value;
    }
    const value = parse(file.bytes);
    await copies?.put(path, { ...file, checkedAt: clock.now() });
    return value;
  }

  /** Undefined for a copy that cannot be read. */
  #parsed(copy: Copy): { copy: Copy; value: T } | undefined {
    try {
      return { copy, value: this.#options.parse(copy.bytes) };
    } catch {
      return undefined;
    }
  }

  #rest(path: string, ms: number): void {
    this.#resting.set(path, this.#options.clock.now() + ms);
  }
}
