/** All here are of finite numbers in any order, and undefined for none of them. */

function inOrder(values: Iterable<number>): Float64Array {
  return Float64Array.from(values).sort();
}

/** The middle value; of an even number of values, the mean of the middle two. */
export function median(values: Iterable<number>): number | undefined {
  return quantileOf(inOrder(values), 0.5);
}

/**
 * The value that a part `q` of the values do not exceed, by linear interpolation between the two nearest (type 7 of
 * Hyndman and Fan, as spreadsheets have it).
 * @throws RangeError when `q` is not from 0 to 1
 */
export function quantile(values: Iterable<number>, q: number): number | undefined {
  if (!(q >= 0 && q <= 1)) throw new RangeError("a quantile lies between 0 and 1");
  return quantileOf(inOrder(values), q);
}

function quantileOf(sorted: Float64Array, q: number): number | undefined {
  const place = (sorted.length - 1) * q;
  const lower = sorted[Math.floor(place)];
  const upper = sorted[Math.ceil(place)];
  if (lower === undefined || upper === undefined) return undefined;
  return lower + (upper - lower) * (place - Math.floor(place));
}

/**
 * The mean without the part `share` of the values at either end. Where that is no whole number of values, the outermost
 * that stays counts in part: so the same values twice have the same mean.
 * @throws RangeError when `share` is not from 0 to below a half
 */
export function trimmedMean(values: Iterable<number>, share = 0.1): number | undefined {
  if (!(share >= 0 && share < 0.5)) throw new RangeError("less than half can be trimmed at either end");
  return trimmedMeanOf(inOrder(values), share);
}

function trimmedMeanOf(sorted: Float64Array, share: number): number | undefined {
  if (sorted.length === 0) return undefined;
  const from = sorted.length * share;
  const to = sorted.length - from;
  let sum = 0;
  for (const [place, value] of sorted.entries()) {
    sum += value * Math.max(0, Math.min(place + 1, to) - Math.max(place, from));
  }
  return sum / (to - from);
}

/** What is asked of the prices of a period; all undefined where there are none. */
export interface Spread {
  readonly median: number | undefined;
  /** Without a tenth of the values at either end. */
  readonly trimmedMean: number | undefined;
  readonly p10: number | undefined;
  readonly p90: number | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
}

/** The same figures as those of the functions above, but sorted only once. */
export function spreadOf(values: Iterable<number>): Spread {
  const sorted = inOrder(values);
  return {
    median: quantileOf(sorted, 0.5),
    trimmedMean: trimmedMeanOf(sorted, 0.1),
    p10: quantileOf(sorted, 0.1),
    p90: quantileOf(sorted, 0.9),
    min: sorted[0],
    max: sorted.at(-1),
  };
}

/** The median absolute deviation: half of the values are no further from their median. */
export function mad(values: Iterable<number>): number | undefined {
  const all = [...values];
  const middle = median(all);
  return middle === undefined ? undefined : median(all.map((value) => Math.abs(value - middle)));
}

/**
 * The value at which half of the weight is reached; the mean of it and the next when it is reached exactly, as of the
 * median. Weights are above 0.
 */
export function weightedMedian(
  values: readonly { readonly value: number; readonly weight: number }[],
): number | undefined {
  const sorted = [...values].sort((a, b) => a.value - b.value);
  const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let reached = 0;
  for (const [place, { value, weight }] of sorted.entries()) {
    reached += weight;
    if (reached > half) return value;
    const next = sorted[place + 1];
    if (reached === half && next) return (value + next.value) / 2;
  }
  return undefined;
}
