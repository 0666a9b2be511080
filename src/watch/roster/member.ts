import { ClanMemberRank } from "@zonewire/stalcraft";
import { z } from "zod";

/** A member as the game tells it: without an id, so names are all there is. */
export const member = z.object({
  /** Of one roster, each name is another. */
  name: z.string(),
  /** As the API spells it, or one that is new to us. */
  rank: z.string(),
  /** Milliseconds since the epoch. */
  joinedAt: z.number(),
});

export type Member = z.infer<typeof member>;

/** Lowest first. */
const LADDER: readonly string[] = Object.values(ClanMemberRank);

/** Above zero: `to` is the higher rank; below: the lower one. Undefined where one of them is new to us. */
export function rise(from: string, to: string): number | undefined {
  const [below, above] = [LADDER.indexOf(from), LADDER.indexOf(to)];
  return below < 0 || above < 0 ? undefined : above - below;
}

export function leads({ rank }: Member): boolean {
  return rank === ClanMemberRank.LEADER;
}
