import { InteractionResponseType, MessageFlags } from "discord-api-types/v10";
import type { Clock } from "../clock.js";
import type { ShownMessage } from "./interaction.js";
import { Progress } from "./progress.js";
import type { Responder } from "./responder.js";
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
  readonly footnote: string | undefined;
  /** When the person acted, in milliseconds since the epoch by Discord's clock. */
  readonly createdAt: number;
}

/** Discord's own deadline for the first answer. */
const TOKEN_DIES_MS = 3_000;

/**
 * Answers one interaction exactly once: directly when the outcome is there within `grace` milliseconds of the person's
 * action, which costs one request; else "thinking…" first and the outcome when it comes. Its methods reject when Discord
 * does not take a request.
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

  /** Shown in place of "thinking…", if it comes to that. */
  progress(view: View): void {
    this.#progress.show(view);
  }

  async settle(outcome: Promise<Outcome>, grace: number): Promise<void> {
    const early = await this.#within(outcome, grace);
    if (early) return this.finish(early);
    await this.#defer();
    this.#progress.start();
    await this.finish(await outcome);
  }

  /** Shows the outcome, as the first answer or in place of "thinking…". Once more after it rejected: another outcome. */
  async finish(outcome: Outcome): Promise<void> {
    await this.#progress.end();
    return this.#deferred ? this.#complete(outcome, this.#deferred.hidden) : this.#answer(outcome);
  }

  async #within(outcome: Promise<Outcome>, grace: number): Promise<Outcome | undefined> {
    const age = this.#clock.now() - this.#occasion.createdAt;
    // Discord would have given up on an older one: then our clocks run apart, and only the arrival can be counted from.
    const left = age < 0 || age > TOKEN_DIES_MS ? grace : Math.max(0, grace - age);
    let cancel: (() => void) | undefined;
    const timeout = new Promise<undefined>((resolve) => {
      cancel = this.#clock.setTimeout(() => {
        resolve(undefined);
      }, left);
    });
    try {
      return await Promise.race([outcome, timeout]);
    } finally {
      cancel?.();
    }
  }

  async #answer({ result, failed }: Outcome): Promise<void> {
    const { responder, message, ...rest } = this.#occasion;
    if (isForm(result)) {
      await responder.callback({ type: InteractionResponseType.Modal, data: result.modal.toJSON() });
      return;
    }
    const update = message !== undefined && !failed;
    const type = update ? InteractionResponseType.UpdateMessage : InteractionResponseType.ChannelMessageWithSource;
    const hidden = !update && (failed || rest.private());
    const data = messageBody(result, { private: hidden, footnote: failed ? undefined : rest.footnote });
    await responder.callback({ type, data }, result.files);
  }

  async #defer(): Promise<void> {
    const { responder, message } = this.#occasion;
    const hidden = message === undefined && this.#occasion.private();
    if (message) {
      await responder.callback({ type: InteractionResponseType.DeferredMessageUpdate });
    } else {
      const data = hidden ? { data: { flags: MessageFlags.Ephemeral as const } } : {};
      await responder.callback({ type: InteractionResponseType.DeferredChannelMessageWithSource, ...data });
    }
    this.#deferred = { hidden };
  }

  async #showProgress(view: View): Promise<void> {
    const { responder, message, footnote } = this.#occasion;
    const body = messageBody(view, { private: false, footnote });
    // The files of a message that was there stay, in case it has to be put back.
    if (message && !view.files?.length) delete body.attachments;
    await responder.editOriginal(body, view.files);
  }

  async #complete({ result, failed }: Outcome, hidden: boolean): Promise<void> {
    const { responder, message, footnote } = this.#occasion;
    if (isForm(result)) throw new Error("a form came too late: Discord takes one only as the first answer");
    if (failed && !hidden) {
      // What is there is public, or not ours to replace: a private word needs a message of its own.
      if (!message) await responder.deleteOriginal();
      else if (this.#progress.begun) await responder.editOriginal(message);
      await responder.followUp(messageBody(result, { private: true }), result.files);
      return;
    }
    const body = messageBody(result, { private: false, footnote: failed ? undefined : footnote });
    await responder.editOriginal(body, result.files);
  }
}
