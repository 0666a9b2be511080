import { backoff, DAY_MS, HOUR_MS, MINUTE_MS, type Random } from "../../time.js";
import type { ClaimedTarget, TargetRelease, WaitingDelivery } from "../../store/index.js";
import type { Failed, Refusal } from "./messenger.js";

/** After so long, what could not be sent is given up. */
const GIVEN_UP_MS = DAY_MS;
const PAUSES = { first: 1_000, longest: MINUTE_MS };
/** Between tries at a place where the bot lacks something, before it is taken to be meant so. */
const STRIKES_MS = [MINUTE_MS, 10 * MINUTE_MS];
/** Direct messages are refused by mistake at times, until Discord has mended something. */
const DM_STRIKES_MS = [5 * MINUTE_MS, HOUR_MS, 2 * HOUR_MS];

/** What follows from a try that failed, for the message, and for what comes after it at the same target. */
export type Verdict =
  /** Nothing is sent there until it is tried again. `tried`: as in the outbox. */
  | {
      readonly kind: "wait";
      readonly tried: "again" | "unknown" | "untried";
      readonly release: Omit<TargetRelease, "target">;
    }
  /** It is not sent any more; the next one may be. */
  | { readonly kind: "drop"; readonly outcome: "dropped" | "dead"; readonly reason: string }
  /** Nothing can be sent there any more. "permission": one that has a name is missing. */
  | { readonly kind: "pause"; readonly reason: Refusal };

interface Try {
  readonly target: Pick<ClaimedTarget, "target" | "failures">;
  /** The first of those that the message tells. */
  readonly delivery: Pick<WaitingDelivery, "attempts" | "createdAt">;
  readonly now: number;
  readonly random: Random;
}

/** Of no message, and of no person: the place itself is what it is. */
const FOR_GOOD = new Set<Refusal>([
  "channel-gone",
  "server-gone",
  "person-gone",
  "not-accepted",
  "no-shared-server",
  "wrong-channel",
  "tag-needed",
  "locked",
]);
/** Somebody may be about to change it. */
const FOR_NOW = new Set<Refusal>(["hidden", "permission", "archived", "threads-full"]);
/** A direct message's channel is opened anew. */
const REOPENED = new Set<Refusal>(["hidden", "permission", "channel-gone"]);

export function isDm(target: string): boolean {
  return target.startsWith("dm:");
}

export function verdict(failed: Failed, attempt: Try): Verdict {
  const wait = waitFor(failed, attempt);
  if (wait.kind !== "wait") return wait;
  const { delivery, now } = attempt;
  const isOld = delivery.attempts > 0 && now - delivery.createdAt.getTime() > GIVEN_UP_MS;
  return isOld ? { kind: "drop", outcome: "dead", reason: reasonOf(failed) } : wait;
}

function waitFor(failed: Failed, { target: { target, failures }, delivery, random }: Try): Verdict {
  const jitter = 0.5 + random();
  switch (failed.kind) {
    case "limited":
      return { kind: "wait", tried: "untried", release: { nextInMs: failed.waitMs * (1 + random() / 10) } };
    case "away":
    case "unclear": {
      const nextInMs = backoff(Math.min(delivery.attempts, 20) + 1, PAUSES) * jitter;
      return { kind: "wait", tried: failed.kind === "away" ? "again" : "unknown", release: { nextInMs } };
    }
    case "refused": {
      const { reason } = failed;
      const reopened = isDm(target) && REOPENED.has(reason);
      if (!reopened && FOR_GOOD.has(reason)) return { kind: "pause", reason };
      if (!reopened && !FOR_NOW.has(reason)) return { kind: "drop", outcome: "dropped", reason };
      const nextInMs = (reopened ? DM_STRIKES_MS : STRIKES_MS)[failures];
      if (nextInMs === undefined) return { kind: "pause", reason };
      return {
        kind: "wait",
        tried: "again",
        release: { nextInMs: nextInMs * jitter, failures: "one", ...(reopened && { dmChannelId: null }) },
      };
    }
  }
}

/** In short, for those who look into the outbox. */
export function reasonOf(failed: Failed): string {
  return failed.kind === "refused" ? failed.reason : failed.kind;
}
