import type { Clock } from "../clock.js";
import { apiErrors } from "./errors.js";

/** How long a nonce is known. Discord says "the past few minutes", and no more. */
const nonceLifeMs = 5 * 60_000;

interface Sent {
  readonly nonce: string | undefined;
  /** Milliseconds since the Unix epoch. */
  readonly createdAt: number;
  readonly deleted: boolean;
}

/** The nonces of the bot's latest messages, in whatever channel. */
export class Nonces<Message extends Sent> {
  readonly #clock: Pick<Clock, "now">;
  /** The oldest first. */
  readonly #messages = new Map<string, Message>();

  constructor(clock: Pick<Clock, "now">) {
    this.#clock = clock;
  }

  note(message: Message): void {
    const { nonce } = message;
    if (nonce === undefined) return;
    this.#forget();
    // The message that came first counts, until it is forgotten.
    if (!this.#messages.has(nonce)) this.#messages.set(nonce, message);
  }

  /** The message that was sent with this nonce. @throws ApiError 10008 when that was deleted */
  find(nonce: string): Message | undefined {
    this.#forget();
    const message = this.#messages.get(nonce);
    if (message?.deleted === true) throw apiErrors.unknownMessage();
    return message;
  }

  #forget(): void {
    const since = this.#clock.now() - nonceLifeMs;
    for (const [nonce, { createdAt }] of this.#messages) {
      if (createdAt > since) return;
      this.#messages.delete(nonce);
    }
  }
}
