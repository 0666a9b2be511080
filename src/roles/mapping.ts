import type { ClanKey, RoleMapping } from "../store/index.js";

/** Of a mapping: every member of the clan has the role, whatever their rank. */
export const ANY_RANK = "*";

/** Mappings of one server: as many as a menu holds. */
export const MOST_MAPPINGS = 25;

/** One clan, as a key of maps. */
export function clanKeyOf({ region, clanId }: ClanKey): string {
  return `${region}:${clanId}`;
}

/** The clans that mappings are about, each once. */
export function clansOf(mappings: readonly ClanKey[]): readonly ClanKey[] {
  const clans = new Map(mappings.map(({ region, clanId }) => [clanKeyOf({ region, clanId }), { region, clanId }]));
  return [...clans.values()];
}

/** The roles that a rank of a clan gives. */
export function rolesOf(rank: string, clan: ClanKey, mappings: readonly RoleMapping[]): readonly string[] {
  const key = clanKeyOf(clan);
  return mappings
    .filter((mapping) => clanKeyOf(mapping) === key && (mapping.rank === rank || mapping.rank === ANY_RANK))
    .map(({ roleId }) => roleId);
}
