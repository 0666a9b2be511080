import pLimit from "p-limit";
import { card, type Context } from "../../src/kernel/index.js";
import { liveOffers, type Offer } from "../../src/market/index.js";
import { InvalidRequestError, RateLimitError, StalcraftError } from "../../src/stalcraft/index.js";

/** One question asks the auction for the lots of this many items at most; each costs at least 2 of the minute's points. */
export const MOST_ASKED = 30;
const AT_ONCE = 4;
/** Items in these states are nobody's to sell. */
const NEVER_SOLD = new Set(["PERSONAL_ON_GET", "PERSONAL_DROP_ON_GET"]);

type Offers = readonly Offer<{ readonly amount: number }>[];

/** What the parts of something cost on the auction right now. */
export class PartPrices {
  readonly #offers: ReadonlyMap<string, Offers>;
  /** How many items the auction was asked for, of how many it could have been. */
  readonly asked: number;
  readonly all: number;
  /** How many of them it gave no answer for. */
  readonly silent: number;
  /** When the oldest answer arrived. */
  readonly readAt: Date;

  constructor(
    offers: ReadonlyMap<string, Offers>,
    { asked, all, silent, readAt }: Pick<PartPrices, "asked" | "all" | "silent" | "readAt">,
  ) {
    this.#offers = offers;
    this.asked = asked;
    this.all = all;
    this.silent = silent;
    this.readAt = readAt;
  }

  /** Roubles for one of `amount`, out of the cheapest lots; where there are fewer for sale, for one of those. */
  unitFor(item: string, amount: number): number | undefined {
    let left = amount;
    let sum = 0;
    for (const { lot, unit } of this.#offers.get(item) ?? []) {
      const taken = Math.min(left, lot.amount);
      sum += taken * unit;
      left -= taken;
      if (left === 0) break;
    }
    return left < amount ? sum / (amount - left) : undefined;
  }

  /** How many of an item can be bought. */
  forSale(item: string): number {
    return (this.#offers.get(item) ?? []).reduce((sum, { lot }) => sum + lot.amount, 0);
  }
}

/**
 * Asks the auction for items, the first ones where they are too many. What gets no answer has no price; only without one
 * for the first item there is none at all.
 * @throws UserError, StalcraftError
 */
export async function readPartPrices(
  [first = "", ...parts]: readonly string[],
  region: string,
  title: string,
  context: Context,
): Promise<PartPrices> {
  const { items, t, number, now, signal, auction } = context;
  const sold = parts.filter((id) => !NEVER_SOLD.has(items.get(id, region)?.state ?? ""));
  const asked = sold.slice(0, MOST_ASKED - 1);
  const offers = new Map<string, Offers>();
  let readAt = new Date(now);
  let [done, silent, spent] = [0, 0, false];

  const ask = async (id: string) => {
    try {
      const read = await auction.lots(region, id, signal);
      offers.set(id, liveOffers(read.lots, now).offers);
      if (read.readAt < readAt) readAt = read.readAt;
    } catch (error) {
      // The auction knows no such item: nobody sells it.
      if (error instanceof InvalidRequestError && error.isUnknownItem) return;
      throw error;
    }
  };
  const askForPart = async (id: string) => {
    try {
      if (spent) silent += 1;
      else await ask(id);
    } catch (error) {
      if (!(error instanceof StalcraftError)) throw error;
      spent ||= error instanceof RateLimitError;
      silent += 1;
    }
    done += 1;
    const description = t("making.reading", { read: number(done), total: number(asked.length) });
    context.progress({ embeds: [card({ title, description })] });
  };

  await ask(first);
  const limit = pLimit(AT_ONCE);
  await Promise.all(asked.map((id) => limit(askForPart, id)));
  return new PartPrices(offers, { asked: asked.length + 1, all: sold.length + 1, silent, readAt });
}

type Need = Readonly<{ item: string; amount: number }>;

/**
 * Reckons twice: with the price of one of each, and then with the price of as many as are needed, for the cheapest lot may
 * hold one piece of a hundred.
 */
export function reckon<A extends { readonly plans: readonly { readonly shopping: readonly Need[] }[] }>(
  wanted: Need,
  prices: PartPrices,
  answer: (priceOf: (item: string) => number | undefined) => A,
): A {
  const amounts = new Map([[wanted.item, wanted.amount]]);
  const priceOf = (item: string) => prices.unitFor(item, amounts.get(item) ?? 1);
  for (const { shopping } of answer(priceOf).plans) {
    for (const { item, amount } of shopping) amounts.set(item, Math.max(amount, amounts.get(item) ?? 0));
  }
  return answer(priceOf);
}
