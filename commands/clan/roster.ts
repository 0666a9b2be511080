import type { Context } from "../../src/kernel/index.js";
import type { ClanMember } from "@zonewire/stalcraft";
import { inOrder } from "../format/order.js";
import { RANKS } from "../format/rank.js";
import type { LastLogins } from "./last-logins.js";

export const SORTS = ["rank", "name", "joined", "seen"] as const;
/** By rank, the highest first; by name; by the day of joining, the oldest first; by absence, the longest first. */
export type Sort = (typeof SORTS)[number];

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
