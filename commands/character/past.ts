import type { Progress } from "../../src/history/index.js";
import { DAY_MS } from "../../src/time.js";
import { escape, UserError, type Context } from "../../src/kernel/index.js";
import { ownCharacters } from "../options/character.js";

/** What is known of a character's past, its moments as the game's time tells them. */
export interface Past extends Progress {
  /** How many lie between the two readings that are compared; 0: there is only one. */
  readonly days: number;
}

/**
 * The past of a character, where the caller may see it: that of somebody who has it kept is for everybody, that which is
 * kept for a clan is for those who have a character in it.
 * @throws UserError when there is none, or none for the caller: which of the two is nobody's business.
 */
export async function readPast(name: string, region: string, days: number, context: Context): Promise<Past> {
  const progress = await context.history.progress(region, name, days);
  if (progress && (progress.shared || (await isOfClan(progress, region, context)))) return pastOf(progress, context);
  throw (await isOwn(name, region, context))
    ? new UserError((await context.history.consent(context.userId)) ? "error.past-soon" : "error.past-off", {
        name: escape(name),
        region: escape(region),
      })
    : new UserError("error.past-none", { name: escape(name), region: escape(region) });
}

export function pastOf(progress: Progress, { told }: Pick<Context, "told">): Past {
  const { knownSince, from, until, gaps } = progress;
  return {
    ...progress,
    knownSince: told(knownSince),
    from: told(from),
    until: told(until),
    gaps: gaps.map((gap) => ({ ...gap, from: told(gap.from), to: told(gap.to) })),
    days: Math.max(0, until.getTime() - from.getTime()) / DAY_MS,
  };
}

async function isOfClan({ clans }: Progress, region: string, context: Context): Promise<boolean> {
  if (clans.length === 0) return false;
  const account = await context.findAccount();
  if (!account) return false;
  const { value: own } = await ownCharacters(account, region, context);
  return own.some(({ clan }) => clan !== undefined && clans.includes(clan.info.id));
}

/** Whether it is a character of the account that the caller has linked, as far as the game tells now. */
export async function isOwn(name: string, region: string, context: Context): Promise<boolean> {
  const account = await context.findAccount();
  if (!account) return false;
  const own = await ownCharacters(account, region, context).catch(() => undefined);
  const wanted = name.toLowerCase();
  return own?.value.some(({ information }) => information.name.toLowerCase() === wanted) ?? false;
}
