import { without } from "./difference.js";
import { lotIdentity, type Identifiable } from "./lots.js";
import { exactOverlap, looseOverlap } from "./overlap.js";

/** A part of a list, as it was when this part was read. */
export interface Page<L> {
  /** Entries of the list before the first of these. */
  readonly offset: number;
  /** Entries of the whole list. */
  readonly total: number;
  readonly items: readonly L[];
}

export interface Joined<L> {
  readonly items: readonly L[];
  /** Nothing tells how two pages follow on each other: lots between them may be missing. */
  readonly gap: boolean;
}

/** A lot, and what tells it from others, which is made once: pages are compared again and again. */
interface Keyed<L> {
  readonly lot: L;
  readonly key: string;
}

/**
 * One list out of pages that were read one after another and overlap on purpose, while lots came and went: a lot that
 * moved to the next page and was read twice counts once, lots that are truly equal count each, and a lot that of two
 * pages only the earlier has where they overlap is gone. Of two readings of a lot the later stays, with its newer bid.
 *
 * The pages come in the order of their offsets, all of one order of the list. Each takes time of its own: between two
 * of them others can have their turn.
 */
export class PageJoiner<L extends Identifiable> {
  readonly #identity: (lot: L) => string;
  #known: readonly Keyed<L>[] = [];
  #gap = false;
  #previous: Page<unknown> | undefined;

  constructor(identity: (lot: L) => string = lotIdentity) {
    this.#identity = identity;
  }

  add(page: Page<L>): void {
    const items = page.items.map((lot) => ({ lot, key: this.#identity(lot) }));
    const known = this.#known;
    const overlap = this.#previous ? overlapOf(known, this.#previous, { ...page, items }) : EXACTLY_NONE;
    this.#gap ||= overlap === undefined;
    const start = known.length - (overlap?.length ?? 0);
    const older = known.slice(0, start);
    // Where it is not certain how the pages follow on each other, what both have all the same is more likely to be one lot
    // that was read twice than two equal ones.
    const unmatched = without(items, known.slice(start), keyOf);
    this.#known = [...(overlap?.isExact ? older : without(older, unmatched, keyOf)), ...items];
    this.#previous = page;
  }

  get joined(): Joined<L> {
    return { items: this.#known.map(({ lot }) => lot), gap: this.#gap };
  }
}

const keyOf = ({ key }: Keyed<unknown>) => key;

/** The end of what is known that a page has read again. */
interface Overlap {
  readonly length: number;
  /** Each lot of it is there again, in the same order. */
  readonly isExact: boolean;
}

const EXACTLY_NONE: Overlap = { length: 0, isExact: true };

/** This many entries of a page are compared with the one before: a whole page of the API. Work grows with their square. */
const MOST_COMPARED = 200;

/** Undefined when nothing tells. */
function overlapOf(
  known: readonly Keyed<unknown>[],
  previous: Page<unknown>,
  page: Page<Keyed<unknown>>,
): Overlap | undefined {
  const end = previous.offset + previous.items.length;
  const planned = end - page.offset;
  const change = page.total - previous.total;
  if (page.items.length === 0) return end >= previous.total ? EXACTLY_NONE : undefined;
  if (planned <= 0) return planned === 0 && change === 0 ? EXACTLY_NONE : undefined;
  const head = page.items.slice(0, MOST_COMPARED).map(keyOf);
  const tail = known.slice(-2 * head.length).map(keyOf);
  const exact = exactOverlap(tail, head, { planned, change });
  if (exact * 2 >= planned) return { length: exact, isExact: true };
  // So short a match may be chance, and lots may have come and gone between those that both have.
  const isLast = head.length === page.items.length && page.offset + page.items.length >= page.total;
  const loose = looseOverlap(tail, head, isLast);
  if (loose.score > exact) return { length: loose.length, isExact: false };
  return exact > 0 ? { length: exact, isExact: true } : undefined;
}
