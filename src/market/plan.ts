import { sourceFor, unitCost, type ItemAmount, type Market, type Sourcing, type Way } from "./sourcing.js";

export interface Bought extends ItemAmount {
  readonly kind: "buy";
  /** Rubles for one. */
  readonly unit: number;
}

export interface Missing extends ItemAmount {
  /** It has no price and nothing makes it. */
  readonly kind: "missing";
}

export interface Made<S> extends ItemAmount {
  readonly kind: "make";
  /** Rubles for one, when many are made; undefined where a part has no price. */
  readonly unit: number | undefined;
  /** How often it is done, for this place in the tree alone. */
  readonly times: number;
  readonly source: S;
  /** Empty when `repeated`. */
  readonly parts: readonly PlanNode<S>[];
  /** How to make it is shown further up in the tree. */
  readonly repeated: boolean;
}

export type PlanNode<S> = Bought | Missing | Made<S>;

/** One thing to do, as often as all the plan needs it. */
export interface Step<S> {
  readonly item: string;
  readonly source: S;
  readonly times: number;
  /** Units made; more than the plan needs is left over. */
  readonly made: number;
  readonly left: number;
}

export interface Purchase extends ItemAmount {
  readonly unit: number;
  /** Rubles for all of them. */
  readonly price: number;
}

/** How to make an amount of an item in one way, everything below it bought or made, whichever is cheaper. */
export interface Plan<S> {
  readonly tree: Made<S>;
  /** In the order in which they can be done; the last makes the item itself. */
  readonly steps: readonly Step<S>[];
  /** Everything to buy, the most expensive first. */
  readonly shopping: readonly Purchase[];
  /** What has no price and is not made. */
  readonly missing: readonly ItemAmount[];
  /** Rubles for one, when many are made and nothing is left over; undefined where something is not known in rubles. */
  readonly unit: number | undefined;
}

/**
 * A plan for each way to make the item itself, the cheapest per unit first, those without a price in full last.
 * @throws RangeError when `amount` is not above 0 and finite
 */
export function plansFor<S>(item: string, amount: number, market: Market<S>): Plan<S>[] {
  if (!(amount > 0 && Number.isFinite(amount))) throw new RangeError("an amount is above 0");
  const sourcing = sourceFor(item, market);
  return market
    .waysTo(item)
    .filter(({ ingredients }) => !ingredients.some((part) => part.item === item))
    .map((way) => planOf(item, amount, way, sourcing))
    .sort(byCost);
}

function byCost<S>(a: Plan<S>, b: Plan<S>): number {
  if (a.unit !== undefined && b.unit !== undefined) return a.unit - b.unit;
  if (a.unit !== b.unit) return a.unit === undefined ? 1 : -1;
  return a.missing.length - b.missing.length;
}

function planOf<S>(item: string, amount: number, way: Way<S>, sourcing: Sourcing<S>): Plan<S> {
  const chosen: Sourcing<S> = {
    wayTo: (one) => (one === item ? way : sourcing.wayTo(one)),
    unitOf: (one) => (one === item ? unitCost(way, sourcing.unitOf) : sourcing.unitOf(one)),
  };
  const steps: Step<S>[] = [];
  const shopping: Purchase[] = [];
  const missing: ItemAmount[] = [];
  const needed = new Map([[item, amount]]);
  for (const one of fromTheTop(item, chosen)) {
    const count = needed.get(one) ?? 0;
    const unit = chosen.unitOf(one);
    const made = chosen.wayTo(one);
    if (made) {
      const times = timesFor(count, made);
      for (const part of made.ingredients) needed.set(part.item, (needed.get(part.item) ?? 0) + times * part.amount);
      steps.push({
        item: one,
        source: made.source,
        times,
        made: times * made.yields,
        left: times * made.yields - count,
      });
    } else if (unit === undefined) missing.push({ item: one, amount: count });
    else shopping.push({ item: one, amount: count, unit, price: unit * count });
  }
  return {
    tree: treeOf(item, amount, way, chosen, new Set()),
    steps: steps.reverse(),
    shopping: shopping.sort((a, b) => b.price - a.price),
    missing,
    unit: chosen.unitOf(item),
  };
}

/** Each item before those that it is made of. */
function fromTheTop<S>(root: string, { wayTo }: Sourcing<S>): string[] {
  const order: string[] = [];
  const seen = new Set<string>();
  const visit = (item: string) => {
    if (seen.has(item)) return;
    seen.add(item);
    for (const part of wayTo(item)?.ingredients ?? []) visit(part.item);
    order.push(item);
  };
  visit(root);
  return order.reverse();
}

/** Nothing is made by half. */
function timesFor<S>(amount: number, { yields }: Way<S>): number {
  return Math.ceil(amount / yields);
}

function treeOf<S>(item: string, amount: number, way: Way<S>, sourcing: Sourcing<S>, shown: Set<string>): Made<S> {
  const repeated = shown.has(item);
  shown.add(item);
  const times = timesFor(amount, way);
  const node = (part: ItemAmount): PlanNode<S> => {
    const count = part.amount * times;
    const unit = sourcing.unitOf(part.item);
    const made = sourcing.wayTo(part.item);
    if (made) return treeOf(part.item, count, made, sourcing, shown);
    if (unit === undefined) return { kind: "missing", item: part.item, amount: count };
    return { kind: "buy", item: part.item, amount: count, unit };
  };
  const parts = repeated ? [] : way.ingredients.map(node);
  return { kind: "make", item, amount, unit: sourcing.unitOf(item), times, source: way.source, parts, repeated };
}
