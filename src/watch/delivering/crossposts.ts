import { randomUUID } from "node:crypto";
import { HOUR_MS, within, type Clock, type Random } from "../../time.js";
import type { ClaimedCrosspost, Crossposts, CrosspostOutcome } from "../../store/index.js";
import type { DeliveringLog } from "./log.js";
import type { Messenger } from "./messenger.js";
import { Waker } from "./waker.js";

interface CrosspostSenderOptions {
  readonly crossposts: Pick<Crossposts, "claim" | "note">;
  readonly messenger: Pick<Messenger<never>, "crosspost">;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: DeliveringLog;
}

const LEASE_MS = 60_000;
/** Channels at once. */
const AT_ONCE = 20;
const STOP_MS = 5_000;
/** What is older when Discord takes the next one is not published: nobody waits for it any more. */
const LATE_MS = HOUR_MS;
const AGAIN_MS = 30_000;

/**
 * Publishes messages of announcement channels, apart from sending: Discord takes about ten an hour from a channel, and then
 * none for up to an hour. Meanwhile the newer ones wait in the database, over restarts too.
 */
export class CrosspostSender {
  readonly #options: CrosspostSenderOptions;
  readonly #waker: Waker;

  constructor(options: CrosspostSenderOptions) {
    this.#options = options;
    this.#waker = new Waker({
      clock: options.clock,
      work: () => this.#round(),
      onFailure: (error) => {
        options.log.debug({ err: error }, "what is to be published could not be read");
      },
    });
  }

  start(): void {
    this.#waker.start();
  }

  wake(): void {
    this.#waker.wake();
  }

  /** Finishes what is being published, for at most five seconds. */
  async stop(): Promise<void> {
    await within(this.#waker.stop(), STOP_MS, this.#options.clock);
  }

  /** Publishes what is due. Returns when there is more to do, in milliseconds. */
  async #round(): Promise<number | undefined> {
    const { crossposts } = this.#options;
    const lease = randomUUID();
    const claimed = await crossposts.claim(lease, LEASE_MS, AT_ONCE);
    if (claimed.crossposts.length === 0) return claimed.nextInMs;
    const outcomes = await Promise.all(claimed.crossposts.map((one) => this.#publish(one)));
    await crossposts.note(lease, outcomes);
    return 0;
  }

  async #publish({ id, channelId, messageId, waitedMs }: ClaimedCrosspost): Promise<CrosspostOutcome> {
    const { messenger, random } = this.#options;
    if (waitedMs > LATE_MS) {
      this.#giveUp({ channelId, messageId, reason: "late" });
      return { id };
    }
    const outcome = await messenger.crosspost(channelId, messageId);
    if (outcome.kind === "done") return { id };
    if (outcome.kind === "refused") {
      const { reason, cause } = outcome;
      if (reason !== "message-gone") this.#giveUp({ channelId, messageId, reason, err: cause });
      return { id };
    }
    const waitMs = outcome.kind === "limited" ? outcome.waitMs : AGAIN_MS;
    return { id, againInMs: waitMs * (1 + random() / 10) };
  }

  #giveUp(what: object): void {
    this.#options.log.warn(what, "a message is not published to other servers");
  }
}
