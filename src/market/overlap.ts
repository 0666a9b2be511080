export interface Expectation {
  /** The overlap if the list did not change. */
  readonly planned: number;
  /** By how much the list grew meanwhile. */
  readonly change: number;
}

/**
 * How many at the end of `tail` equal as many at the beginning of `head`; 0: none. Of several such numbers, as a run of
 * equal entries gives them, the likeliest: that nothing moved, or everything by as much as the list grew.
 */
export function exactOverlap(
  tail: readonly string[],
  head: readonly string[],
  { planned, change }: Expectation,
): number {
  const moved = (length: number) => Math.abs(length - planned);
  const strange = (length: number) => moved(length) + Math.abs(length - planned - change);
  const longest = Math.min(tail.length, head.length);
  return (
    Array.from({ length: longest }, (_, place) => place + 1)
      .sort((a, b) => strange(a) - strange(b) || moved(a) - moved(b))
      .find((length) => matches(tail, head, length)) ?? 0
  );
}

function matches(tail: readonly string[], head: readonly string[], length: number): boolean {
  const start = tail.length - length;
  for (let place = 0; place < length; place += 1) if (tail[start + place] !== head[place]) return false;
  return true;
}

interface Alignment {
  /** Entries that both have, less those in between that only one of them has. */
  readonly score: number;
  /** Where in the tail it begins. */
  readonly start: number;
}

/**
 * The best overlap in which entries of either may be missing in the other: the alignment of some end of `tail` with
 * some beginning of `head` with the highest score. With `isLast` the list ends with `head`, and what of the tail
 * would follow is gone. A score of 0: none.
 */
export function looseOverlap(
  tail: readonly string[],
  head: readonly string[],
  isLast: boolean,
): { readonly length: number; readonly score: number } {
  let best: Alignment = { score: 0, start: tail.length };
  let above = head.map((_, place): Alignment => ({ score: -place - 1, start: 0 }));
  for (const [place, key] of tail.entries()) {
    const row: Alignment[] = [];
    let corner: Alignment = { score: 0, start: place };
    let left: Alignment = { score: 0, start: place + 1 };
    for (const [at, other] of head.entries()) {
      const over = above[at] ?? corner;
      const skipped = better(left, over);
      const apart = { score: skipped.score - 1, start: skipped.start };
      left = key === other ? better({ score: corner.score + 1, start: corner.start }, apart) : apart;
      row.push(left);
      corner = over;
      if (isLast && at === head.length - 1) best = better(best, left);
    }
    above = row;
  }
  best = above.reduce(better, best);
  return { length: tail.length - best.start, score: best.score };
}

/** Of two as good, the longer: what both have is likelier one lot that was read twice than two equal ones. */
function better(one: Alignment, other: Alignment): Alignment {
  if (other.score === one.score) return other.start < one.start ? other : one;
  return other.score > one.score ? other : one;
}
