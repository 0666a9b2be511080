/** Something that goes wrong with an interaction on its way over HTTP. */
export interface HttpFault {
  /** How many interactions it hits. Default 1. */
  readonly times?: number;
  /** The connection ends once the request is sent, and Discord waits for an answer to its REST API. */
  readonly cut?: boolean;
  /** The response gets lost: the bot takes it for given. */
  readonly lose?: boolean;
  /** Discord does not know what the response says before this is over. */
  readonly hold?: Promise<unknown>;
  /** The request comes again, as a proxy may send it: once this is over, or after the response. */
  readonly repeat?: Promise<unknown> | "after";
  /** The signature is of another time: so many milliseconds later than now, or earlier. */
  readonly shiftMs?: number;
}

/** The HTTP faults in force. */
export class HttpFaults {
  readonly #active: { readonly fault: HttpFault; left: number }[] = [];

  add(fault: HttpFault): void {
    this.#active.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#active.length = 0;
  }

  /** The fault that hits this interaction, if one does. Counts the hit. */
  take(): HttpFault {
    const [first] = this.#active;
    if (first === undefined) return {};
    first.left -= 1;
    if (first.left <= 0) this.#active.shift();
    return first.fault;
  }
}
