import { ACHIEVEMENTS } from "./achievements.js";
import { landmarks } from "./landmarks.js";
import { ALLIANCES, type Character, type Membership, type Population } from "./population.js";
import { mix, pick, subkey, unit } from "./random.js";
import { type Stat, type StatType, STATS } from "./stats.js";
import { DAY, HOUR } from "./time.js";

/** A date travels as epoch milliseconds in `date`; everything else as the API sends it. */
export interface StatValue {
  readonly id: string;
  readonly type: StatType;
  readonly value: number | { readonly date: number } | { readonly matches: readonly unknown[] };
}

export interface Profile {
  readonly character: Character;
  readonly status: string;
  readonly alliance?: string;
  readonly lastLoginAt?: number;
  readonly displayedAchievements: readonly string[];
  readonly membership?: Membership;
  readonly stats: readonly StatValue[];
}

/** Nobody's login is remembered longer than this. */
const LONGEST_ABSENCE = 90;

/** Nobody plays longer at a time, in hours. */
const LONGEST_SESSION = 12;

/** A character's profile at `at`; undefined for the few that are hidden. */
export function profileAt(population: Population, character: Character, at: number): Profile | undefined {
  const key = subkey(mix(character.index, 7), character.id);
  const { hidden, loner } = landmarks.characters;
  const hides = character.name === hidden || (unit(key, 1) < 0.01 && !isLandmark(character));
  const { hidden: hiddenByHand = hides, setBackAt } = population.changedProfile(character) ?? {};
  if (hiddenByHand) return undefined;
  const membership = population.membershipAt(character, at);
  const bare = character.name === loner;
  const alliance = membership?.clan.alliance ?? (unit(key, 2) < 0.6 ? pick(ALLIANCES, unit(key, 3)) : undefined);
  const lastLoginAt = unit(key, 4) < 0.95 ? lastLogin(key, character, membership, at) : undefined;
  const shown = ACHIEVEMENTS.filter((_, n) => unit(key, 100 + n) < 0.3).map(({ id }) => id);
  return {
    character,
    status: population.statusOf(character),
    displayedAchievements: shown.slice(0, 3),
    ...(alliance === undefined || bare ? {} : { alliance }),
    ...(lastLoginAt === undefined || bare ? {} : { lastLoginAt }),
    ...(membership === undefined ? {} : { membership }),
    stats: statsAt(key, character, membership, hoursPlayed(key, character, at, setBackAt)),
  };
}

function isLandmark({ name }: Character): boolean {
  return Object.values<string>(landmarks.characters).includes(name);
}

/**
 * The last of the character's logins before `at`: one on some days, at some hour of the day, and one to join a clan.
 */
function lastLogin(
  key: number,
  character: Character,
  membership: Membership | undefined,
  at: number,
): number | undefined {
  const joinedAt = membership?.joinedAt ?? 0;
  const today = Math.floor(at / DAY);
  for (let day = today; day > today - LONGEST_ABSENCE; day--) {
    const login = loginOn(key, day);
    if (login !== undefined && login <= at && login > character.createdAt) return Math.max(login, joinedAt);
  }
  return undefined;
}

/** On how many days of a hundred somebody plays. */
const habitOf = (key: number) => 0.1 + 0.85 * unit(key, 5);

/** Undefined: the character does not play that day. */
function loginOn(key: number, day: number): number | undefined {
  const turn = mix(key, day);
  return unit(turn, 2) < habitOf(key) ? day * DAY + Math.floor(unit(turn, 1) * DAY) : undefined;
}

/** All sessions until `at`: one from each login on. @param since earlier ones do not count */
function hoursPlayed(key: number, { createdAt }: Character, at: number, since = createdAt): number {
  const usual = (0.2 + 3 * unit(key, 6) ** 2) / habitOf(key);
  let hours = 0;
  for (let day = Math.floor(createdAt / DAY); day <= Math.floor(at / DAY); day++) {
    const login = loginOn(key, day);
    if (login === undefined || login <= createdAt) continue;
    const end = Math.min(at, login + Math.min(LONGEST_SESSION, usual * (0.5 + unit(mix(key, day), 3))) * HOUR);
    hours += Math.max(0, end - Math.max(login, since)) / HOUR;
  }
  return hours;
}

function statsAt(
  key: number,
  character: Character,
  membership: Membership | undefined,
  hoursPlayed: number,
): StatValue[] {
  return STATS.flatMap((stat, n): StatValue[] => {
    const value = statValue(stat, { key: mix(key, n), hoursPlayed, character, membership });
    // A profile has only the stats its character has gathered.
    return value === undefined || unit(key, 200 + n) < 0.08 ? [] : [{ id: stat.id, type: stat.type, value }];
  });
}

interface Life {
  readonly key: number;
  readonly hoursPlayed: number;
  readonly character: Character;
  readonly membership: Membership | undefined;
}

function statValue(stat: Stat, { key, hoursPlayed, character, membership }: Life): StatValue["value"] | undefined {
  const gained = stat.perHour * hoursPlayed * (0.5 + unit(key, 1));
  switch (stat.type) {
    case "INTEGER":
    case "DURATION":
      return Math.floor(stat.id === "pla-tim" ? hoursPlayed * HOUR : gained);
    case "DECIMAL":
      return Math.fround(gained);
    case "DATE": {
      const date = stat.perHour === 0 ? character.createdAt : membership?.joinedAt;
      return date === undefined ? undefined : { date };
    }
    case "SLIDING_MATCH_HISTORY":
      // The live shape is not known; clients must cope with anything.
      return { matches: Array.from({ length: 3 }, (_, n) => ["W", Math.floor(unit(key, n + 2) * 30), null]) };
  }
}
