import { InteractionResponseType, MessageFlags } from "discord-api-types/v10";
import type { Clock } from "../clock.js";
import type { Responder } from "./responder.js";
import { isForm, messageBody, type Result, type View } from "./view.js";

/** What is to be shown in the end. A failure is for the person alone, whatever the command's visibility. */
export interface Outcome {
  readonly result: Result;
  readonly failed: boolean;
}

export interface Occasion {
  readonly responder: Responder;
  /** A new message, or the message that the pressed component hangs on. */
  readonly target: "new" | "same";
  /** Whether a new message is for the person alone. */
  readonly private: boolean;
  readonly footnote: string | undefined;
  /** When the person acted, in milliseconds since the epoch by Discord's clock. */
  readonly createdAt: number;
}

/**
 * Answers one interaction exactly once: directly when the outcome is there within `grace` milliseconds of the person's
 * action, which costs one request; else "thinking…" first and the outcome when it comes.
 * Rejects when Discord does not take a request.
 */
export async function acknowledge(
  outcome: Promise<Outcome>,
  occasion: Occasion,
  clock: Clock,
  grace: number,
): Promise<void> {
  const early = await within(outcome, graceLeft(occasion.createdAt, clock.now(), grace), clock);
  if (early) return answer(early, occasion);
  await defer(occasion);
  await complete(await outcome, occasion);
}

/** A clock that runs apart from Discord's must neither skip the wait's end nor stretch it. */
function graceLeft(createdAt: number, now: number, grace: number): number {
  return Math.min(grace, Math.max(0, createdAt + grace - now));
}

async function within<T>(promise: Promise<T>, ms: number, clock: Clock): Promise<T | undefined> {
  let cancel: (() => void) | undefined;
  const timeout = new Promise<undefined>((resolve) => {
    cancel = clock.setTimeout(() => {
      resolve(undefined);
    }, ms);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    cancel?.();
  }
}

async function answer({ result, failed }: Outcome, { responder, target, ...rest }: Occasion): Promise<void> {
  if (isForm(result)) {
    await responder.callback({ type: InteractionResponseType.Modal, data: result.modal.toJSON() });
    return;
  }
  const update = target === "same" && !failed;
  const type = update ? InteractionResponseType.UpdateMessage : InteractionResponseType.ChannelMessageWithSource;
  const hidden = !update && (failed || rest.private);
  const data = messageBody(result, { private: hidden, footnote: failed ? undefined : rest.footnote });
  await responder.callback({ type, data }, result.files);
}

async function defer({ responder, target, private: hidden }: Occasion): Promise<void> {
  if (target === "same") return responder.callback({ type: InteractionResponseType.DeferredMessageUpdate });
  await responder.callback({
    type: InteractionResponseType.DeferredChannelMessageWithSource,
    ...(hidden && { data: { flags: MessageFlags.Ephemeral } }),
  });
}

async function complete({ result, failed }: Outcome, occasion: Occasion): Promise<void> {
  const { responder, target, footnote } = occasion;
  const view: View = isForm(result) ? lateForm() : result;
  if (failed && (target === "same" || !occasion.private)) {
    // The placeholder is public and stays so: a private word needs a message of its own.
    if (target === "new") await responder.deleteOriginal();
    await responder.followUp(messageBody(view, { private: true }), view.files);
    return;
  }
  await responder.editOriginal(
    messageBody(view, { private: false, footnote: failed ? undefined : footnote }),
    view.files,
  );
}

function lateForm(): never {
  throw new Error("a form came too late: Discord takes one only as the first answer");
}
