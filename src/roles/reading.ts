import type { ClanKey, KeptMember, KeptRoster } from "../store/index.js";

/**
 * Why the list of a clan's members says nothing now. "refused": the game shows it to no linked account, or an empty one; "gone":
 * there is no such clan any more; "silent": the game does not answer; "shrunk": more than a third is missing at once.
 */
export type Doubt = "refused" | "gone" | "silent" | "shrunk";

/** The list of a clan's members, or why there is none that can be believed. */
export type ClanReading = ClanKey &
  (
    | { readonly doubt: undefined; readonly members: readonly KeptMember[]; readonly readAt: Date }
    | { readonly doubt: Exclude<Doubt, "shrunk"> }
    | {
        readonly doubt: "shrunk";
        /** How many there are now, and how many there were when roles followed from the list last. */
        readonly now: number;
        readonly before: number;
      }
  );

/** More than a third of the members being gone at once is rather a mistake of the game than the truth. */
export function hasShrunk(before: number, now: number): boolean {
  return (before - now) * 3 > before;
}

/**
 * What to make of a list that the game has told.
 * @param kept what roles followed from last
 * @param accepted somebody who manages roles says that a list of no fewer members is true
 */
export function readingOf(
  clan: ClanKey,
  told: { readonly members: readonly KeptMember[]; readonly readAt: Date },
  kept: KeptRoster | undefined,
  accepted: number | undefined,
): ClanReading {
  const [before, now] = [kept?.members.length ?? 0, told.members.length];
  if (hasShrunk(before, now) && (accepted === undefined || now < accepted))
    return { ...clan, doubt: "shrunk", now, before };
  return { ...clan, doubt: undefined, ...told };
}
