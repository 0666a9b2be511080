import type { KnownPerson, PlanInput } from "../../src/roles/plan.js";
import type { MemberView } from "../../src/roles/ports.js";
import type { ClanReading } from "../../src/roles/reading.js";
import type { RoleMapping } from "../../src/store/index.js";

export const NOON = Date.UTC(2026, 10, 28, 12);
export const CLAN = { region: "EU", clanId: "c1" };
export const ACADEMY = { region: "EU", clanId: "c2" };
const LADDER = ["RECRUIT", "SOLDIER", "OFFICER", "LEADER"];

export const mapping = (rank: string, roleId: string, clan = CLAN): RoleMapping => ({ ...clan, rank, roleId });

/** A list of members by name and rank. */
export const reading = (ranks: Readonly<Record<string, string>>, clan = CLAN): ClanReading => ({
  ...clan,
  doubt: undefined,
  members: Object.entries(ranks).map(([name, rank], n) => ({ name, rank, joinedAt: n })),
  readAt: new Date(NOON),
});

export const member = (userId: string, roleIds: readonly string[] = [], nick?: string): MemberView => ({
  ...{ userId, roleIds, nick },
  name: `<${userId}>`,
  isBot: false,
});

/** Somebody who plays these characters of the clan. */
export const person = (view: MemberView, ...names: readonly string[]): KnownPerson => ({
  userId: view.userId,
  member: view,
  characters: names.map((name) => ({ ...CLAN, name })),
});

export const input = (given: Partial<PlanInput>): PlanInput => ({
  mappings: [],
  readings: [],
  people: [],
  server: { roleObstacle: () => undefined, nicknameObstacle: () => undefined },
  graces: [],
  template: null,
  words: { rank: (rank) => rank.toLowerCase(), tag: () => "WT", height: (rank) => LADDER.indexOf(rank) },
  now: NOON,
  ...given,
});
