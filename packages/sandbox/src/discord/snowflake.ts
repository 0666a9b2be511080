import type { Clock } from "../clock.js";

/** First second of 2015, in milliseconds: Discord's epoch. */
const discordEpoch = 1_420_070_400_000;
/** Ids before 2016 would have fewer than 17 digits, which clients do not take for ids. */
const earliest = Date.UTC(2016, 0, 1) - discordEpoch;

/** Makes ids as Discord does: 42 bits of milliseconds since its epoch, then a counter. Unique and rising. */
export class SnowflakeSource {
  readonly #clock: Pick<Clock, "now">;
  #last = 0n;

  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock;
  }

  /** The next id, 17 to 19 digits. It carries the clock's time (to the millisecond, while fewer than 4 million ids are made in it). */
  next(): string {
    const fromClock = BigInt(Math.max(earliest, Math.floor(this.#clock.now()) - discordEpoch)) << 22n;
    this.#last = fromClock > this.#last ? fromClock : this.#last + 1n;
    return this.#last.toString();
  }
}

/** Whether `value` looks like an id of Discord. */
export function isSnowflake(value: string): boolean {
  return /^\d{17,20}$/.test(value);
}
