import { optionalChoice } from "../../src/kernel/index.js";

/** How far back one can look at characters and clans. */
export const PAST_PERIODS = ["7d", "30d", "90d"] as const;
export type PastPeriod = (typeof PAST_PERIODS)[number];
export const USUAL_PAST: PastPeriod = "7d";

/** Of a clan, which is kept for longer. */
export const CLAN_PERIODS = [...PAST_PERIODS, "365d"] as const;
export type ClanPeriod = (typeof CLAN_PERIODS)[number];

export function daysOf(period: ClanPeriod): number {
  return parseInt(period, 10);
}

export function pastPeriodOption() {
  return optionalChoice(PAST_PERIODS.map((value) => ({ value, name: `history.period.${value}` as const })));
}

export function clanPeriodOption() {
  return optionalChoice(CLAN_PERIODS.map((value) => ({ value, name: `history.period.${value}` as const })));
}
