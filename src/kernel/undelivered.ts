import { RESTJSONErrorCodes as Code } from "discord-api-types/v10";

const LONGEST = 1_000;

/** Discord understood a request and does not do it. */
export class DiscordRefusal extends Error {
  override readonly name = "DiscordRefusal";
  readonly status: number;
  /** Discord's own code, 0 where it gave none. */
  readonly code: number;

  /** @param errors what is wrong with which field, as Discord tells it */
  constructor(status: number, code: number, message: string, errors?: unknown) {
    const fields = errors === undefined ? "" : `: ${JSON.stringify(errors)}`.slice(0, LONGEST);
    super(`${status} ${code} ${message}${fields}`);
    this.status = status;
    this.code = code;
  }
}

/**
 * Why nobody sees an answer, or may not. "gone": there is nobody or nothing left to answer. "lost": it could not be
 * sent in time. "unclear": it may have arrived, and cannot be sent again without the risk of a second one.
 */
export type Loss = "gone" | "lost" | "unclear";

/** An answer that Discord was not, or not for certain, brought to take; not because of what it says. */
export class UndeliveredError extends Error {
  override readonly name = "UndeliveredError";
  readonly loss: Loss;

  constructor(loss: Loss, message: string, options?: ErrorOptions) {
    super(message, options);
    this.loss = loss;
  }
}

/** What ends an interaction without anybody being at fault: it is too old, or its message, channel or server is gone. */
const ENDS = new Set<number>([
  Code.UnknownChannel,
  Code.UnknownGuild,
  Code.UnknownMessage,
  Code.UnknownWebhook,
  Code.UnknownInteraction,
  Code.MissingAccess,
  Code.MissingPermissions,
  Code.InvalidWebhookToken,
  Code.InteractionHasAlreadyBeenAcknowledged,
  Code.ThisInteractionHasHitTheMaximumNumberOfFollowUpMessages,
  Code.InvalidActionOnArchivedThread,
  Code.ThreadLocked,
]);

export function isKnownEnd({ code }: DiscordRefusal): boolean {
  return ENDS.has(code);
}

/** A server's rules, or Discord's, do not let this text be seen by everybody. */
const BLOCKED = new Set<number>([
  Code.MessageWasBlockedByAutomaticModeration,
  Code.TitleWasBlockedByAutomaticModeration,
  Code.MessageBlockedByHarmfulLinksFilter,
]);

export function isBlocked(error: unknown): boolean {
  return error instanceof DiscordRefusal && BLOCKED.has(error.code);
}

const UNKNOWN_MESSAGE: number = Code.UnknownMessage;

export function isUnknownMessage(error: unknown): boolean {
  return error instanceof DiscordRefusal && error.code === UNKNOWN_MESSAGE;
}

const ANSWERED: number = Code.InteractionHasAlreadyBeenAcknowledged;

/** The interaction has its first answer already. */
export function isAnswered({ code }: DiscordRefusal): boolean {
  return code === ANSWERED;
}

/** How Discord refuses what follows on a first answer that it does not know of, or not yet. */
const UNSETTLED = new Set<number>([Code.UnknownWebhook, Code.UnknownMessage]);

export function isUnsettled({ code }: DiscordRefusal): boolean {
  return UNSETTLED.has(code);
}
