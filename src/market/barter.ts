import { plansFor, type Plan } from "./plan.js";
import { itemsBelow, priced, type ItemAmount, type Way } from "./sourcing.js";

/** What the game's data calls rubles. */
const MONEY = "money";

/** What a trader wants for one unit of an item. */
export interface BarterOffer {
  /** "money" or another such as "sleeves"; an open set. */
  readonly currency: string;
  readonly cost: number;
  readonly requiredItems: readonly ItemAmount[];
}

export interface BarterQuestion<O extends BarterOffer> {
  readonly item: string;
  /** Units wanted. */
  readonly amount: number;
  /** The offers for an item, of all traders. */
  readonly offersOf: (item: string) => readonly O[];
  /** Rubles for which one can be bought on the auction; undefined: not known, or not for sale. */
  readonly priceOf: (item: string) => number | undefined;
  /** Rubles that one of another currency is worth; undefined: nobody knows. */
  readonly worthOf?: (currency: string) => number | undefined;
}

export interface BarterPlan<O extends BarterOffer> extends Plan<O> {
  /** What the traders get besides items, by currency, money first; only what is above 0. */
  readonly currencies: readonly { readonly currency: string; readonly amount: number }[];
  /** Rubles for what is bought on the auction. */
  readonly purchases: number;
  /** Rubles in all, the traders' money and the currencies of known worth included. Without what has no price. */
  readonly outlay: number;
  /** A part has no price (`missing` says which), or a currency no known worth. */
  readonly incomplete: boolean;
}

export interface BarterAnswer<O extends BarterOffer> {
  /** Rubles to buy the amount on the auction; undefined without a price. */
  readonly buy: number | undefined;
  /** One for each offer of the item, the cheapest first; empty when no trader has it. */
  readonly plans: readonly BarterPlan<O>[];
}

/**
 * All that a barter takes, down to what can be bought or what no trader has: each part is bought or bartered for in turn,
 * whichever costs less.
 * @throws RangeError when `amount` is not above 0
 */
export function resolveBarter<O extends BarterOffer>(question: BarterQuestion<O>): BarterAnswer<O> {
  const { item, amount, offersOf, priceOf, worthOf = () => undefined } = question;
  const worth = (currency: string) => (currency === MONEY ? 1 : worthOf(currency));
  const plans = plansFor(item, amount, { waysTo: waysOf(offersOf, worth), priceOf });
  const unit = priced(priceOf(item));
  return {
    buy: unit === undefined ? undefined : unit * amount,
    plans: plans.map((plan) => barterPlan(plan, worth)),
  };
}

/** The items whose prices `resolveBarter` looks up, the item itself first, then those nearest to it. */
export function barterItems(item: string, offersOf: (item: string) => readonly BarterOffer[]): string[] {
  return itemsBelow(
    item,
    waysOf(offersOf, () => 0),
  );
}

function waysOf<O extends BarterOffer>(
  offersOf: (item: string) => readonly O[],
  worth: (currency: string) => number | undefined,
) {
  return (item: string): Way<O>[] =>
    offersOf(item).map((offer) => ({
      source: offer,
      ingredients: offer.requiredItems,
      yields: 1,
      cost: roublesOf(offer.currency, offer.cost, worth),
    }));
}

function roublesOf(currency: string, amount: number, worth: (currency: string) => number | undefined) {
  const each = worth(currency);
  return amount === 0 ? 0 : each === undefined ? undefined : amount * each;
}

function barterPlan<O extends BarterOffer>(
  plan: Plan<O>,
  worth: (currency: string) => number | undefined,
): BarterPlan<O> {
  const sums = new Map([[MONEY, 0]]);
  for (const { source, times } of plan.steps) {
    sums.set(source.currency, (sums.get(source.currency) ?? 0) + source.cost * times);
  }
  const currencies = [...sums].map(([currency, amount]) => ({ currency, amount })).filter(({ amount }) => amount > 0);
  const roubles = currencies.map(({ currency, amount }) => roublesOf(currency, amount, worth));
  const purchases = plan.shopping.reduce((sum, { price }) => sum + price, 0);
  return {
    ...plan,
    currencies,
    purchases,
    outlay: roubles.reduce<number>((sum, one) => sum + (one ?? 0), purchases),
    incomplete: plan.missing.length > 0 || roubles.includes(undefined),
  };
}
