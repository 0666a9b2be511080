import { pause, retrying, type Clock } from "../../time.js";
import { StoreUnavailableError, type DeliveryOutcome, type Outbox, type TargetRelease } from "../../store/index.js";

interface LedgerOptions {
  readonly outbox: Pick<Outbox, "note" | "release" | "giveUp">;
  readonly clock: Clock;
  /** The database does not answer; it is tried again. */
  readonly onFailure: (error: unknown) => void;
  /** The database never takes this, whatever else it takes: it is given up. */
  readonly onRefused: (error: unknown, what: { readonly delivery: number } | { readonly target: string }) => void;
  /** From when on nothing is tried again. */
  readonly signal: AbortSignal;
}

interface Release {
  readonly lease: string;
  readonly release: TargetRelease;
}

/** Between two writings: an embedded database works in our process, and nothing is sent while it does. */
const APART_MS = 250;
const PAUSES = { first: 500, longest: 15_000 };
/** So often the database has to refuse a single entry before that is believed: it may have met another writer. */
const REFUSALS = 3;

/**
 * Writes down what became of deliveries. What comes while something is being written is written together after it. While the
 * database is away it is tried again: what was sent must not be sent once more. An entry that the database refuses
 * is found by halves, and given up for itself: the others are written.
 */
export class Ledger {
  readonly #options: LedgerOptions;
  #outcomes: DeliveryOutcome[] = [];
  #releases: Release[] = [];
  #writing: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #writtenAt = -Infinity;
  /** Of which not even that they are given up could be written. */
  readonly #lost = new WeakMap<DeliveryOutcome, Error>();

  constructor(options: LedgerOptions) {
    this.#options = options;
  }

  /** Resolves when they are written or given up; rejects when that cannot be, or not before the bot stops. */
  async note(outcomes: readonly DeliveryOutcome[]): Promise<void> {
    this.#outcomes.push(...outcomes);
    await this.#flush();
    for (const one of outcomes) {
      const error = this.#lost.get(one);
      if (error) throw error;
    }
  }

  /** Gives a target back, after all that was noted before. */
  release(lease: string, release: TargetRelease): Promise<void> {
    this.#releases.push({ lease, release });
    return this.#flush();
  }

  #flush(): Promise<void> {
    const { clock, signal } = this.#options;
    this.#next ??= (this.#writing ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => pause(this.#writtenAt + APART_MS - clock.now(), clock, signal))
      .then(() => {
        this.#next = undefined;
        this.#writing = this.#write();
        return this.#writing;
      });
    return this.#next;
  }

  async #write(): Promise<void> {
    const { outbox, onRefused } = this.#options;
    const [outcomes, releases] = [this.#outcomes, this.#releases];
    [this.#outcomes, this.#releases] = [[], []];
    await this.#inParts(
      outcomes,
      (some) => outbox.note(some),
      async (one, error) => {
        onRefused(error, { delivery: one.delivery.id });
        // Otherwise it would be due again at once, and again.
        const refused = await this.#surely(() => outbox.giveUp(one.delivery.id, "unwritable"), REFUSALS);
        if (refused) this.#lost.set(one, refused);
      },
    );
    const byLease = new Map<string, TargetRelease[]>();
    for (const { lease, release } of releases) byLease.set(lease, [...(byLease.get(lease) ?? []), release]);
    for (const [lease, targets] of byLease) {
      await this.#inParts(
        targets,
        (some) => outbox.release(lease, some),
        // Its lease ends by itself.
        ({ target }, error) => {
          onRefused(error, { target });
        },
      );
    }
    this.#writtenAt = this.#options.clock.now();
  }

  /** Writes all of them, or where the database refuses that, each for itself as far as needed. */
  async #inParts<T>(
    all: readonly T[],
    write: (some: readonly T[]) => Promise<void>,
    giveUp: (one: T, error: Error) => Promise<void> | void,
  ): Promise<void> {
    const [first, ...others] = all;
    if (first === undefined) return;
    const refused = await this.#surely(() => write(all), others.length === 0 ? REFUSALS : 1);
    if (!refused) return;
    if (others.length === 0) {
      await giveUp(first, refused);
      return;
    }
    const middle = Math.ceil(all.length / 2);
    await this.#inParts(all.slice(0, middle), write, giveUp);
    await this.#inParts(all.slice(middle), write, giveUp);
  }

  /** Tries until the database answers. Undefined: it is done; else why the database refuses it, so many times. */
  async #surely(work: () => Promise<void>, refusals: number): Promise<Error | undefined> {
    const { clock, signal, onFailure } = this.#options;
    let refused = 0;
    try {
      await retrying(work, {
        clock,
        signal,
        ...PAUSES,
        onFailure: (error) => {
          const isAway = error instanceof StoreUnavailableError;
          if (isAway) onFailure(error);
          else refused += 1;
          if (signal.aborted || refused === refusals) throw error;
        },
      });
      return undefined;
    } catch (error) {
      if (signal.aborted || error instanceof StoreUnavailableError) throw error;
      return error instanceof Error ? error : new Error(String(error));
    }
  }
}
