import pLimit from "p-limit";
import type { ClanKey, KeptRoster, ProvedMatch, RoleCandidate, RoleMatch } from "../store/index.js";
import { matched } from "../watch/index.js";
import { clanKeyOf } from "./mapping.js";
import type { KnownPerson } from "./plan.js";
import type { MemberView, OwnNames, Servers } from "./ports.js";
import type { ClanReading } from "./reading.js";

/** Requests to Discord, and to the game, at once. */
const AT_ONCE = 5;

/** A character that was renamed, as far as one can tell. */
export type Renaming = ClanKey & { readonly was: string; readonly name: string };

/** Who plays whom, and what of it is new. */
export interface Identified {
  readonly people: readonly KnownPerson[];
  readonly proved: readonly ProvedMatch[];
  readonly renamed: readonly Renaming[];
  /** Matches that a linked account proved once, and now another or none. */
  readonly refuted: readonly (ClanKey & { readonly name: string })[];
}

interface IdentifyParts {
  readonly guildId: string;
  readonly readings: readonly ClanReading[];
  /** The lists as they were before. */
  readonly kept: readonly KeptRoster[];
  readonly matches: readonly RoleMatch[];
  readonly candidates: (clan: ClanKey, names: readonly string[]) => Promise<readonly RoleCandidate[]>;
  readonly servers: Pick<Servers, "member">;
  readonly ownNames: OwnNames;
  readonly signal: AbortSignal;
}

/**
 * Who in the server plays which members of clans: as linked accounts prove, of which only those of people in the server are
 * asked, and as somebody who manages roles has said. A match is remembered while its account does not tell.
 */
export async function identify(parts: IdentifyParts): Promise<Identified> {
  const { guildId, readings, kept, servers, ownNames, signal } = parts;
  const renamed = readings.flatMap((reading) => renamings(reading, kept));
  const matches = parts.matches.map((match) => followed(match, renamed));
  const limit = pLimit(AT_ONCE);
  const found = await Promise.all(
    readings.map(async (reading) => {
      const names = reading.doubt ? [] : reading.members.map(({ name }) => name);
      return { reading, names: new Set(names), candidates: await parts.candidates(reading, names) };
    }),
  );
  const ids = new Set([
    ...matches.map(({ discordId }) => discordId),
    ...found.flatMap(({ candidates }) => candidates.map(({ discordId }) => discordId)),
  ]);
  const members = new Map(
    await Promise.all(
      [...ids].map((id) => limit(async () => [id, await memberOf(guildId, id, servers, signal)] as const)),
    ),
  );
  const told = await Promise.all(
    found.flatMap(({ reading, names, candidates }) =>
      candidates
        .filter(({ lent, discordId }) => lent && typeof members.get(discordId) === "object")
        .map((candidate) =>
          limit(async () => ({
            ...{ reading, names, candidate },
            own: await ownNames(candidate.linkId, reading.region, signal),
          })),
        ),
    ),
  );
  const proved = told.flatMap(({ reading: { region, clanId }, names, candidate: { linkId, discordId }, own = [] }) =>
    [...own].filter((name) => names.has(name)).map((name) => ({ region, clanId, name, linkId, discordId })),
  );
  const refuted = matches.filter((match) => isRefuted(match, told, proved));
  return {
    people: peopleOf({ members, matches: matches.filter((match) => !refuted.includes(match)), proved, found }),
    proved: proved.map(({ region, clanId, name, linkId }) => ({ region, clanId, name, linkId })),
    renamed,
    refuted: refuted.map(({ region, clanId, name }) => ({ region, clanId, name })),
  };
}

/** Discord that does not answer for somebody says nothing about them. */
async function memberOf(
  guildId: string,
  userId: string,
  servers: Pick<Servers, "member">,
  signal: AbortSignal,
): Promise<MemberView | "absent" | "unread"> {
  signal.throwIfAborted();
  const read = await servers.member(guildId, userId);
  if (read.kind === "read") return read.value;
  return read.kind === "refused" && read.reason === "member-gone" ? "absent" : "unread";
}

function renamings(reading: ClanReading, kept: readonly KeptRoster[]): Renaming[] {
  const before = kept.find((one) => clanKeyOf(one) === clanKeyOf(reading));
  if (reading.doubt || !before) return [];
  const { region, clanId } = reading;
  return matched(before.members, reading.members).stayed.flatMap(({ before: { name: was }, after: { name } }) =>
    was === name ? [] : [{ region, clanId, was, name }],
  );
}

function followed(match: RoleMatch, renamed: readonly Renaming[]): RoleMatch {
  const one = renamed.find((renaming) => clanKeyOf(renaming) === clanKeyOf(match) && renaming.was === match.name);
  return one ? { ...match, name: one.name } : match;
}

interface Told {
  readonly reading: ClanReading;
  readonly candidate: RoleCandidate;
  readonly own: ReadonlySet<string> | undefined;
}

/** Somebody else's account proves it, or an account that proved it says that it has no such character any more. */
function isRefuted(match: RoleMatch, told: readonly Told[], proved: readonly (RoleMatch | ProvedBy)[]): boolean {
  const same = (other: ClanKey & { readonly name: string }) =>
    clanKeyOf(other) === clanKeyOf(match) && other.name === match.name;
  if (proved.some((other) => same(other) && other.discordId !== match.discordId)) return true;
  if (match.origin === "hand" || proved.some(same)) return false;
  const asked = told.filter(
    ({ reading, candidate }) => candidate.discordId === match.discordId && reading.region === match.region,
  );
  return asked.length > 0 && asked.every(({ own }) => own !== undefined && !own.has(match.name));
}

type ProvedBy = ClanKey & { readonly name: string; readonly discordId: string };

function peopleOf({
  members,
  matches,
  proved,
  found,
}: {
  readonly members: ReadonlyMap<string, MemberView | "absent" | "unread">;
  readonly matches: readonly RoleMatch[];
  readonly proved: readonly ProvedBy[];
  readonly found: readonly { readonly reading: ClanReading; readonly candidates: readonly RoleCandidate[] }[];
}): KnownPerson[] {
  // Of those who are not here the account is not asked; its main character was theirs when they chose it.
  const away = found.flatMap(({ reading: { region, clanId }, candidates }) =>
    candidates.flatMap(({ discordId, mainName, lent }) =>
      lent && mainName !== null && members.get(discordId) === "absent"
        ? [{ region, clanId, name: mainName, discordId }]
        : [],
    ),
  );
  const all: readonly ProvedBy[] = [...matches, ...proved, ...away];
  return [...members].flatMap(([userId, member]) => {
    const theirs = all.filter(({ discordId }) => discordId === userId);
    const characters = new Map(theirs.map((one) => [`${clanKeyOf(one)}:${one.name}`, one]));
    if (characters.size === 0) return [];
    return [
      {
        userId,
        member,
        characters: [...characters.values()].map(({ region, clanId, name }) => ({ region, clanId, name })),
      },
    ];
  });
}
