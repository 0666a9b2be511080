/** Frames that a client may send on a connection within a minute. */
export const FRAME_LIMIT = 120;
const MINUTE_MS = 60_000;

/** Counts what comes on one connection. */
export class FrameLimit {
  readonly #now: () => number;
  /** When the last ones came. */
  readonly #frames: number[] = [];

  constructor(now: () => number) {
    this.#now = now;
  }

  /** A frame has come: whether that is more than Discord lets a client send. */
  isExceeded(): boolean {
    const now = this.#now();
    this.#frames.push(now);
    if (this.#frames.length <= FRAME_LIMIT) return false;
    return now - (this.#frames.shift() ?? now) < MINUTE_MS;
  }
}
