import { isFiniteNumber, isLong, isObject } from "../json.js";

/** The keys of `additional` that are understood. */
export interface KnownAdditional {
  /** Quality of an artifact: 0 common, 1 uncommon, 2 special, 3 rare, 4 exceptional, 5 legendary, 6 unique. */
  readonly qlt?: number;
  /** Upgrade level 1 to 15; absent means +0. */
  readonly ptn?: number;
  /** Present once an artifact is studied, about -2.8 to 2.8: where its quality lies within its tier. */
  readonly stats_random?: number;
  /** 0 to 0.5; not the upgrade level. */
  readonly upgrade_bonus?: number;
  /** Extra properties such as "HEALTH_BONUS", at most three, an open set. */
  readonly bonus_properties?: readonly string[];
  /** Part of the current charge that is lost, 0 to 1. */
  readonly ndmg?: number;
  /** Part of the greatest charge that is lost, 0 to 1. */
  readonly md_k?: number;
  /** How often the item changed hands. */
  readonly it_transf_count?: number;
  /** When the item came into being, milliseconds since the Unix epoch. */
  readonly spawn_time?: number;
  readonly ls_rc_start?: number;
  readonly ls_rc_duration?: number;
  readonly compens_2024_upgrade_attempts?: number;
  readonly compens_2026_ptn?: number;
  /** Sent as true/false or 1/0. */
  readonly can_delete?: boolean | number;
  readonly sell_is_blocked?: boolean | number;
  /** Who bought it; only in older history. */
  readonly buyer?: string;
}

/**
 * What a lot says about its item; empty unless requested with `additional: true`. Unknown keys pass through, unless there
 * are more than a hundred keys. A known key whose value is of another type than stated is left out here and remains in
 * `raw()`.
 */
export type LotAdditional = Readonly<Record<string, unknown>> & KnownAdditional;

/** A real one has three properties; a list of more than this is of something else. */
const MOST_PROPERTIES = 50;
/** A real one has about ten keys; of one with more than this, what is not understood stays in `raw()` alone. */
const MOST_KEYS = 100;

const isFlag = (value: unknown) => typeof value === "boolean" || isFiniteNumber(value);
const isString = (value: unknown) => typeof value === "string";

const checks = {
  qlt: isFiniteNumber,
  ptn: isFiniteNumber,
  stats_random: isFiniteNumber,
  upgrade_bonus: isFiniteNumber,
  bonus_properties: (value) => Array.isArray(value) && value.length <= MOST_PROPERTIES && value.every(isString),
  ndmg: isFiniteNumber,
  md_k: isFiniteNumber,
  it_transf_count: isFiniteNumber,
  spawn_time: isFiniteNumber,
  ls_rc_start: isFiniteNumber,
  ls_rc_duration: isFiniteNumber,
  compens_2024_upgrade_attempts: isFiniteNumber,
  compens_2026_ptn: isFiniteNumber,
  can_delete: isFlag,
  sell_is_blocked: isFlag,
  buyer: isString,
} satisfies Record<keyof KnownAdditional, (value: unknown) => boolean>;
const checkOf: ReadonlyMap<string, (value: unknown) => boolean> = new Map(Object.entries(checks));

const nothing: LotAdditional = Object.freeze({});

export function readAdditional(json: Readonly<Record<string, unknown>> | null | undefined): LotAdditional {
  if (json === undefined || json === null) return nothing;
  // Nearly all are as stated, and need no copy.
  if (isAsStated(json)) return json;
  const isHuge = Object.keys(json).length > MOST_KEYS;
  const kept = Object.entries(json).filter(([key, value]) => (checkOf.has(key) || !isHuge) && isGood(key, value));
  return Object.fromEntries(kept);
}

/** True of nothing, and of an object that has nothing but known keys with values as stated, and no long integer. */
export function isPlainAdditional(json: unknown): boolean {
  if (json === undefined) return true;
  if (!isObject(json)) return false;
  for (const key in json) if (isLong(json[key]) || !checkOf.get(key)?.(json[key])) return false;
  return true;
}

function isAsStated(json: Readonly<Record<string, unknown>>): json is LotAdditional {
  let keys = 0;
  for (const key in json) {
    keys += 1;
    if (keys > MOST_KEYS || !isGood(key, json[key])) return false;
  }
  return true;
}

function isGood(key: string, value: unknown): boolean {
  return checkOf.get(key)?.(value) ?? value !== null;
}
