/**
 * Round values from `low` to `high`, about as many as `most`.
 * @param least the smallest step from one to the next: 1 where there are no halves
 */
export function roundTicks(low: number, high: number, most: number, least = 0): number[] {
  const step = Math.max(least, roundStep((high - low) / (most - 1)));
  const first = Math.floor(low / step);
  const ticks = Array.from({ length: most + 2 }, (_, index) => cleaned((first + index) * step));
  return ticks.filter((tick) => tick >= low && tick <= high);
}

/** The smallest of 1, 2, 2.5 and 5 times a power of ten that is not below `least`. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 2.5, 5].find((digit) => digit * power >= least * (1 - 1e-9)) ?? 10);
}

/** Without what binary fractions leave behind. */
export function cleaned(value: number): number {
  return Number(value.toPrecision(12));
}
