import { landmarks } from "./landmarks.js";
import type { Character, Population } from "./population.js";
import { pick, subkey, unit, uuid } from "./random.js";
import type { RegionId } from "./regions.js";

/** A player's EXBO account. */
export interface Account {
  readonly id: number;
  readonly uuid: string;
  readonly login: string;
  readonly displayLogin: string | null;
  readonly distributor: string;
  readonly distributorId: string | null;
  /** Names of the characters it owns. */
  readonly characters: Readonly<Record<RegionId, readonly string[]>>;
}

const [marten, lynx, heron] = landmarks.accounts;
const { leader, alt, hostileClanMember, loner } = landmarks.characters;

/** The three people who can log in to the simulated EXBO. */
export const ACCOUNTS: readonly Account[] = [
  account(501, marten, "Marten", { RU: [leader, alt], EU: [leader, alt], NA: [leader, alt], SEA: [leader, alt] }),
  account(502, lynx, null, { RU: [hostileClanMember], EU: [hostileClanMember], NA: [], SEA: [] }),
  account(503, heron, "Цапля", { RU: [loner], EU: [], NA: landmarks.flock, SEA: [] }),
];

export function findAccount(login: string): Account | undefined {
  return ACCOUNTS.find((candidate) => candidate.login === login);
}

export function findAccountById(id: string): Account | undefined {
  return ACCOUNTS.find((candidate) => String(candidate.id) === id);
}

/** Names of a character's friends: none for the loner, dozens for the second character of `marten`, else up to eight. */
export function friendsOf(character: Character, population: Population): string[] {
  const key = subkey(0, character.id);
  const few = 3 + Math.floor(unit(key, 1) * 6);
  const count = character.name === loner ? 0 : character.name === alt ? 60 : few;
  const picks = Array.from({ length: count }, (_, n) => Math.floor(unit(key, n + 2) * population.characterCount));
  return [...new Set(picks)].filter((index) => index !== character.index).map((index) => population.nameOf(index));
}

function account(id: number, login: string, displayLogin: string | null, characters: Account["characters"]): Account {
  const distributor = pick(["exbo", "steam"], (id % 2) / 2);
  const distributorId = distributor === "steam" ? `7656119${String(id).padStart(10, "0")}` : null;
  return { id, uuid: uuid(id), login, displayLogin, distributor, distributorId, characters };
}
