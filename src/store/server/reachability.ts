import { StoreUnavailableError } from "../errors.js";

interface Hearing {
  readonly onLost: (error: unknown) => void;
  readonly onBack: () => void;
}

/** PostgreSQL's SQLSTATEs of a server that works, and gave up one query or one connection. */
const WORKS = /^(53...|55P03|57014|25...)$/;

/** Tells once that the server is away, and once that it is back, however many queries meet that. */
export class Reachability {
  readonly #hearing: Hearing;
  #isAway = false;
  #isOver = false;

  constructor(hearing: Hearing) {
    this.#hearing = hearing;
  }

  lost(error: unknown): void {
    if (this.#isAway || this.#isOver) return;
    this.#isAway = true;
    this.#hearing.onLost(error);
  }

  async watch<T>(work: () => Promise<T>): Promise<T> {
    try {
      const result = await work();
      if (this.#isAway && !this.#isOver) this.#hearing.onBack();
      this.#isAway = false;
      return result;
    } catch (error) {
      if (error instanceof StoreUnavailableError && !works(error.cause)) this.lost(error);
      throw error;
    }
  }

  /** From now on the connections are ours to end. */
  end(): void {
    this.#isOver = true;
  }
}

function works(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && WORKS.test(String(cause.code));
}
