/** What sets two pieces of one item apart on the auction. Items without grades are all of quality 0 and level 0. */
export interface Grade {
  /** 0 common, 1 uncommon, 2 special, 3 rare, 4 exceptional, 5 legendary, 6 unique; an open set. */
  readonly quality: number;
  /** The upgrade level, 0 to 15. */
  readonly level: number;
  /** Exact quality in percent, 85 to 190; undefined until the artifact is studied. */
  readonly studied: number | undefined;
}

interface Graded {
  readonly grade: Grade;
}

export interface GradeFilter {
  readonly quality?: number | undefined;
  readonly level?: number | undefined;
}

const BAND_WIDTH = 15;
/** Percent; quality 0 begins here and each further one `BAND_WIDTH` higher. */
const LOWEST = 85;
const HIGHEST_QUALITY = 6;

/**
 * Reads the grade out of a lot's `additional`: `qlt`, `ptn` and `stats_random`. The API leaves out what is 0; values that
 * are no whole numbers from 0 up count as 0.
 *
 * Source: listings compared with prices (quality 0 to 4 of one artifact at 0.35, 3, 27, 100 and 310 million) and EXBO's
 * words on `stats_random`, as mzmrk/stalzone-field-kit has them in docs/auction-api.md.
 */
export function gradeOf(additional: Readonly<Record<string, unknown>>): Grade {
  const quality = wholeOf(additional.qlt);
  return { quality, level: wholeOf(additional.ptn), studied: studiedOf(quality, additional.stats_random) };
}

/** Of a lot's `additional` what tells its grade. */
export function gradeFields({ qlt, ptn, stats_random }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return {
    ...(qlt !== undefined && { qlt }),
    ...(ptn !== undefined && { ptn }),
    ...(stats_random !== undefined && { stats_random }),
  };
}

function wholeOf(value: unknown): number {
  return typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? value : 0;
}

/** `stats_random` is about -2.8 to 2.8; -2 and below is the lower end of the quality's band, 2 and above the upper. */
function studiedOf(quality: number, random: unknown): number | undefined {
  if (typeof random !== "number" || !Number.isFinite(random) || quality > HIGHEST_QUALITY) return undefined;
  const part = Math.min(1, Math.max(0, (random + 2) / 4));
  return LOWEST + BAND_WIDTH * (quality + part);
}

/** True for the given quality and level; either may be undefined, which matches anything. */
export function ofGrade({ quality, level }: GradeFilter): (one: Graded) => boolean {
  return ({ grade }) =>
    (quality === undefined || grade.quality === quality) && (level === undefined || grade.level === level);
}

/** The same for the same quality and level. */
export function gradeKey({ grade: { quality, level } }: Graded): string {
  return `${quality}/${level}`;
}
