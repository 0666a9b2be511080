import type { IIdentifyThrottler } from "@discordjs/ws";
import { pause, type Clock } from "../../time.js";

interface TurnsOptions {
  readonly clock: Clock;
  /** Milliseconds between two IDENTIFYs. */
  readonly gap: number;
  /** How many shards may identify at once. */
  readonly atOnce: number;
}

/** Lets shards identify one after another, as Discord asks: those of one remainder by `atOnce` share a row. */
export class Turns implements IIdentifyThrottler {
  readonly #options: TurnsOptions;
  readonly #next = new Map<number, number>();

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  /** Never rejects; who has aborted must look whether its turn still matters. */
  async waitForIdentify(shardId: number, signal: AbortSignal): Promise<void> {
    const { clock, gap, atOnce } = this.#options;
    const row = shardId % Math.max(1, atOnce);
    const now = clock.now();
    const turn = Math.max(now, this.#next.get(row) ?? now);
    this.#next.set(row, turn + gap);
    await pause(turn - now, clock, signal);
  }
}
