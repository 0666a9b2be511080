import { z } from "zod";
import { HOUR_MS } from "../../time.js";
import type { LotsRead, NewestLots } from "../../auction/index.js";
import type { MarketLot, Offer } from "../../market/index.js";

/** No lot stays longer than 48 hours on the auction; the rest is for lists that go on showing what has ended. */
const KEPT_MS = 50 * HOUR_MS;
/** A lot that ends later than that is remembered until it has ended, and some time more. */
const AFTER_END_MS = 2 * HOUR_MS;

/** What one watch has told, so that it tells no lot twice. */
export const toldLots = z.object({
  /** By {@link lotKey}: how many equal lots there were at once, and until when that is remembered, in seconds since the epoch. */
  lots: z.record(z.string(), z.tuple([z.number().int().min(1), z.number().int()])),
  /**
   * Milliseconds since the epoch. The list was not whole when the watch began: what was put up until then and shows up
   * later may have been there, and is not told.
   */
  unsureBefore: z.number().optional(),
});
export type ToldLots = z.infer<typeof toldLots>;

/** A reading of the lots of an item. */
export interface Reading {
  /** False: some are missing. */
  readonly complete: boolean;
  /** Every lot that was put up after this is there, and each once. Undefined: some may be missing, or there twice. */
  readonly since?: Date | undefined;
  readonly readAt: Date;
}

/** A page may be shorter than the list's length says: then the list is not whole either. */
export function readingOf({ lots, total, complete, readAt }: LotsRead): Reading {
  return { complete: complete && lots.length >= total, readAt };
}

/** Of a list that is too long to read all of it. */
export function readingOfNewest({ since, readAt }: NewestLots): Reading {
  return { complete: since === undefined, since, readAt };
}

/** What tells one lot of an item in a region from another: lots have no ids. Two may share it, which then are counted. */
function lotKey({ lot, grade }: Offer): string {
  const numbers = [lot.startTime.getTime(), grade.quality, grade.level, lot.buyoutPrice, lot.amount];
  return numbers.map((number) => number.toString(36)).join("/");
}

export interface News {
  /** What was not told before, in the order in which it came. */
  readonly offers: readonly Offer[];
  /** With them. The same object when nothing has changed. */
  readonly told: ToldLots;
}

/**
 * What of `offers` was not told yet. Of a watch that begins (`told` is undefined) nothing is: what is there already counts as
 * told. What is missing in a reading is not gone: nothing is forgotten before it has ended.
 */
export function newsOf(offers: readonly Offer[], told: ToldLots | undefined, reading: Reading): News {
  const { complete, since, readAt } = reading;
  const isExact = complete || since !== undefined;
  if (!told) {
    const first = { lots: Object.fromEntries(counted(offers, isExact)) };
    return { offers: [], told: complete ? first : { ...first, unsureBefore: (since ?? readAt).getTime() } };
  }
  const { unsureBefore = -Infinity } = told;
  const settles = told.unsureBefore !== undefined && complete;
  const lots = new Map(Object.entries(told.lots));
  const seen = new Map<string, number>();
  const fresh: Offer[] = [];
  let isChanged = settles;
  for (const offer of offers) {
    const key = lotKey(offer);
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    const [before = 0] = lots.get(key) ?? [];
    // Otherwise a second lot may be the first one that was read twice.
    if (count <= before || (count > 1 && !isExact)) continue;
    lots.set(key, [count, rememberedUntil(offer.lot)]);
    isChanged = true;
    if (offer.lot.startTime.getTime() > unsureBefore) fresh.push(offer);
  }
  const now = readAt.getTime() / 1_000;
  for (const [key, [, until]] of lots) if (until < now) isChanged = lots.delete(key);
  if (!isChanged) return { offers: [], told };
  const kept = { lots: Object.fromEntries(lots) };
  return { offers: fresh, told: unsureBefore === -Infinity || settles ? kept : { ...kept, unsureBefore } };
}

function counted(offers: readonly Offer[], isExact: boolean): Map<string, [number, number]> {
  const counts = new Map<string, [number, number]>();
  for (const offer of offers) {
    const key = lotKey(offer);
    const [before = 0] = counts.get(key) ?? [];
    counts.set(key, [isExact ? before + 1 : 1, rememberedUntil(offer.lot)]);
  }
  return counts;
}

function rememberedUntil({ startTime, endTime }: MarketLot): number {
  return Math.ceil(Math.max(startTime.getTime() + KEPT_MS, endTime.getTime() + AFTER_END_MS) / 1_000);
}
