import { InteractionResponseType, MessageFlags } from "discord-api-types/v10";
import { within, type Clock } from "../time.js";
import { beganAt, type Taken } from "./delivery.js";
import type { ShownMessage } from "./interaction.js";
import { Progress } from "./progress.js";
import type { Responder } from "./responder.js";
import { UndeliveredError } from "./undelivered.js";
import { isForm, messageBody, type Result, type View } from "./view.js";

/** What is to be shown in the end. A failure is for the person alone, whatever the command's visibility. */
export interface Outcome {
  readonly result: Result;
  readonly failed: boolean;
}

export interface Occasion {
  readonly responder: Responder;
  /** The message that the pressed component hangs on, which the answer replaces; undefined: a new message. */
  readonly message: ShownMessage | undefined;
  /** Whether a new message is for the person alone, as far as is known when it is made. */
  readonly private: () => boolean;
  /** The line under an answer, in the language of the answer. */
  readonly footnote: () => string | undefined;
  /** When the person acted, in milliseconds since the epoch by Discord's clock. */
  readonly createdAt: number;
}

/**
 * Answers one interaction exactly once: directly when the outcome is there within `grace` milliseconds of the person's
 * action, which costs one request; else "thinking…" first and the outcome when it comes. A first answer that may have
 * arrived is taken for arrived, and made certain by an edit, which can be repeated.
 */
export class Acknowledgement {
  readonly #occasion: Occasion;
  readonly #clock: Clock;
  readonly #progress: Progress;
  /** Once "thinking…" is shown: whether to the person alone. */
  #deferred: { readonly hidden: boolean } | undefined;

  constructor(occasion: Occasion, clock: Clock) {
    this.#occasion = occasion;
    this.#clock = clock;
    this.#progress = new Progress((view) => this.#showProgress(view), clock);
  }

  /** Shown in place of "thinking…", if the answer takes that long. */
  progress(view: View): void {
    this.#progress.show(view);
  }

  /** @throws UndeliveredError when nobody sees the outcome; DiscordRefusal when Discord does not take what it says. */
  async settle(outcome: Promise<Outcome>, grace: number): Promise<void> {
    const early = this.#deferred ? undefined : await this.#within(outcome, grace);
    if (early) return this.finish(early);
    if (!this.#deferred) await this.defer();
    this.#progress.start();
    await this.finish(await outcome);
  }

  /** Shows the outcome, as the first answer or in place of "thinking…". After a DiscordRefusal: another one. */
  async finish(outcome: Outcome): Promise<void> {
    await this.#progress.end();
    return this.#deferred ? this.#complete(outcome, this.#deferred.hidden) : this.#answer(outcome);
  }

  async #within(outcome: Promise<Outcome>, grace: number): Promise<Outcome | undefined> {
    const now = this.#clock.now();
    const left = Math.max(0, beganAt(this.#occasion.createdAt, now) + grace - now);
    return within(outcome, left, this.#clock);
  }

  async #answer({ result, failed }: Outcome): Promise<void> {
    const { responder, message, ...rest } = this.#occasion;
    if (isForm(result)) {
      await responder.callback({ type: InteractionResponseType.Modal, data: result.modal });
      return;
    }
    const update = message !== undefined && !failed;
    const type = update ? InteractionResponseType.UpdateMessage : InteractionResponseType.ChannelMessageWithSource;
    const hidden = !update && (failed || rest.private());
    const data = messageBody(result, { private: hidden, footnote: failed ? undefined : rest.footnote() });
    const taken = await arrival(responder.callback({ type, data }, result.files));
    // Who answered before may have said something else, but not on a message that the answer would not replace.
    if (taken === "unclear" || (taken === "before" && (update || !message)))
      await responder.editOriginal(data, result.files);
  }

  /** Shows "thinking…", before anything is worked on. Rejects as `settle` does. */
  async defer(): Promise<void> {
    const { responder, message } = this.#occasion;
    const hidden = message === undefined && this.#occasion.private();
    const data = hidden ? { data: { flags: MessageFlags.Ephemeral as const } } : {};
    await arrival(
      responder.callback(
        message
          ? { type: InteractionResponseType.DeferredMessageUpdate }
          : { type: InteractionResponseType.DeferredChannelMessageWithSource, ...data },
      ),
    );
    this.#deferred = { hidden };
  }

  async #showProgress(view: View): Promise<void> {
    const { responder, message, footnote } = this.#occasion;
    const body = messageBody(view, { private: false, footnote: footnote() });
    // The files of a message that was there stay, in case it has to be put back.
    if (message && !view.files?.length) delete body.attachments;
    await responder.editInPassing(body, view.files);
  }

  async #complete({ result, failed }: Outcome, hidden: boolean): Promise<void> {
    const { responder, message, footnote } = this.#occasion;
    if (isForm(result)) throw new Error("a form came too late: Discord takes one only as the first answer");
    if (failed && !hidden) {
      // What is there is public, or not ours to replace: a private word needs a separate message.
      if (!message) await responder.deleteOriginal();
      else if (this.#progress.begun) await responder.editOriginal(message);
      await responder.followUp(messageBody(result, { private: true }), result.files);
      return;
    }
    const body = messageBody(result, { private: false, footnote: failed ? undefined : footnote() });
    await responder.editOriginal(body, result.files);
  }
}

/** How a first answer arrived, as far as one can tell. */
async function arrival(callback: Promise<Taken>): Promise<Taken | "unclear"> {
  try {
    return await callback;
  } catch (error) {
    if (error instanceof UndeliveredError && error.loss === "unclear") return "unclear";
    throw error;
  }
}
