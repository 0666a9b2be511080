import type { Context } from "../../src/kernel/index.js";
import { InvalidRequestError, NotFoundError, RateLimitError, type ClanMember } from "../../src/stalcraft/index.js";

/** This many profiles are asked for at once. */
const AT_ONCE = 4;
/** A last login may be this old, in milliseconds: who turns pages or tries again does not pay for all of them again. */
const MAX_AGE_MS = 10 * 60_000;
/** How long one profile may wait for points and for its answer, in milliseconds: less than the answer may take. */
const TIMEOUT_MS = 5_000;

export interface LastLogins {
  /** By the name of a member; undefined for one whose profile tells none. Not there: the points ran out before. */
  readonly times: ReadonlyMap<string, Date | undefined>;
  /** When the oldest of the profiles arrived; undefined before there is one. */
  readonly readAt: Date | undefined;
  /** Set when the points ran out; when there are new ones, if that is known. */
  readonly exhausted: { readonly until: Date | undefined } | undefined;
}

/**
 * When members were last in the game, one point each, as far as the points go that background work may use: people who
 * ask for something else meanwhile are not held up.
 * @param progress is told how many are read
 */
export async function readLastLogins(
  members: readonly ClanMember[],
  region: string,
  { stalcraft, signal }: Pick<Context, "stalcraft" | "signal">,
  progress: (read: number) => void,
): Promise<LastLogins> {
  const times = new Map<string, Date | undefined>();
  let exhausted: LastLogins["exhausted"];
  let readAt: Date | undefined;
  const waiting = members.map(({ name }) => name).values();
  const ask = async (name: string): Promise<Date | undefined> => {
    try {
      const call = { priority: "background", maxAge: MAX_AGE_MS, timeout: TIMEOUT_MS, signal } as const;
      const { lastLogin, receivedAt } = await stalcraft.characters(region).getProfile(name, call);
      if (!readAt || receivedAt < readAt) readAt = receivedAt;
      return lastLogin;
    } catch (error) {
      // Hidden, renamed meanwhile, or of a name that cannot be asked for.
      if (error instanceof NotFoundError || error instanceof InvalidRequestError) return undefined;
      throw error;
    }
  };
  let stopped = false;
  const work = async (): Promise<void> => {
    for (const name of waiting) {
      if (stopped) return;
      try {
        times.set(name, await ask(name));
        progress(times.size);
      } catch (error) {
        stopped = true;
        if (!(error instanceof RateLimitError)) throw error;
        exhausted = { until: error.resetAt };
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { times, readAt, exhausted };
}
