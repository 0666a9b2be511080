import { HOUR_MS, MINUTE_MS } from "../../src/time.js";
import { escape, time, type Context, type PlainTextKey } from "../../src/kernel/index.js";
import type { CharacterStat } from "@zonewire/stalcraft";

/** In centimetres. That those on one's own feet are is known; the one with a trader's backpack is taken to be alike. */
const DISTANCES = new Set(["dis-on-foo", "dis-sne", "dis-cra", "dis-air", "tpacks-distance"]);

const MONEY = new Set([
  "earned-on-arenas",
  "hid-mat-mon",
  "max-mon-amo",
  "mon-gai-dro",
  "mon-gai-que",
  "mon-gai-tra",
  "tpacks-money",
  "tpacks-money-w",
]);

/** Figures that follow from two statistics, in the category of the first. */
export const SHARES: readonly Share[] = [
  { key: "stat.kd", part: "kil", whole: "dea", percent: false },
  { key: "stat.accuracy", part: "sho-hit", whole: "sho-fir", percent: true },
  { key: "stat.headshots", part: "sho-hea", whole: "sho-hit", percent: true },
  { key: "stat.upgrades", part: "suc-equ-upg", whole: "equ-upg", percent: true },
];

export interface Share {
  readonly key: PlainTextKey;
  readonly part: string;
  readonly whole: string;
  readonly percent: boolean;
}

const DAY_HOURS = 24;
const CM_PER_M = 100;
const CM_PER_KM = 100_000;

/** What is needed to write a figure in somebody's language. */
export interface Measuring extends Pick<Context, "t" | "number" | "percent"> {
  /** Where a line must stay short: hours without days. */
  readonly brief?: boolean;
}

/** What programs write where there is no value. */
const NOTHING = /^\s*[-+]?(?:nan|infinity|null|undefined)\s*$/i;

/** A statistic's value in units that people use; undefined for one of a shape that nobody knows. */
export function reading(
  { id, type, value }: Pick<CharacterStat, "id" | "type" | "value">,
  context: Measuring,
): string | undefined {
  const { t, number } = context;
  if (value instanceof Date) return time(value, "D");
  if (typeof value === "string") return NOTHING.test(value) ? undefined : escape(value) || undefined;
  if (typeof value !== "number" || !Number.isFinite(value)) return undefined;
  if (type === "DURATION") return span(value, context);
  if (DISTANCES.has(id)) return distance(value, context);
  if (MONEY.has(id)) return t("price.money", { amount: number(value) });
  return number(Math.round(value));
}

/** Undefined where one of the two is missing, or there is nothing to have a share of. */
export function shareOf(
  { part, whole }: Share,
  stats: readonly Pick<CharacterStat, "id" | "value">[],
): number | undefined {
  const value = (id: string) => stats.find((stat) => stat.id === id)?.value;
  const [some, all] = [value(part), value(whole)];
  if (typeof some !== "number" || typeof all !== "number" || all <= 0) return undefined;
  const share = some / all;
  return Number.isFinite(share) ? share : undefined;
}

export function shareReading(share: number, { percent: isPercent }: Share, { number, percent }: Measuring): string {
  return isPercent ? percent(share, { digits: 2 }) : number(share);
}

/** Which statistic a number is of. */
export type Measured = Pick<CharacterStat, "id" | "type">;

/** How a statistic's numbers are written where few of them are to be told apart: so many in a unit, and that unit. */
export interface Scale {
  readonly unit: number;
  readonly write: (text: string) => string;
}

/** The unit for numbers of about this size. */
export function scaleOf({ id, type }: Measured, size: number, { t }: Pick<Context, "t">): Scale {
  if (type === "DURATION") {
    return size < HOUR_MS
      ? { unit: MINUTE_MS, write: (minutes) => t("stat.minutes", { minutes }) }
      : { unit: HOUR_MS, write: (hours) => t("stat.hours", { hours }) };
  }
  if (DISTANCES.has(id)) {
    return size < CM_PER_KM
      ? { unit: CM_PER_M, write: (metres) => t("stat.metres", { metres }) }
      : { unit: CM_PER_KM, write: (km) => t("stat.km", { km }) };
  }
  if (MONEY.has(id)) return { unit: 1, write: (amount) => t("price.money", { amount }) };
  return { unit: 1, write: (text) => text };
}

/** How much of a statistic, such as a gain or a mean: of little, a decimal. Without a sign. */
export function amountText(stat: Measured, amount: number, { t, number }: Pick<Context, "t" | "number">): string {
  const { unit, write } = scaleOf(stat, Math.abs(amount), { t });
  const units = Math.abs(amount) / unit;
  return write(number(units < 10 ? Math.round(units * 10) / 10 : Math.round(units)));
}

/** How long somebody did something: in minutes, then in hours, from two days on in days as well. */
function span(ms: number, { t, number, brief }: Measuring): string {
  if (ms < HOUR_MS) return t("stat.minutes", { minutes: number(Math.floor(ms / MINUTE_MS)) });
  const hours = Math.floor(ms / HOUR_MS);
  if (brief || hours < 2 * DAY_HOURS) return t("stat.hours", { hours: number(hours) });
  return t("stat.hours-days", { hours: number(hours), days: Math.floor(hours / DAY_HOURS) });
}

function distance(cm: number, { t, number }: Measuring): string {
  if (cm < CM_PER_KM) return t("stat.metres", { metres: number(Math.floor(cm / CM_PER_M)) });
  const km = cm / CM_PER_KM;
  return t("stat.km", { km: number(km < 10 ? Math.round(km * 10) / 10 : Math.round(km)) });
}
