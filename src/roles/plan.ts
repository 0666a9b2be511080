import type { ClanKey, RoleGrace, RoleMapping } from "../store/index.js";
import { DAY_MS } from "../time.js";
import { clanKeyOf, rolesOf } from "./mapping.js";
import { nicknameOf } from "./nickname.js";
import type { MemberView, NicknameObstacle, RoleObstacle, ServerView } from "./ports.js";
import type { ClanReading } from "./reading.js";

/** How long somebody keeps a role that is not due any more: a list may be wrong, and people change clans by mistake. */
export const GRACE_MS = DAY_MS;

/** A member of a clan who has a rank in it. */
export interface Standing extends ClanKey {
  /** Of the character. */
  readonly name: string;
  readonly rank: string;
}

/** Somebody of whom it is known which characters they play. */
export interface KnownPerson {
  readonly userId: string;
  readonly characters: readonly (ClanKey & { readonly name: string })[];
  /** "absent": they are not in the server; "unread": Discord did not say. */
  readonly member: MemberView | "absent" | "unread";
}

export interface PlanInput {
  readonly mappings: readonly RoleMapping[];
  /** Of every clan that mappings are about. */
  readonly readings: readonly ClanReading[];
  readonly people: readonly KnownPerson[];
  readonly server: Pick<ServerView, "roleObstacle" | "nicknameObstacle">;
  readonly graces: readonly RoleGrace[];
  /** Null: nicknames stay as they are. */
  readonly template: string | null;
  /** A rank as people read it, the tag of a clan, and how high a rank is. */
  readonly words: {
    readonly rank: (rank: string) => string;
    readonly tag: (clan: ClanKey) => string;
    readonly height: (rank: string) => number;
  };
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Something that the bot would do if it could. */
export type Unable =
  | { readonly what: "give" | "take"; readonly roleId: string; readonly why: RoleObstacle }
  | { readonly what: "nickname"; readonly nick: string; readonly why: NicknameObstacle };

/** What is to be done to one member. */
export interface PersonPlan {
  readonly member: MemberView;
  /** In the clans that could be read, the highest rank first. */
  readonly standings: readonly Standing[];
  readonly give: readonly { readonly roleId: string; readonly because: Standing }[];
  readonly take: readonly string[];
  /** Roles that they have, and that are taken away then unless something changes. */
  readonly waiting: readonly { readonly roleId: string; readonly until: number }[];
  readonly nick: string | undefined;
  readonly unable: readonly Unable[];
  /** They have roles of clans that they are not in. */
  readonly isOutside: boolean;
}

export interface Plan {
  readonly readings: readonly ClanReading[];
  /** Those to whom something is to be done, now or later, or could not be. */
  readonly people: readonly PersonPlan[];
  /** Members whose rank gives a role, of whom nobody knows who plays them. */
  readonly unmatched: readonly Standing[];
  /** Members who are known, and not in the server. */
  readonly absent: readonly (Standing & { readonly userId: string })[];
  /** Ids of those of whom Discord did not tell their roles. */
  readonly unread: readonly string[];
  readonly graces: {
    readonly begun: readonly RoleGrace[];
    readonly ended: readonly Pick<RoleGrace, "discordId" | "roleId">[];
  };
  /** How many have what they should have. */
  readonly right: number;
}

/**
 * The difference between the roles that people have and those that their ranks give. Nothing is taken that follows from a clan
 * whose list could not be read or believed, and nothing but roles of mappings is touched.
 */
export function planOf(input: PlanInput): Plan {
  const { readings, people, graces } = input;
  const ranks = new Map(readings.flatMap((reading) => (reading.doubt ? [] : [[clanKeyOf(reading), ranksOf(reading)]])));
  const standingsOf = (person: KnownPerson) => standings(person, ranks, input);
  const present = people.flatMap((person) =>
    typeof person.member === "string"
      ? []
      : [personPlan({ member: person.member, standings: standingsOf(person) }, input)],
  );
  const begun = present.flatMap(({ begins }) => begins);
  const kept = new Set(present.flatMap(({ keeps }) => keeps.map(graceKey)));
  const seen = new Set(present.map(({ plan }) => plan.member.userId));
  const isActive = ({ give, take, waiting, nick, unable, isOutside }: PersonPlan) =>
    give.length + take.length + waiting.length + unable.length > 0 || nick !== undefined || isOutside;
  const known = new Set(people.flatMap(({ characters }) => characters.map((one) => `${clanKeyOf(one)}:${one.name}`)));
  return {
    readings,
    people: present.map(({ plan }) => plan).filter(isActive),
    unmatched: unmatched(readings, known, input),
    absent: people.flatMap((person) =>
      person.member === "absent" ? standingsOf(person).map((one) => ({ ...one, userId: person.userId })) : [],
    ),
    unread: people.flatMap(({ userId, member }) => (member === "unread" ? [userId] : [])),
    graces: {
      begun,
      // Of those whose roles are not known now, nothing is either.
      ended: graces.filter((grace) => seen.has(grace.discordId) && !kept.has(graceKey(grace))),
    },
    right: present.filter(({ plan }) => !isActive(plan)).length,
  };
}

const graceKey = ({ discordId, roleId }: Pick<RoleGrace, "discordId" | "roleId">) => `${discordId}:${roleId}`;

function ranksOf({ members }: { readonly members: readonly { readonly name: string; readonly rank: string }[] }) {
  return new Map(members.map(({ name, rank }) => [name, rank]));
}

type Ranks = ReadonlyMap<string, ReadonlyMap<string, string>>;

function standings({ characters }: KnownPerson, ranks: Ranks, { words }: PlanInput): Standing[] {
  return characters
    .flatMap((character) => {
      const rank = ranks.get(clanKeyOf(character))?.get(character.name);
      return rank === undefined ? [] : [{ ...character, rank }];
    })
    .sort((a, b) => words.height(b.rank) - words.height(a.rank) || (a.name < b.name ? -1 : 1));
}

interface Drafted {
  readonly plan: PersonPlan;
  readonly begins: readonly RoleGrace[];
  /** Those that go on. */
  readonly keeps: readonly Pick<RoleGrace, "discordId" | "roleId">[];
}

function personPlan(
  { member, standings: theirs }: { readonly member: MemberView; readonly standings: readonly Standing[] },
  input: PlanInput,
): Drafted {
  const { mappings, server, graces, now } = input;
  const due = new Map<string, Standing>();
  for (const standing of theirs)
    for (const roleId of rolesOf(standing.rank, standing, mappings)) if (!due.has(roleId)) due.set(roleId, standing);
  const missing = [...due].filter(([roleId]) => !member.roleIds.includes(roleId));
  const surplus = surplusOf(member, due, input);
  const blocked = (what: "give" | "take", roleId: string): Unable[] => {
    const why = server.roleObstacle(roleId);
    return why ? [{ what, roleId, why }] : [];
  };
  const since = new Map(graces.filter(({ discordId }) => discordId === member.userId).map((one) => [one.roleId, one]));
  const waits = surplus.map((roleId) => ({ roleId, until: (since.get(roleId)?.since.getTime() ?? now) + GRACE_MS }));
  const over = waits.filter(({ until }) => until <= now).map(({ roleId }) => roleId);
  const renaming = nickOf(member, theirs, input);
  return {
    plan: {
      member,
      standings: theirs,
      give: missing.flatMap(([roleId, because]) => (server.roleObstacle(roleId) ? [] : [{ roleId, because }])),
      take: over.filter((roleId) => !server.roleObstacle(roleId)),
      waiting: waits.filter(({ until }) => until > now),
      nick: renaming?.why ? undefined : renaming?.nick,
      unable: [
        ...missing.flatMap(([roleId]) => blocked("give", roleId)),
        ...over.flatMap((roleId) => blocked("take", roleId)),
        ...(renaming?.why ? [{ what: "nickname" as const, nick: renaming.nick, why: renaming.why }] : []),
      ],
      isOutside: surplus.length > 0 && theirs.length === 0,
    },
    begins: surplus
      .filter((roleId) => !since.has(roleId))
      .map((roleId) => ({ discordId: member.userId, roleId, since: new Date(now) })),
    keeps: surplus.map((roleId) => ({ discordId: member.userId, roleId })),
  };
}

/** The roles of mappings that somebody has and should not, as far as every clan that gives them could be read. */
function surplusOf(
  { roleIds }: MemberView,
  due: ReadonlyMap<string, unknown>,
  { mappings, readings }: PlanInput,
): readonly string[] {
  const certain = new Set(readings.filter(({ doubt }) => !doubt).map(clanKeyOf));
  return roleIds.filter((roleId) => {
    const giving = mappings.filter((mapping) => mapping.roleId === roleId);
    return giving.length > 0 && !due.has(roleId) && giving.every((mapping) => certain.has(clanKeyOf(mapping)));
  });
}

function nickOf(
  member: MemberView,
  [first]: readonly Standing[],
  { template, words, server }: PlanInput,
): { readonly nick: string; readonly why: NicknameObstacle | undefined } | undefined {
  if (template === null || !first) return undefined;
  const nick = nicknameOf(template, { name: first.name, rank: words.rank(first.rank), tag: words.tag(first) });
  return nick === "" || nick === member.nick ? undefined : { nick, why: server.nicknameObstacle(member) };
}

function unmatched(readings: readonly ClanReading[], known: ReadonlySet<string>, { mappings }: PlanInput): Standing[] {
  return readings.flatMap((reading) =>
    reading.doubt
      ? []
      : reading.members
          .filter(
            ({ name, rank }) =>
              !known.has(`${clanKeyOf(reading)}:${name}`) && rolesOf(rank, reading, mappings).length > 0,
          )
          .map(({ name, rank }) => ({ region: reading.region, clanId: reading.clanId, name, rank })),
  );
}
