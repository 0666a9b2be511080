import pLimit from "p-limit";
import type { Context } from "../../src/kernel/index.js";
import { isOutage } from "../../src/last-known.js";
import { DAY_MS, MINUTE_MS } from "../../src/time.js";
import {
  InvalidRequestError,
  NotFoundError,
  RateLimitError,
  type ClanMember,
  type StalcraftError,
} from "@zonewire/stalcraft";

/** This many profiles are requested at once. */
const AT_ONCE = 4;
/** A last login may be this old, in milliseconds: turning pages or trying again does not read all of them again. */
const MAX_AGE_MS = 10 * MINUTE_MS;
/** How long one profile may wait for points and for its answer, in milliseconds: less than the answer may take. */
const TIMEOUT_MS = 5_000;

export interface LastLogins {
  /** By the name of a member; undefined for one whose profile tells none. Not there: the points ran out before, or the API stopped to answer. */
  readonly times: ReadonlyMap<string, Date | undefined>;
  /** When the oldest of the profiles arrived; undefined before there is one. */
  readonly readAt: Date | undefined;
  /** Why the API stopped to answer: the rest is what was known. */
  readonly outage: StalcraftError | undefined;
  /** Set when the points ran out; when there are new ones, if that is known. */
  readonly exhausted: { readonly until: Date | undefined } | undefined;
}

/**
 * When members were last in the game, one point each, as far as the points go that background work may use: other
 * commands are not held up meanwhile. Where the API does not answer, what is known of the rest.
 * @throws StalcraftError when the API does not answer, and nothing is known.
 * @param call with an outage of a moment ago, nothing is asked
 * @param progress called with how many are read
 */
export async function readLastLogins(
  members: readonly ClanMember[],
  region: string,
  call: Pick<Context, "known" | "signal"> & { readonly outage: StalcraftError | undefined },
  progress: (read: number) => void,
): Promise<LastLogins> {
  const { known, signal } = call;
  const times = new Map<string, Date | undefined>();
  let stopped = call.outage;
  let readAt: Date | undefined;
  const ask = async (name: string): Promise<Date | undefined> => {
    try {
      const options = { priority: "background", maxAge: MAX_AGE_MS, timeout: TIMEOUT_MS, signal } as const;
      const { value, outage } = await known.lastLogin(region, name, { ...options, outage: stopped });
      stopped ??= outage;
      if (!readAt || value.receivedAt < readAt) readAt = value.receivedAt;
      return value.time;
    } catch (error) {
      // Hidden, renamed meanwhile, or of a name that the API does not take.
      if (error instanceof NotFoundError || error instanceof InvalidRequestError) return undefined;
      throw error;
    }
  };
  await pLimit(AT_ONCE).map(members, async ({ name }) => {
    try {
      times.set(name, await ask(name));
      progress(times.size);
    } catch (error) {
      if (!isOutage(error)) throw error;
      stopped ??= error;
    }
  });
  if (stopped instanceof RateLimitError)
    return { times, readAt, outage: undefined, exhausted: { until: stopped.resetAt } };
  // Of a list that was just read, nothing would be new.
  if (stopped && !call.outage && times.size === 0) throw stopped;
  return { times, readAt, outage: stopped, exhausted: undefined };
}

/** Whether a member has not been in the game for more than `days`; never of one whose last login is not known. */
export function isAbsent(
  { name }: Pick<ClanMember, "name">,
  days: number,
  logins: Pick<LastLogins, "times"> | undefined,
  { now }: Pick<Context, "now">,
): boolean {
  const seen = logins?.times.get(name);
  return seen !== undefined && now.getTime() - seen.getTime() > days * DAY_MS;
}
