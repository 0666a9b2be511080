import type { Battle } from "./terms.js";

/** A usual time of a battle in a region. Times change with the game's patches: a schedule that was made from one is its own. */
export interface Preset {
  readonly id: string;
  /** As the game's API names it. */
  readonly region: string;
  readonly battle: Battle;
  /** ISO: 1 (Monday) to 7. */
  readonly days: readonly number[];
  /** Minutes of the day in the time zone. */
  readonly at: number;
  readonly timeZone: string;
  readonly lengthMinutes: number;
  readonly stages: number;
}

type Usual = Pick<Preset, "battle" | "days" | "at" | "lengthMinutes" | "stages">;

const EVENING = 20 * 60;
const WEEK: readonly Usual[] = [
  { battle: "brawl", days: [1, 2, 3], at: EVENING, lengthMinutes: 60, stages: 3 },
  { battle: "tournament", days: [4, 5, 6], at: EVENING, lengthMinutes: 75, stages: 3 },
  { battle: "brawl", days: [7], at: EVENING, lengthMinutes: 60, stages: 3 },
];
const base = (at: number): Usual => ({ battle: "base", days: [7], at, lengthMinutes: 60, stages: 1 });

/** The zones in which the developer announces times. */
const REGIONS: readonly { readonly region: string; readonly timeZone: string; readonly usual: readonly Usual[] }[] = [
  { region: "RU", timeZone: "Europe/Moscow", usual: [...WEEK, base(EVENING)] },
  { region: "EU", timeZone: "Europe/Berlin", usual: [...WEEK, base(18 * 60)] },
  { region: "NA", timeZone: "America/New_York", usual: [...WEEK, base(EVENING)] },
  { region: "SEA", timeZone: "Asia/Singapore", usual: [...WEEK, base(EVENING)] },
];

const PRESETS: readonly Preset[] = REGIONS.flatMap(({ region, timeZone, usual }) =>
  usual.map((one) => ({ ...one, id: `${region}-${one.battle}-${one.days.join("")}`.toLowerCase(), region, timeZone })),
);

/** The usual battles of a region; none where these are not known. */
export function presetsOf(region: string): readonly Preset[] {
  return PRESETS.filter((preset) => preset.region === region);
}
