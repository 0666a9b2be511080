import { pause, retrying, type Clock } from "../../time.js";
import type { DeliveryOutcome, Outbox, TargetRelease } from "../../store/index.js";

interface LedgerOptions {
  readonly outbox: Pick<Outbox, "note" | "release">;
  readonly clock: Clock;
  readonly onFailure: (error: unknown) => void;
  /** From when on nothing is tried again. */
  readonly signal: AbortSignal;
}

/** Between two writings: an embedded database works in our process, and nothing is sent while it does. */
const APART_MS = 250;
const PAUSES = { first: 500, longest: 15_000 };

/**
 * Writes down what became of deliveries. What comes while something is being written is written together after it. While the
 * database is away it is tried again: what was sent must not be sent once more.
 */
export class Ledger {
  readonly #options: LedgerOptions;
  #outcomes: DeliveryOutcome[] = [];
  #releases: { readonly lease: string; readonly release: TargetRelease }[] = [];
  #writing: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #writtenAt = -Infinity;

  constructor(options: LedgerOptions) {
    this.#options = options;
  }

  /** Resolves when they are written; rejects when they cannot be before the bot stops. */
  note(outcomes: readonly DeliveryOutcome[]): Promise<void> {
    this.#outcomes.push(...outcomes);
    return this.#flush();
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
    const { outbox } = this.#options;
    const [outcomes, releases] = [this.#outcomes, this.#releases];
    [this.#outcomes, this.#releases] = [[], []];
    if (outcomes.length > 0) await this.#surely(() => outbox.note(outcomes));
    const byLease = new Map<string, TargetRelease[]>();
    for (const { lease, release } of releases) byLease.set(lease, [...(byLease.get(lease) ?? []), release]);
    for (const [lease, targets] of byLease) await this.#surely(() => outbox.release(lease, targets));
    this.#writtenAt = this.#options.clock.now();
  }

  #surely(work: () => Promise<void>): Promise<void> {
    const { clock, signal, onFailure } = this.#options;
    return retrying(work, {
      clock,
      signal,
      ...PAUSES,
      onFailure: (error) => {
        onFailure(error);
        if (signal.aborted) throw error;
      },
    });
  }
}
