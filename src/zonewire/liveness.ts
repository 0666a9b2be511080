import { randomUUID } from "node:crypto";
import type { LiveProcess, Processes } from "../store/index.js";
import { every, within, type Clock } from "../time.js";

interface LivenessOptions {
  readonly processes: Processes;
  readonly role: string;
  readonly clock: Clock;
  readonly onFailure: (error: unknown) => void;
}

const BEAT_MS = 5_000;
/** Who says nothing for so long counts as dead. */
const LEASE_MS = 20_000;
/** For a database that is silent. */
const LEAVE_MS = 2_000;

/** Says that this process lives, and knows which others do: as of five seconds ago, or when the database last answered. */
export class Liveness {
  readonly id = randomUUID();
  readonly #options: LivenessOptions;
  readonly #listeners = new Set<() => void>();
  #living: readonly LiveProcess[];
  #beats = 0;
  #beating: Promise<void> | undefined;
  #stop: (() => void) | undefined;

  constructor(options: LivenessOptions) {
    this.#options = options;
    this.#living = [{ id: this.id, role: options.role }];
  }

  /** All that live, this one among them; those that began first come first. */
  get living(): readonly LiveProcess[] {
    return this.#living;
  }

  /** All that live have had the time to hear of this one. */
  get isKnown(): boolean {
    return this.#beats > 1 || this.#living.length === 1;
  }

  /** Calls `hear` after each beat. */
  onBeat(hear: () => void): void {
    this.#listeners.add(hear);
  }

  /** Resolves when the others can hear of it, or the database did not answer. */
  async start(): Promise<void> {
    await this.#try();
    this.#stop = every(BEAT_MS, () => void this.#try(), this.#options.clock);
  }

  async stop(): Promise<void> {
    this.#stop?.();
    const { processes, onFailure, clock } = this.#options;
    const leaving = Promise.resolve(this.#beating).then(() => processes.leave(this.id));
    await within(leaving.catch(onFailure), LEAVE_MS, clock);
  }

  #try(): Promise<void> {
    return (this.#beating ??= this.#beat()
      .catch(this.#options.onFailure)
      .finally(() => {
        this.#beating = undefined;
      }));
  }

  async #beat(): Promise<void> {
    const { processes, role } = this.#options;
    this.#living = await processes.beat({ id: this.id, role, leaseMs: LEASE_MS });
    this.#beats += 1;
    for (const hear of this.#listeners) hear();
  }
}
