import type { Random } from "../../clock.js";
import { HIGHEST_LEVEL, type Item, isArtefact } from "./item.js";
import { type Grade, PLAIN } from "./price-level.js";
import { bell, pick, weighted } from "./random.js";
import { DAY } from "./time.js";

/** The API's `additional` object: an open set of fields. */
export type Additional = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** What exactly is in a lot or was sold. */
export interface Specimen {
  readonly amount: number;
  readonly grade: Grade;
  readonly additional: Additional;
}

const RARITY_WEIGHTS = [55, 25, 12, 5.5, 2, 0.5];
const FINEST: Grade = { rarity: RARITY_WEIGHTS.length - 1, upgrade: HIGHEST_LEVEL };
const BONUSES = [
  "HEALTH_BONUS",
  "REGENERATION_BONUS",
  "BLEEDING_PROTECTION",
  "MAX_WEIGHT_BONUS",
  "BLEEDING_ACC",
  "SPEED_MOD",
  "STAMINA_REGENERATION",
  "BULLET_DMG",
  "HEAL_EFFICIENCY",
];

/** Rolls what somebody puts up for sale at `at`; shares of fields as observed in the live API's answers. */
export function rollSpecimen(item: Item, at: number, random: Random): Specimen {
  const amount = pick(item.stacks, random());
  if (isArtefact(item)) return { amount, ...rollArtefact(item, at, random) };
  const additional: Record<string, Additional[string]> = {};
  if (random() < 0.12) additional.it_transf_count = 1 + Math.floor(random() * 3);
  if (random() < 0.3) additional.spawn_time = spawnTime(at, random);
  return { amount, grade: PLAIN, additional };
}

/** What the API tells of a piece with this rarity and level: of anything but an artifact, nothing. */
export function specimenOf(item: Item, { quality = 0, level = 0 }: { quality?: number; level?: number }): Additional {
  if (!isArtefact(item)) return {};
  return { qlt: quality, ...(level > 0 && { ptn: level }), upgrade_bonus: 0 };
}

function rollArtefact({ finest }: Item, at: number, random: Random): Omit<Specimen, "amount"> {
  const additional: Record<string, Additional[string]> = {};
  const isFinest = finest !== undefined && random() < finest;
  const named = isFinest || random() >= 0.015;
  const { rarity, upgrade } = isFinest ? FINEST : rollGrade(named, random);
  if (random() < 0.02) additional.md_k = Math.fround(random() * 0.4);
  const slots = Math.floor(upgrade / 5);
  if (slots > 0) additional.bonus_properties = rollBonuses(slots, random);
  if (random() < 0.1) additional.ndmg = random();
  if (random() < 0.18) additional.it_transf_count = 1 + Math.floor(random() * 4);
  if (named) additional.qlt = rarity;
  if (upgrade > 0) additional.ptn = upgrade;
  if (random() < 0.1) additional.stats_random = bell(random) * 0.9;
  additional.upgrade_bonus = random() < 0.85 ? 0 : Math.round(random() * 500_000) / 1_000_000;
  if (random() < 0.85) additional.spawn_time = spawnTime(at, random);
  if (random() < 0.004) additional.compens_2024_upgrade_attempts = -1;
  return { grade: { rarity, upgrade }, additional };
}

function rollGrade(named: boolean, random: Random): Grade {
  const rarity = named ? weighted(RARITY_WEIGHTS, random()) : 0;
  const upgrade = random() < 0.16 ? 1 + Math.floor(random() ** 1.7 * HIGHEST_LEVEL) : 0;
  return { rarity, upgrade };
}

function rollBonuses(count: number, random: Random): string[] {
  const first = Math.floor(random() * BONUSES.length);
  const step = 1 + Math.floor(random() * 2);
  return Array.from({ length: count }, (_, n) => pick(BONUSES, ((first + n * step) % BONUSES.length) / BONUSES.length));
}

function spawnTime(at: number, random: Random): number {
  return Math.floor(at - random() ** 3 * 200 * DAY);
}
