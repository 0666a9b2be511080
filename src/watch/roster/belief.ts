import { z } from "zod";
import { HOUR_MS } from "../../time.js";
import type { RosterChange } from "./change.js";
import { matched, rosterChanges } from "./changes.js";
import { member, type Member } from "./member.js";

/** How long somebody has to be missing from lists that the clan's public record does not confirm. */
const DOUBT_MS = 6 * HOUR_MS;

/** What is believed of a clan; stored between two looks. */
export const rosterState = z.object({
  name: z.string(),
  tag: z.string(),
  /** By how many the clan's public record counted more members than its list had: the two are not of one moment. */
  surplus: z.number(),
  members: z.array(
    member.extend({
      /** Since when lists come without this member that nothing confirms, in milliseconds since the epoch. */
      missingSince: z.number().optional(),
    }),
  ),
});

export type RosterState = z.infer<typeof rosterState>;
type BelievedMember = RosterState["members"][number];

/** The names of those who are believed to be in a clan; undefined: nothing is believed yet. */
export function believedMembers(state: unknown): string[] | undefined {
  return rosterState.safeParse(state).data?.members.map(({ name }) => name);
}

/** What the public record of a clan tells. */
export interface PublicClan {
  readonly name: string;
  readonly tag: string;
  readonly memberCount: number;
}

/** What is believed after a first look: nobody is told of anything. */
export function firstState(members: readonly Member[], { name, tag, memberCount }: PublicClan): RosterState {
  return { name, tag, surplus: memberCount - members.length, members: [...members] };
}

/** Whether the public record has to be asked before somebody is said to have left. */
export function needsConfirming(state: RosterState, members: readonly Member[]): boolean {
  return missing(state, members).length > 0;
}

/**
 * What is believed after a list that is not empty, and what of it is new. Who is missing has left only when the public
 * record counts no more members than there are, or when lists have come without them for hours: a list may be cut off.
 * @param clan undefined: not asked, or without an answer
 * @param now milliseconds since the epoch
 */
export function observed(
  state: RosterState,
  members: readonly Member[],
  clan: PublicClan | undefined,
  now: number,
): { readonly state: RosterState; readonly changes: readonly RosterChange[] } {
  const confirmed = clan !== undefined && isConfirmed(state, members, clan);
  const held = confirmed ? [] : doubted(missing(state, members), now);
  const believed: BelievedMember[] = [...members, ...held];
  return {
    state: {
      name: clan?.name ?? state.name,
      tag: clan?.tag ?? state.tag,
      surplus: confirmed ? clan.memberCount - members.length : state.surplus,
      members: believed,
    },
    changes: rosterChanges(state.members, believed),
  };
}

/** Those of whom nothing is left, not even another name. */
function missing(state: RosterState, members: readonly Member[]): readonly BelievedMember[] {
  const names = new Set(members.map(({ name }) => name));
  const gone = new Set<Member>(matched(state.members, members).gone);
  return state.members.filter((one) => gone.has(one) && !names.has(one.name));
}

function isConfirmed({ surplus }: RosterState, members: readonly Member[], { memberCount }: PublicClan): boolean {
  return memberCount <= members.length || memberCount - surplus === members.length;
}

/** Those who are not missing for long enough. */
function doubted(gone: readonly BelievedMember[], now: number): BelievedMember[] {
  return gone
    .map((one) => ({ ...one, missingSince: one.missingSince ?? now }))
    .filter(({ missingSince }) => now - missingSince < DOUBT_MS);
}
