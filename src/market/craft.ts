import { plansFor, type Plan } from "./plan.js";
import { itemsBelow, priced, type ItemAmount, type Way } from "./sourcing.js";

/** A recipe of the hideout's benches. */
export interface CraftRecipe {
  readonly result: readonly ItemAmount[];
  readonly ingredients: readonly ItemAmount[];
  /** Units of energy for one craft. */
  readonly energy: number;
}

export interface CraftQuestion<R extends CraftRecipe> {
  readonly item: string;
  /** Units wanted. */
  readonly amount: number;
  /** The recipes that yield an item. */
  readonly recipesOf: (item: string) => readonly R[];
  /** Rubles for which one can be bought; undefined: not known, or not for sale. */
  readonly priceOf: (item: string) => number | undefined;
  /** Rubles for one unit of energy, from 0 up. */
  readonly energyPrice: number;
}

export interface CraftPlan<R extends CraftRecipe> extends Plan<R> {
  /** Units of energy for all steps. */
  readonly energy: number;
  /**
   * What the amount is worth at the cost of one when many are made: what to compare with buying. What is left over does
   * not count. Undefined where a part has no price.
   */
  readonly cost: number | undefined;
  /** Rubles to spend now: the shopping and the energy for whole crafts. Without what has no price. */
  readonly outlay: number;
  /** Units that the steps yield beyond what is needed, by-products too. */
  readonly leftovers: readonly ItemAmount[];
  /** A part has no price: `missing` says which. */
  readonly incomplete: boolean;
}

export interface CraftAnswer<R extends CraftRecipe> {
  /** Rubles to buy the amount; undefined without a price. */
  readonly buy: number | undefined;
  /** One for each recipe of the item, the cheapest first; empty when nothing makes it. */
  readonly plans: readonly CraftPlan<R>[];
  /** The cheaper of buying and the first plan; undefined when neither has a price in full. */
  readonly cheaper: "buy" | "make" | undefined;
}

/**
 * What an item costs to make, with all that it is made of bought or made in turn, whichever costs less per unit. By-products
 * of a recipe are worth nothing here. An item is never made out of itself, by whatever detour.
 * @throws RangeError when `amount` is not above 0, or `energyPrice` not from 0 up
 */
export function craftOrBuy<R extends CraftRecipe>(question: CraftQuestion<R>): CraftAnswer<R> {
  const { item, amount, recipesOf, priceOf, energyPrice } = question;
  if (!(energyPrice >= 0 && Number.isFinite(energyPrice)))
    throw new RangeError("an energy price is a number from 0 up");
  const waysTo = waysOf(recipesOf, energyPrice);
  const plans = plansFor(item, amount, { waysTo, priceOf }).map((plan) => craftPlan(plan, amount, energyPrice));
  const unit = priced(priceOf(item));
  const buy = unit === undefined ? undefined : unit * amount;
  const make = plans[0]?.cost;
  return { buy, plans, cheaper: cheaperOf(buy, make) };
}

function cheaperOf(buy = Infinity, make = Infinity): CraftAnswer<never>["cheaper"] {
  if (buy === Infinity && make === Infinity) return undefined;
  return make < buy ? "make" : "buy";
}

/** The items whose prices `craftOrBuy` looks up, the item itself first, then those nearest to it. */
export function craftItems(item: string, recipesOf: (item: string) => readonly CraftRecipe[]): string[] {
  return itemsBelow(item, waysOf(recipesOf, 0));
}

function waysOf<R extends CraftRecipe>(recipesOf: (item: string) => readonly R[], energyPrice: number) {
  return (item: string): Way<R>[] =>
    recipesOf(item).flatMap((recipe) => {
      const yields = yieldOf(recipe, item);
      if (!(yields > 0)) return [];
      return [{ source: recipe, ingredients: recipe.ingredients, yields, cost: recipe.energy * energyPrice }];
    });
}

function yieldOf({ result }: CraftRecipe, item: string): number {
  return result.reduce((sum, one) => (one.item === item ? sum + one.amount : sum), 0);
}

function craftPlan<R extends CraftRecipe>(plan: Plan<R>, amount: number, energyPrice: number): CraftPlan<R> {
  const { steps, shopping, missing, unit } = plan;
  const energy = steps.reduce((sum, { times, source }) => sum + times * source.energy, 0);
  const left = new Map<string, number>();
  const leave = (item: string, count: number) => count > 0 && left.set(item, (left.get(item) ?? 0) + count);
  for (const step of steps) {
    leave(step.item, step.left);
    for (const other of step.source.result) if (other.item !== step.item) leave(other.item, other.amount * step.times);
  }
  return {
    ...plan,
    energy,
    cost: unit === undefined ? undefined : unit * amount,
    outlay: shopping.reduce((sum, { price }) => sum + price, energy * energyPrice),
    leftovers: [...left].map(([item, count]) => ({ item, amount: count })),
    incomplete: missing.length > 0,
  };
}
