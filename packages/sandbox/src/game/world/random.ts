import type { Random } from "../../clock.js";

/*
 * The world's dice. Every number in the world is a hash of what it belongs to (the seed, a region, an item, an
 * ordinal), so moments can be computed in any order and nothing has to be remembered.
 */

/** Mixes two 32-bit integers into one; a change of any bit changes about half of the result's. */
export function mix(a: number, b: number): number {
  let h = Math.imul((a ^ Math.imul(b + 0x165667b1, 0x9e3779b1)) >>> 0, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 15), 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 13), 0x27d4eb2f);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A 32-bit key for a text below another key: `subkey(seed, "RU/lots")`. */
export function subkey(key: number, text: string): number {
  let h = key >>> 0;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix(h >>> 0, text.length);
}

/** The number in [0, 1) that belongs to the ordinal `n` below `key`. */
export function unit(key: number, n: number): number {
  return mix(key, n) / 0x1_0000_0000;
}

/** An independent sequence of numbers in [0, 1) (a Weyl sequence through a mixer). */
export function stream(key: number): Random {
  let state = key >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    return mix(state, 0x2545f491) / 0x1_0000_0000;
  };
}

/** One of `list` for a number in [0, 1). The list must not be empty. */
export function pick<T>(list: readonly T[], u: number): T {
  const chosen = list[Math.floor(u * list.length)];
  if (chosen === undefined) throw new RangeError("cannot pick from an empty list");
  return chosen;
}

/** The index whose weight the number `u` in [0, 1) falls on. */
export function weighted(weights: readonly number[], u: number): number {
  let rest = u * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [index, weight] of weights.entries()) {
    rest -= weight;
    if (rest < 0) return index;
  }
  return weights.length - 1;
}

/** A roughly normal deviate (mean 0, standard deviation 1, within ±3.5) from four numbers of `random`. */
export function bell(random: Random): number {
  return (random() + random() + random() + random() - 2) * Math.sqrt(3);
}

/** A UUID (version 4 in form) that belongs to `key`. */
export function uuid(key: number): string {
  const words = [1, 2, 3, 4].map((n) => mix(key, n).toString(16).padStart(8, "0"));
  const hex = words.join("");
  const variant = pick(["8", "9", "a", "b"], unit(key, 5));
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** Smooth noise in [-1, 1]: a new random value every `period` milliseconds, eased in between. */
export function noise(key: number, at: number, period: number): number {
  const slot = Math.floor(at / period);
  const t = at / period - slot;
  const ease = t * t * (3 - 2 * t);
  const from = unit(key, slot);
  return (from + (unit(key, slot + 1) - from) * ease) * 2 - 1;
}
