import { escape, type Context, type PlainTextKey } from "../../src/kernel/index.js";
import { ClanMemberRank } from "@zonewire/stalcraft";

/** The ranks within a clan, lowest first. */
export const RANKS = new Map<string, PlainTextKey>([
  [ClanMemberRank.RECRUIT, "rank.recruit"],
  [ClanMemberRank.COMMONER, "rank.commoner"],
  [ClanMemberRank.SOLDIER, "rank.soldier"],
  [ClanMemberRank.SERGEANT, "rank.sergeant"],
  [ClanMemberRank.OFFICER, "rank.officer"],
  [ClanMemberRank.COLONEL, "rank.colonel"],
  [ClanMemberRank.LEADER, "rank.leader"],
]);

/** A rank within a clan as the game calls it; one that is new to us as the API calls it. */
export function rankName(rank: string, context: Pick<Context, "t">): string {
  return escape(plainRankName(rank, context));
}

/** The same, for files. */
export function plainRankName(rank: string, { t }: Pick<Context, "t">): string {
  const key = RANKS.get(rank);
  return key ? t(key) : rank;
}
