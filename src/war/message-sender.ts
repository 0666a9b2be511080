import { createHash, randomUUID } from "node:crypto";
import type { ClaimedWarMessage, WarMessageOutcome, WarStore } from "../store/index.js";
import { backoff, MINUTE_MS, type Clock, type Random } from "../time.js";
import { Woken, type Failed, type Messenger } from "../watch/index.js";

interface WarMessageSenderOptions<V> {
  readonly messages: WarStore["messages"];
  readonly messenger: Pick<Messenger<V>, "edit">;
  /** What the sign-up message of a war shows now; undefined: it is not known, and stays as it is. */
  readonly render: (warId: string, locale: string) => Promise<V | undefined>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: { debug(fields: object, message: string): void; info(fields: object, message: string): void };
}

const LEASE_MS = 60_000;
const AT_ONCE = 50;
/**
 * So long after the first edit the same comes once more. Who presses a button is answered with the message as it is then, past
 * this sender: of two who press at once the older answer may come last, and what it shows nobody knows.
 */
const ONCE_MORE_MS = 8_000;
/** Discord takes three edits of old messages in six seconds from a channel, and says so only when there are more. */
const APART_MS = 2_200;
const PAUSES = { first: 2_000, longest: 5 * MINUTE_MS };
/** So often it is tried again where something is missing that somebody may be about to give. */
const STRIKES_MS = [MINUTE_MS, 10 * MINUTE_MS];

type Shown = Omit<WarMessageOutcome, "warId">;

/** Edits sign-up messages when their lists change: many changes at once, and of one channel one message at a time. */
export class WarMessageSender<V> extends Woken {
  readonly #options: WarMessageSenderOptions<V>;

  constructor(options: WarMessageSenderOptions<V>) {
    super(options.clock, (error) => {
      options.log.debug({ err: error }, "sign-up messages could not be read");
    });
    this.#options = options;
  }

  protected async round(): Promise<number | undefined> {
    const { messages } = this.#options;
    const lease = randomUUID();
    const claimed = await messages.claim(lease, LEASE_MS, AT_ONCE);
    if (claimed.messages.length === 0) return claimed.nextInMs;
    const channels = new Set(claimed.messages.map(({ channelId }) => channelId));
    const outcomes = await Promise.all(
      [...channels].map((id) => this.#showInTurn(claimed.messages.filter(({ channelId }) => channelId === id))),
    );
    await messages.note(lease, outcomes.flat());
    return 0;
  }

  async #showInTurn(ofOne: readonly ClaimedWarMessage[]): Promise<WarMessageOutcome[]> {
    const outcomes: WarMessageOutcome[] = [];
    let edited = 0;
    for (const message of ofOne) {
      const { warId, revision } = message;
      const view = await this.#options.render(warId, message.locale);
      const shownHash = createHash("sha256")
        .update(JSON.stringify([revision, view]))
        .digest("base64url")
        .slice(0, 22);
      let shown: Shown;
      if (view === undefined) shown = { shown: revision, failures: "none" };
      else if (edited++ > 0) shown = { nextInMs: APART_MS * (edited - 1) };
      else shown = await this.#show(message, view, shownHash);
      outcomes.push({ warId, ...shown });
    }
    return outcomes;
  }

  async #show(
    { channelId, messageId, revision, shownHash: before, ...message }: ClaimedWarMessage,
    view: V,
    shownHash: string,
  ): Promise<Shown> {
    const edited = await this.#options.messenger.edit(channelId, messageId, view);
    if (edited.kind !== "done") return this.#failed(edited, message);
    const isSecond = shownHash === before;
    return {
      shownHash,
      failures: "none",
      ...(isSecond ? { shown: revision, nextInMs: APART_MS } : { nextInMs: ONCE_MORE_MS }),
    };
  }

  #failed(
    failed: Failed,
    { guildId, failures, warId }: Pick<ClaimedWarMessage, "guildId" | "failures" | "warId">,
  ): Shown {
    const { random, log } = this.#options;
    const jitter = 0.5 + random();
    if (failed.kind === "limited") return { nextInMs: failed.waitMs * (1 + random() / 10) };
    if (failed.kind !== "refused")
      return { nextInMs: backoff(Math.min(failures, 20) + 1, PAUSES) * jitter, failures: "one" };
    const { reason, cause } = failed;
    if (reason === "server-gone") return { leftServer: guildId };
    const isForNow = reason === "hidden" || reason === "permission" || reason === "archived";
    const nextInMs = isForNow ? STRIKES_MS[failures] : undefined;
    if (nextInMs !== undefined) return { nextInMs: nextInMs * jitter, failures: "one" };
    // Somebody has deleted it, which is up to them.
    if (reason !== "message-gone") log.info({ warId, reason, err: cause }, "a sign-up message is not edited any more");
    return { forgotten: true };
  }
}
