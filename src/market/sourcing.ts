/** The cheapest way to get items, from a bench or from a trader: what `craft` and `barter` share. */

export interface ItemAmount {
  readonly item: string;
  /** Units, above 0. */
  readonly amount: number;
}

/** One way to turn items into another. */
export interface Way<S> {
  /** What the way comes from: a recipe, an offer. */
  readonly source: S;
  readonly ingredients: readonly ItemAmount[];
  /** Units made each time, above 0. */
  readonly yields: number;
  /** Rubles that it costs besides the ingredients, from 0 up; undefined: not known in rubles. */
  readonly cost: number | undefined;
}

export interface Market<S> {
  readonly waysTo: (item: string) => readonly Way<S>[];
  /** Rubles for one unit; undefined, or nothing above 0: it cannot be bought, or nobody knows for how much. */
  readonly priceOf: (item: string) => number | undefined;
}

/** The best way to get each item. An item without a way is bought; one without a unit price cannot be priced in full. */
export interface Sourcing<S> {
  readonly unitOf: (item: string) => number | undefined;
  readonly wayTo: (item: string) => Way<S> | undefined;
}

/** Smaller differences between two ways are the noise of arithmetic. */
const NOISE = 1e-9;

/**
 * The items that may take part in making `item`, itself first: those whose prices are worth knowing.
 */
export function itemsBelow<S>(item: string, waysTo: Market<S>["waysTo"]): string[] {
  const seen = new Set([item]);
  for (const one of seen) for (const way of waysTo(one)) for (const part of way.ingredients) seen.add(part.item);
  return [...seen];
}

/**
 * Buys or makes each item that making `root` may take, whichever is cheaper per unit; each item always in the same way,
 * and never, through whatever others, out of itself or out of `root`. Items that cannot be priced in full are made where
 * they can be made, in the way with the fewest such ingredients.
 *
 * Without circles among the recipes no choice is cheaper. Where the cheapest ways form a circle, that item of it is got
 * otherwise for which this costs the least in proportion.
 */
export function sourceFor<S>(root: string, market: Market<S>): Sourcing<S> {
  const items = itemsBelow(root, market.waysTo).slice(1).reverse();
  const prices = new Map(items.map((item) => [item, priced(market.priceOf(item))]));
  const allWays = new Map(
    items.map((item) => [item, market.waysTo(item).filter(({ ingredients }) => !ingredients.some(isOf(root)))]),
  );
  const refused = new Set<Way<S>>();
  for (;;) {
    const choice = cheapest(items, prices, allWays, refused);
    const circle = circleIn(items, choice.ways);
    if (circle) {
      refused.add(leastMissed(circle, choice, prices, allWays, refused));
      continue;
    }
    addIncomplete(items, choice, allWays);
    return {
      unitOf: (item) => choice.units.get(item),
      wayTo: (item) => choice.ways.get(item),
    };
  }
}

/** Above 0 and finite, or undefined. */
export function priced(price: number | undefined): number | undefined {
  return price !== undefined && price > 0 && Number.isFinite(price) ? price : undefined;
}

interface Choice<S> {
  /** Rubles; of items that can be priced in full. */
  readonly units: Map<string, number>;
  readonly ways: Map<string, Way<S>>;
}

type Prices = ReadonlyMap<string, number | undefined>;
type Ways<S> = ReadonlyMap<string, readonly Way<S>[]>;

const isOf =
  (item: string) =>
  (part: ItemAmount): boolean =>
    part.item === item;

/** Undefined where a part has no price. */
export function unitCost<S>({ ingredients, yields, cost }: Way<S>, unitOf: Sourcing<S>["unitOf"]): number | undefined {
  let sum = cost;
  for (const { item, amount } of ingredients) {
    const unit = unitOf(item);
    if (unit === undefined || sum === undefined) return undefined;
    sum += unit * amount;
  }
  return sum === undefined ? undefined : sum / yields;
}

/** Costs go down, round by round, to where no way makes anything cheaper. */
function cheapest<S>(items: readonly string[], prices: Prices, ways: Ways<S>, refused: ReadonlySet<Way<S>>): Choice<S> {
  const choice: Choice<S> = { units: new Map(), ways: new Map() };
  for (const [item, price] of prices) if (price !== undefined) choice.units.set(item, price);
  const unitOf = (item: string) => choice.units.get(item);
  // A circle that makes more of an item than it takes would lower the cost for ever.
  for (let round = 0, changed = true; changed && round < items.length + 20; round += 1) {
    changed = false;
    for (const item of items) {
      for (const way of ways.get(item) ?? []) {
        const unit = refused.has(way) ? undefined : unitCost(way, unitOf);
        if (unit === undefined || unit >= (unitOf(item) ?? Infinity) * (1 - NOISE)) continue;
        choice.units.set(item, unit);
        choice.ways.set(item, way);
        changed = true;
      }
    }
  }
  return choice;
}

/** Items each of which is made out of the next, the last out of the first. */
function circleIn<S>(items: readonly string[], ways: ReadonlyMap<string, Way<S>>): string[] | undefined {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (item: string): string[] | undefined => {
    if (path.includes(item)) return path.slice(path.indexOf(item));
    if (done.has(item)) return undefined;
    done.add(item);
    path.push(item);
    for (const part of ways.get(item)?.ingredients ?? []) {
      const circle = visit(part.item);
      if (circle) return circle;
    }
    path.pop();
    return undefined;
  };
  for (const item of items) {
    const circle = visit(item);
    if (circle) return circle;
  }
  return undefined;
}

/** Of the recipes that form a circle, the one whose item costs nearly as little another way. */
function leastMissed<S>(
  circle: readonly string[],
  { units, ways }: Choice<S>,
  prices: Prices,
  allWays: Ways<S>,
  refused: ReadonlySet<Way<S>>,
): Way<S> {
  const unitOf = (item: string) => units.get(item);
  const losses = circle.flatMap((item) => {
    const way = ways.get(item);
    if (way === undefined) return [];
    const others = (allWays.get(item) ?? []).filter((other) => other !== way && !refused.has(other));
    const otherwise = [prices.get(item), ...others.map((other) => unitCost(other, unitOf))];
    const least = Math.min(...otherwise.map((unit) => unit ?? Infinity));
    return [{ way, loss: least / (unitOf(item) ?? Infinity) }];
  });
  const [least] = losses.sort((a, b) => a.loss - b.loss);
  if (least === undefined) throw new Error("a circle is of items that are made");
  return least.way;
}

/** Gives each item without a price in full the way that lacks least, unless the item would be made out of itself. */
function addIncomplete<S>(items: readonly string[], { units, ways }: Choice<S>, allWays: Ways<S>): void {
  const unitOf = (item: string) => units.get(item);
  const lacking = ({ ingredients, cost }: Way<S>) =>
    ingredients.filter(({ item }) => !units.has(item)).length + (cost === undefined ? 1 : 0);
  for (const item of items.toReversed()) {
    if (units.has(item)) continue;
    const [best] = (allWays.get(item) ?? [])
      .filter((way) => !way.ingredients.some((part) => part.item === item || leadsTo(part.item, item, ways)))
      .sort((a, b) => lacking(a) - lacking(b) || knownCost(a, unitOf) - knownCost(b, unitOf));
    if (best) ways.set(item, best);
  }
}

/** The unit cost as far as it is known. */
function knownCost<S>({ cost = 0, ...way }: Way<S>, unitOf: Sourcing<S>["unitOf"]): number {
  return unitCost({ ...way, cost }, (item) => unitOf(item) ?? 0) ?? 0;
}

function leadsTo<S>(from: string, to: string, ways: ReadonlyMap<string, Way<S>>): boolean {
  const seen = new Set([from]);
  for (const item of seen) for (const part of ways.get(item)?.ingredients ?? []) seen.add(part.item);
  return seen.has(to);
}
