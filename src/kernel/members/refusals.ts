import { DiscordAPIError } from "discord.js";
import { failureOf, type RefusalReason } from "../messages/refusals.js";

/**
 * Why Discord does not change a member, by what follows from it. "member-gone": they left, or there is no such user;
 * "role-gone"; "server-gone": or the bot was removed; "two-factor": the server wants a second factor of whoever owns the bot;
 * "permission": or something stands too high; "not-taken": what was asked for, such as this nickname.
 */
export type MemberRefusal = "member-gone" | "role-gone" | "server-gone" | "two-factor" | "permission" | "not-taken";

/** How a request about a member ended that was not carried out, or not for certain. */
export type MemberFailure =
  | { readonly kind: "refused"; readonly reason: MemberRefusal; readonly cause: Error }
  /** Not before so many milliseconds. */
  | { readonly kind: "limited"; readonly waitMs: number; readonly cause: Error }
  /** Discord is out of order, or gave no answer: to ask again does no harm. */
  | { readonly kind: "away"; readonly cause: Error };

const TWO_FACTOR = 60003;
/** Of the others it follows that Discord does not take it, and no more. */
const REASONS: ReadonlyMap<RefusalReason, MemberRefusal> = new Map<RefusalReason, MemberRefusal>([
  ["person-gone", "member-gone"],
  ["role-gone", "role-gone"],
  ["server-gone", "server-gone"],
  ["permission", "permission"],
  ["hidden", "permission"],
]);

/** What an error of discord.js' REST means. */
export function memberFailure(error: unknown): MemberFailure {
  const failed = failureOf(error);
  const { cause } = failed;
  if (failed.kind === "limited") return { kind: "limited", waitMs: failed.waitMs, cause };
  if (failed.kind !== "refused") return { kind: "away", cause };
  if (cause instanceof DiscordAPIError && Number(cause.code) === TWO_FACTOR)
    return { kind: "refused", reason: "two-factor", cause };
  return { kind: "refused", reason: REASONS.get(failed.reason) ?? "not-taken", cause };
}
