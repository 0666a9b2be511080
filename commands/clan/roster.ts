import { card, escape, UserError, type Account, type Context } from "../../src/kernel/index.js";
import { UnauthorizedError, type Clan, type ClanMember, type StalcraftError } from "@zonewire/stalcraft";
import { inOrder } from "../format/order.js";
import { RANKS } from "../format/rank.js";
import { chosenCharacter } from "../options/character.js";
import { findClanId } from "../options/clan.js";
import { isAbsent, readLastLogins, type LastLogins } from "./last-logins.js";

export const SORTS = ["rank", "name", "joined", "seen"] as const;
/** By rank, the highest first; by name; by the day of joining, the oldest first; by absence, the longest first. */
export type Sort = (typeof SORTS)[number];

export type WithAccount = Context & { readonly account: Account };

/** A clan by its id. */
export interface ClanPlace {
  readonly clan: string;
  readonly region: string;
}

/** The clan that is meant. */
export interface Found extends ClanPlace {
  /** Why the API did not tell: it is the one that it named last. */
  readonly outage?: StalcraftError | undefined;
}

/** Which members of which clan, in which order. */
export interface Selection extends ClanPlace {
  readonly sort: Sort;
  /** Undefined: all of them. */
  readonly rank: string | undefined;
  /** Only those who have been absent for more than this many days, as far as their last logins are known. */
  readonly absent: number | undefined;
}

export interface Roster {
  readonly clan: Clan;
  readonly all: readonly ClanMember[];
  /** When the members were read. */
  readonly readAt: Date;
  /** Why something of it could not be read again. */
  readonly outage: StalcraftError | undefined;
  /** The selected members, in the selected order. */
  readonly shown: readonly ClanMember[];
  /** How many have the selected rank. */
  readonly ofRank: number;
  /** Read where they are needed. */
  readonly logins: LastLogins | undefined;
}

/** @throws UserError when the caller is in no clan of the region. */
export async function ownClan(asked: string | undefined, context: WithAccount): Promise<Found> {
  const { character, own, region, outage } = await chosenCharacter(context.account, asked, context);
  const found = character.clan ?? own.find((other) => other.clan)?.clan;
  if (!found) throw new UserError("error.no-own-clan", { region });
  return { clan: found.info.id, region, outage };
}

/** The clan that is named, or else the caller's own. @throws UserError as `ownClan` and `namedClan` do. */
export function askedClan(asked: string | undefined, region: string | undefined, context: WithAccount): Promise<Found> {
  return asked === undefined ? ownClan(region, context) : namedClan(asked, region ?? context.region, context);
}

/** @throws UserError when no clan has such a name or tag. */
async function namedClan(text: string, region: string, context: Context): Promise<Found> {
  return { clan: await findClanId(text, region, context), region };
}

/** All members, by rank: whoever may read them may see what is kept of the clan. @throws UserError as `readRoster` does. */
export function readMembersOf({ clan, region, outage }: Found, context: WithAccount): Promise<Roster> {
  return readRoster({ clan, region, sort: "rank", rank: undefined, absent: undefined }, context, outage);
}

/**
 * @param outage of a moment ago: nothing is asked again
 * @throws UserError when the caller is not in the clan.
 */
export async function readRoster(
  { clan: id, region, sort, rank, absent }: Selection,
  context: WithAccount,
  outage?: StalcraftError,
): Promise<Roster> {
  const { known, signal } = context;
  const info = await known.clan(region, id, { signal, outage });
  const clan = info.value;
  const members = await readMembers(clan, region, context, info.outage);
  const all = members.value;
  const chosen = all.filter((member) => rank === undefined || member.rank === rank);
  const logins =
    sort === "seen" || absent !== undefined
      ? await readLastLogins(chosen, region, { known, signal, outage: members.outage }, (read) => {
          context.progress({ embeds: [readingCard(clan, read, chosen.length, context)] });
        })
      : undefined;
  return {
    clan,
    all,
    readAt: all.receivedAt,
    outage: members.outage ?? logins?.outage,
    shown: sorted(
      absent === undefined ? chosen : chosen.filter((member) => isAbsent(member, absent, logins, context)),
      sort,
      logins,
      context,
    ),
    ofRank: chosen.length,
    logins,
  };
}

/** What is shown while last logins are read. */
function readingCard(clan: Clan, read: number, total: number, { t, number }: Context) {
  return card({
    title: t("clan.title", { tag: escape(clan.tag), name: escape(clan.name) }),
    description: t("members.reading", { read: number(read), total: number(total) }),
  });
}

async function readMembers({ id, name }: Clan, region: string, context: WithAccount, outage?: StalcraftError) {
  const { known, signal, account, userId } = context;
  try {
    return await known.members(region, id, { userId, account }, { signal, outage });
  } catch (error) {
    if (!(error instanceof UnauthorizedError)) throw error;
    const params = { clan: escape(name), account: escape(account.login) };
    throw new UserError("error.not-in-clan", params, { cause: error });
  }
}

const LADDER = [...RANKS.keys()];

/** How many members have each rank, the highest first; ranks that are new to us last. */
export function ranksOf(members: readonly ClanMember[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { rank } of members) counts.set(rank, (counts.get(rank) ?? 0) + 1);
  return new Map([...counts].sort(([a], [b]) => height(b) - height(a)));
}

/** Those of a rank, or all, in an order; members alike in it go by name. */
export function sorted(
  members: readonly ClanMember[],
  sort: Sort,
  logins: LastLogins | undefined,
  context: Pick<Context, "locale">,
): ClanMember[] {
  const byName = inOrder(members, ({ name }) => name, context);
  const place = placeIn(sort, logins);
  return place ? byName.sort((a, b) => compare(place(a), place(b))) : byName;
}

function placeIn(sort: Sort, logins: LastLogins | undefined): ((member: ClanMember) => number) | undefined {
  if (sort === "rank") return ({ rank }) => -height(rank);
  if (sort === "joined") return ({ joinTime }) => joinTime.getTime();
  // Members without a known login come last: first those whose profile was read.
  if (sort === "seen")
    return ({ name }) => logins?.times.get(name)?.getTime() ?? (logins?.times.has(name) ? MAX : Infinity);
  return undefined;
}

const MAX = Number.MAX_SAFE_INTEGER;

function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

function height(rank: string): number {
  return LADDER.indexOf(rank);
}
