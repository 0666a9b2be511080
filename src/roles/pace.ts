import { pause, type Clock } from "../time.js";

/** Discord takes about ten changes of members of one server in ten seconds. */
const CHANGES = 10;
/** A little longer: what counts is when they arrive. */
const WITHIN_MS = 10_500;

/** Lets no more changes of members through than Discord takes of one server. */
export class Pace {
  readonly #clock: Clock;
  readonly #done = new Map<string, number[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** In milliseconds, until the next change may be sent. */
  waitFor(guildId: string): number {
    const lately = this.#lately(guildId);
    const [oldest = 0] = lately;
    return lately.length < CHANGES ? 0 : oldest + WITHIN_MS - this.#clock.now();
  }

  /** A change is sent now. */
  note(guildId: string): void {
    this.#done.set(guildId, [...this.#lately(guildId), this.#clock.now()]);
  }

  /** Waits in short steps, and calls `step` before each: whoever waits for all of it hears that it goes on. */
  async wait(ms: number, step: () => Promise<void> | void, signal: AbortSignal): Promise<void> {
    const until = this.#clock.now() + ms;
    for (;;) {
      signal.throwIfAborted();
      const left = until - this.#clock.now();
      if (left <= 0) return;
      await step();
      await pause(Math.min(left, STEP_MS), this.#clock, signal);
    }
  }

  #lately(guildId: string): number[] {
    const now = this.#clock.now();
    const lately = (this.#done.get(guildId) ?? []).filter((at) => at > now - WITHIN_MS);
    if (lately.length === 0) this.#done.delete(guildId);
    return lately;
  }
}

const STEP_MS = 2_000;
