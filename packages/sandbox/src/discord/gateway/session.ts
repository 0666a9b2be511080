import { randomBytes } from "node:crypto";

/** One event as a client gets it (op 0). */
export interface Dispatch {
  readonly op: 0;
  readonly t: string;
  readonly s: number;
  readonly d: unknown;
}

/** What one IDENTIFY began: it outlives its connection, and RESUME takes it up again. */
export class Session {
  readonly id = randomBytes(16).toString("hex");
  readonly intents: number;
  readonly shard: readonly [id: number, count: number];
  /** Sends on the current connection; `undefined` between connections. */
  send: ((dispatch: Dispatch) => void) | undefined;
  /** When the connection was cut that had it; undefined: it has one. */
  cutAt: number | undefined;
  readonly #replayLimit: number;
  #sequence = 0;
  #sent: Dispatch[] = [];

  constructor(intents: number, shard: readonly [number, number], replayLimit: number) {
    this.intents = intents;
    this.shard = shard;
    this.#replayLimit = replayLimit;
  }

  get sequence(): number {
    return this.#sequence;
  }

  /** @param replayed whether a RESUME brings it again; RESUMED itself is no event that could be missed */
  dispatch(t: string, d: unknown, { replayed = true }: { replayed?: boolean } = {}): void {
    const dispatch: Dispatch = { op: 0, t, s: ++this.#sequence, d };
    if (replayed) this.#sent.push(dispatch);
    // Twice the limit before cutting, so that cutting costs little per event.
    if (this.#sent.length > 2 * this.#replayLimit) this.#sent = this.#sent.slice(-this.#replayLimit);
    this.send?.(dispatch);
  }

  /** The events after sequence number `seen`; `undefined` when some of them are no longer kept. */
  missed(seen: number): Dispatch[] | undefined {
    const oldest = this.#sent[0]?.s ?? this.#sequence + 1;
    if (seen < oldest - 1) return undefined;
    return this.#sent.filter(({ s }) => s > seen);
  }
}
