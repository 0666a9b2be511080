import { MINUTE_MS, type Clock } from "../time.js";
import type { Copies } from "./copies/copies.js";
import { SourceError, type Source, type SourceFile } from "./source/index.js";

/** Where files come from, and where copies of them are kept. */
export interface Supply {
  readonly source: Source;
  /** Undefined: the source is as near as copies would be. */
  readonly copies: Copies | undefined;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const PATIENCE_MS = MINUTE_MS;
const LIMIT = 32 * 1_024 * 1_024;

export interface Failure {
  readonly at: Date;
  /** In a few words that everybody may read, such as `ru/listing.json answered 503`. */
  readonly what: string;
}

/**
 * A file that everybody uses: in memory, read again when asked to. Whatever goes wrong, what was read before stays.
 */
export class SharedFile<T> {
  readonly #path: string;
  readonly #parse: (json: unknown) => T;
  readonly #supply: Supply;
  #value: T | undefined;
  #version: string | undefined;
  #readAt: Date | undefined;
  #failure: Failure | undefined;

  /** `parse` throws at what is no such file. */
  constructor(path: string, parse: (json: unknown) => T, supply: Supply) {
    this.#path = path;
    this.#parse = parse;
    this.#supply = supply;
  }

  get value(): T | undefined {
    return this.#value;
  }

  /** When the source last confirmed it. */
  get readAt(): Date | undefined {
    return this.#readAt;
  }

  /** Why the last attempt failed; undefined when it did not. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Takes the copy that is kept, if there is one that can be read. */
  async load(): Promise<void> {
    const copy = await this.#supply.copies?.get(this.#path);
    if (!copy) return;
    try {
      this.#take(copy, this.#read(copy.bytes), copy.checkedAt);
    } catch {
      // As if there were none: it is requested again.
    }
  }

  /** Asks the source. Resolves with what went wrong; never rejects. */
  async refresh(): Promise<SourceError | undefined> {
    const { clock } = this.#supply;
    try {
      await this.#ask();
      return undefined;
    } catch (error) {
      const reason = error instanceof SourceError ? error.message : "failed";
      this.#failure = { at: new Date(clock.now()), what: `${this.#path} ${reason}` };
      const retryAt = error instanceof SourceError ? error.retryAt : undefined;
      return new SourceError(this.#failure.what, { cause: error, retryAt });
    }
  }

  async #ask(): Promise<void> {
    const { source, copies, clock, signal } = this.#supply;
    const known = this.#version;
    const file = await source.read(this.#path, { known, limit: LIMIT, patience: PATIENCE_MS, signal });
    const checkedAt = clock.now();
    if (file === "missing") throw new SourceError("is not there");
    if (file === "unchanged") {
      this.#confirm(checkedAt);
      await copies?.confirm(this.#path, checkedAt);
      return;
    }
    this.#take(file, this.#read(file.bytes), checkedAt);
    await copies?.put(this.#path, { ...file, checkedAt });
  }

  #read(bytes: Buffer): T {
    try {
      return this.#parse(JSON.parse(bytes.toString("utf8")));
    } catch (error) {
      throw new SourceError("is not what it should be", { cause: error });
    }
  }

  #take(file: SourceFile, value: T, checkedAt: number): void {
    this.#value = value;
    this.#version = file.version;
    this.#confirm(checkedAt);
  }

  #confirm(checkedAt: number): void {
    this.#readAt = new Date(checkedAt);
    this.#failure = undefined;
  }
}
