import { MINUTE_MS } from "../../time.js";
import type { RosterChange, RosterChangeKind } from "./change.js";
import { leads, rise, type Member } from "./member.js";

/** Two moments of joining that are closer than this, of one name, are one membership told twice. */
const SAME_JOINING_MS = MINUTE_MS;

/** Which member of the one roster is which of the other. */
export interface Matching {
  /** In both, perhaps under another name. */
  readonly stayed: readonly { readonly before: Member; readonly after: Member }[];
  readonly gone: readonly Member[];
  readonly come: readonly Member[];
}

/** What happened between two rosters, the news of most weight first. */
export function rosterChanges(before: readonly Member[], after: readonly Member[]): RosterChange[] {
  const { stayed, gone, come } = matched(before, after);
  const isNewLeader = newLeaders(stayed, come);
  const changes: RosterChange[] = [
    ...newLeaderOf(stayed, gone, isNewLeader),
    ...come.map(({ name, rank }) => ({ kind: "joined", name, rank }) as const),
    ...gone.map(({ name, rank, joinedAt }) => ({ kind: "left", name, rank, joinedAt }) as const),
    ...stayed.flatMap(({ before: { name: was }, after: { name } }) =>
      was === name ? [] : [{ kind: "renamed", name, was } as const],
    ),
    ...stayed.flatMap((one) => (isNewLeader.has(one.after) ? [] : moved(one.before, one.after))),
  ];
  return changes.sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

const ORDER: readonly RosterChangeKind[] = ["leader", "joined", "left", "promoted", "demoted", "ranked", "renamed"];

/**
 * Who is who. A name that is there in both is one member, unless it joined anew; of the others, one that went and one that
 * came with the same moment of joining are probably one who was renamed: whoever had just joined would have another.
 */
export function matched(before: readonly Member[], after: readonly Member[]): Matching {
  const was = byName(before);
  const is = byName(after);
  const stayed = [...was.values()].flatMap((member) => {
    const now = is.get(member.name);
    return now && isOneMembership(member, now) ? [{ before: member, after: now }] : [];
  });
  const known = new Set(stayed.map(({ after: { name } }) => name));
  const gone = [...was.values()].filter(({ name }) => !known.has(name));
  const come = [...is.values()].filter(({ name }) => !known.has(name));
  const renamed = renames(gone, come);
  return {
    stayed: [...stayed, ...renamed],
    gone: gone.filter((member) => !renamed.some((pair) => pair.before === member)),
    come: come.filter((member) => !renamed.some((pair) => pair.after === member)),
  };
}

/** Each name once: the game has no two characters of one name. */
function byName(members: readonly Member[]): ReadonlyMap<string, Member> {
  const named = new Map<string, Member>();
  for (const member of members) if (!named.has(member.name)) named.set(member.name, member);
  return named;
}

function isOneMembership(before: Member, after: Member): boolean {
  return Math.abs(before.joinedAt - after.joinedAt) < SAME_JOINING_MS;
}

/** Those of one moment of joining: of each rank where there is one only, and then whoever is left alone with one other. */
function renames(gone: readonly Member[], come: readonly Member[]): { before: Member; after: Member }[] {
  const moments = new Set(gone.map(({ joinedAt }) => joinedAt));
  return [...moments].flatMap((moment) => {
    const went = gone.filter(({ joinedAt }) => joinedAt === moment);
    const came = come.filter(({ joinedAt }) => joinedAt === moment);
    const ranks = [...new Set(went.map(({ rank }) => rank))];
    const alike = ranks.flatMap((rank) => onlyPair(went.filter(ofRank(rank)), came.filter(ofRank(rank))));
    const others = onlyPair(
      went.filter((member) => !alike.some((pair) => pair.before === member)),
      came.filter((member) => !alike.some((pair) => pair.after === member)),
    );
    return [...alike, ...others];
  });
}

const ofRank =
  (rank: string) =>
  (member: Member): boolean =>
    member.rank === rank;

/** Of two and two nobody knows which is which. */
function onlyPair(
  [before, ...rest]: readonly Member[],
  [after, ...others]: readonly Member[],
): { before: Member; after: Member }[] {
  return before && after && rest.length + others.length === 0 ? [{ before, after }] : [];
}

function newLeaders(stayed: Matching["stayed"], come: Matching["come"]): ReadonlySet<Member> {
  const risen = stayed.filter(({ before, after }) => leads(after) && !leads(before)).map(({ after }) => after);
  return new Set([...risen, ...come.filter(leads)]);
}

function newLeaderOf(
  stayed: Matching["stayed"],
  gone: Matching["gone"],
  newOnes: ReadonlySet<Member>,
): Extract<RosterChange, { kind: "leader" }>[] {
  // As they are called now.
  const former = [...stayed.filter(({ before }) => leads(before)).map(({ after }) => after), ...gone.filter(leads)];
  const [was, ...more] = former;
  return [...newOnes].map(({ name }) => ({
    kind: "leader",
    name,
    ...(was && more.length === 0 && { was: was.name }),
  }));
}

function moved({ rank: from }: Member, { name, rank: to }: Member): RosterChange[] {
  if (from === to) return [];
  const height = rise(from, to);
  return [{ kind: height === undefined ? "ranked" : height > 0 ? "promoted" : "demoted", name, from, to }];
}
