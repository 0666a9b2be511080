import { HOUR_MS, type Clock } from "../../time.js";
import type { Messenger } from "./messenger.js";

interface Waiting {
  readonly messageId: string;
  readonly since: number;
}

interface CrosspostsOptions {
  readonly messenger: Pick<Messenger<never>, "crosspost">;
  readonly clock: Clock;
  /** It is not published any more. */
  readonly onGivenUp: (channelId: string, reason: string, cause: Error | undefined) => void;
}

/** What is older when Discord takes the next one is not published: nobody waits for it any more. */
const LATE_MS = HOUR_MS;
const AGAIN_MS = 30_000;

/**
 * Publishes messages of announcement channels, apart from sending: Discord takes about ten an hour from a channel, and then
 * none for up to an hour. Meanwhile the newer ones wait here.
 */
export class Crossposts {
  readonly #options: CrosspostsOptions;
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #cancel = new Map<string, () => void>();

  constructor(options: CrosspostsOptions) {
    this.#options = options;
  }

  publish(channelId: string, messageId: string): void {
    const waiting = this.#waiting.get(channelId);
    const one = { messageId, since: this.#options.clock.now() };
    if (waiting) {
      waiting.push(one);
      return;
    }
    this.#waiting.set(channelId, [one]);
    void this.#work(channelId);
  }

  /** What waits is given up. */
  stop(): void {
    for (const cancel of this.#cancel.values()) cancel();
    this.#cancel.clear();
    this.#waiting.clear();
  }

  async #work(channelId: string): Promise<void> {
    const { messenger, clock, onGivenUp } = this.#options;
    const waiting = this.#waiting.get(channelId);
    for (let next = waiting?.[0]; waiting && next; next = waiting[0]) {
      if (clock.now() - next.since > LATE_MS) onGivenUp(channelId, "late", undefined);
      else {
        const outcome = await messenger.crosspost(channelId, next.messageId);
        const isDone = outcome.kind === "done" || outcome.kind === "refused";
        if (!isDone) {
          this.#later(channelId, outcome.kind === "limited" ? outcome.waitMs : AGAIN_MS);
          return;
        }
        if (outcome.kind === "refused" && outcome.reason !== "message-gone")
          onGivenUp(channelId, outcome.reason, outcome.cause);
      }
      waiting.shift();
    }
    this.#waiting.delete(channelId);
  }

  #later(channelId: string, ms: number): void {
    if (!this.#waiting.has(channelId)) return;
    const again = () => {
      this.#cancel.delete(channelId);
      void this.#work(channelId);
    };
    this.#cancel.set(channelId, this.#options.clock.setBackgroundTimeout(again, ms));
  }
}
