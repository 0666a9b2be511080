import { DiscordAPIError, HTTPError, RateLimitError } from "discord.js";
import { z } from "zod";
import { neverSent } from "../never-sent.js";

/**
 * Why Discord does not take a message, by what follows from it. About the place: "channel-gone"; "server-gone": or the bot was
 * removed; "hidden": the bot may not see it, which in direct messages may be a mistake of Discord's; "permission" is missing;
 * "wrong-channel": messages cannot be sent to its kind; "tag-needed": posts of this forum need a tag; "archived" and "locked"
 * threads; "threads-full". About the person: "person-gone"; "not-accepted": they block the bot or take no messages;
 * "no-shared-server". About the message: "message-gone"; "not-own"; "blocked" by a server's rules or Discord's; "role-gone";
 * "no-files" may be sent now; "bad": a mistake of ours.
 */
export type RefusalReason =
  | "channel-gone"
  | "server-gone"
  | "hidden"
  | "permission"
  | "wrong-channel"
  | "tag-needed"
  | "archived"
  | "locked"
  | "threads-full"
  | "person-gone"
  | "not-accepted"
  | "no-shared-server"
  | "message-gone"
  | "not-own"
  | "blocked"
  | "role-gone"
  | "no-files"
  | "bad";

/** How a request that was not carried out, or not for certain, ended. */
export type Failed =
  | { readonly kind: "refused"; readonly reason: RefusalReason; readonly cause: Error }
  /** Not before so many milliseconds; `global`: nothing of the bot. */
  | { readonly kind: "limited"; readonly waitMs: number; readonly global: boolean; readonly cause: Error }
  /** Discord is out of order: nothing was done. */
  | { readonly kind: "away"; readonly cause: Error }
  /** No answer, or one that says nothing: it may have been done. */
  | { readonly kind: "unclear"; readonly cause: Error };

const REASONS: ReadonlyMap<number, RefusalReason> = new Map<number, RefusalReason>([
  [10003, "channel-gone"],
  [10004, "server-gone"],
  [10007, "person-gone"],
  [10008, "message-gone"],
  [10011, "role-gone"],
  [10013, "person-gone"],
  [40058, "wrong-channel"],
  [40067, "tag-needed"],
  [50001, "hidden"],
  [50005, "not-own"],
  [50007, "not-accepted"],
  [50013, "permission"],
  [50024, "wrong-channel"],
  [50083, "archived"],
  [50278, "no-shared-server"],
  [160005, "locked"],
  [160006, "threads-full"],
  [160007, "threads-full"],
  [200000, "blocked"],
  [240000, "blocked"],
  [400001, "no-files"],
]);
/** Limits that Discord may tell with another status than 429, and how long they hold where it does not say. */
const LIMITS: ReadonlyMap<number, number> = new Map([
  [20016, 60_000],
  [20022, 600_000],
  [20028, 10_000],
  [20029, 10_000],
  [30046, 10_000],
  [40003, 600_000],
  [40062, 10_000],
]);
/** Switched off or overloaded: it says nothing about the message. */
const AWAY = new Set([0, 40004, 40006, 130000]);

const waiting = z.object({ retry_after: z.number().nonnegative() });

/** What an error of discord.js' REST means. */
export function failureOf(error: unknown): Failed {
  const cause = error instanceof Error ? error : new Error(String(error));
  if (cause instanceof RateLimitError)
    return { kind: "limited", waitMs: cause.retryAfter, global: cause.global, cause };
  if (cause instanceof DiscordAPIError) return refusalOf(cause);
  if (cause instanceof HTTPError) return { kind: "unclear", cause };
  return { kind: neverSent(innerOf(cause)) ? "away" : "unclear", cause };
}

function refusalOf(cause: DiscordAPIError): Failed {
  const { status, rawError } = cause;
  const code = Number(cause.code);
  const limit = LIMITS.get(code);
  if (limit !== undefined || status === 429) {
    const told = waiting.safeParse(rawError).data;
    return { kind: "limited", waitMs: told ? told.retry_after * 1_000 : (limit ?? 1_000), global: false, cause };
  }
  const reason = REASONS.get(code);
  if (reason) return { kind: "refused", reason, cause };
  // Without a code of Discord's something between it and us has answered, such as a wall against too many requests.
  if (AWAY.has(code) || Number.isNaN(code) || status === 401) return { kind: "away", cause };
  if (status === 403) return { kind: "refused", reason: "permission", cause };
  return { kind: "refused", reason: "bad", cause };
}

/** Node hides what happened to the connection in the cause. */
function innerOf(error: Error): Error {
  return error.cause instanceof Error ? error.cause : error;
}
