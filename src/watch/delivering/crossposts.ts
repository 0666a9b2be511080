import { randomUUID } from "node:crypto";
import { HOUR_MS, type Clock, type Random } from "../../time.js";
import type { ClaimedCrosspost, Crossposts, CrosspostOutcome } from "../../store/index.js";
import type { DeliveringLog } from "./log.js";
import type { Messenger } from "./messenger.js";
import { Woken } from "./woken.js";

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
/** What is older when Discord takes the next one is not published: nobody waits for it any more. */
const LATE_MS = HOUR_MS;
const AGAIN_MS = 30_000;

/**
 * Publishes messages of announcement channels, apart from sending: Discord takes about ten an hour from a channel, and then
 * none for up to an hour. Meanwhile the newer ones wait in the database, over restarts too.
 */
export class CrosspostSender extends Woken {
  readonly #options: CrosspostSenderOptions;

  constructor(options: CrosspostSenderOptions) {
    super(options.clock, (error) => {
      options.log.debug({ err: error }, "what is to be published could not be read");
    });
    this.#options = options;
  }

  /** Publishes what is due. */
  protected async round(): Promise<number | undefined> {
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
