import { lotIdentity, type Identifiable } from "./lots.js";

export interface Difference<L> {
  /** In the order of `after`. */
  readonly appeared: readonly L[];
  /** In the order of `before`. */
  readonly gone: readonly L[];
}

/** What came and what went between two readings of the lots. Of equal lots each counts: two before and one after, one is gone. */
export function difference<L extends Identifiable>(
  before: readonly L[],
  after: readonly L[],
  identity: (lot: L) => string = lotIdentity,
): Difference<L> {
  return { appeared: without(after, before, identity), gone: without(before, after, identity) };
}

/** Each of `taken` takes one equal entry away. */
export function without<L>(lots: readonly L[], taken: readonly L[], identity: (lot: L) => string): L[] {
  const left = new Map<string, number>();
  for (const lot of taken) {
    const key = identity(lot);
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  return lots.filter((lot) => {
    const key = identity(lot);
    const count = left.get(key) ?? 0;
    if (count > 0) left.set(key, count - 1);
    return count === 0;
  });
}
