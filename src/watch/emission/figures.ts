import { spreadOf } from "../../market/index.js";
import type { ObservedEmission } from "../../store/index.js";

/** From this many known emissions on there are figures: fewer say nothing. */
export const FEWEST = 10;
/** Ten emissions have nine gaps between them; and of ten the newest may still run. */
const FEWEST_OF_A_KIND = FEWEST - 1;

/** What is usual in a region, by the emissions that were seen. Lengths of time are in milliseconds. */
export interface EmissionFigures {
  /** From one start to the next: eight of ten lie between `p10` and `p90`. Undefined: too few of these are known. */
  readonly gap: { readonly p10: number; readonly p90: number; readonly count: number } | undefined;
  /** From start to end. Undefined: too few of these are known. */
  readonly length: { readonly median: number; readonly count: number } | undefined;
}

/** Undefined: too few emissions are known. Gaps and lengths that are only assumed do not count. */
export function emissionFigures(emissions: readonly ObservedEmission[]): EmissionFigures | undefined {
  if (emissions.length < FEWEST) return undefined;
  const gaps = gapsOf(emissions).map(({ ms }) => ms);
  const lengths = emissions.flatMap(({ startedAt, endedAt, endIsSure }) =>
    endedAt && endIsSure ? [endedAt.getTime() - startedAt.getTime()] : [],
  );
  const { p10, p90 } = spreadOf(gaps);
  const { median } = spreadOf(lengths);
  const enough = (some: readonly number[]) => some.length >= FEWEST_OF_A_KIND;
  return {
    gap: p10 !== undefined && p90 !== undefined && enough(gaps) ? { p10, p90, count: gaps.length } : undefined,
    length: median !== undefined && enough(lengths) ? { median, count: lengths.length } : undefined,
  };
}

export interface Gap {
  /** When the later of the two emissions began. */
  readonly until: Date;
  /** From the start before it, in milliseconds. */
  readonly ms: number;
}

/** Between emissions that followed each other for sure. */
export function gapsOf(emissions: readonly ObservedEmission[]): Gap[] {
  return emissions.flatMap(({ startedAt, previousStart }) =>
    previousStart && previousStart < startedAt
      ? [{ until: startedAt, ms: startedAt.getTime() - previousStart.getTime() }]
      : [],
  );
}
