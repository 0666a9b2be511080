import pLimit from "p-limit";
import { card, type Context } from "../../src/kernel/index.js";
import { liveOffers, type Offer } from "../../src/market/index.js";
import { InvalidRequestError, RateLimitError, StalcraftError } from "@zonewire/stalcraft";

/** One question asks the auction for the lots of this many items at most; each costs at least 2 of the minute's points. */
const MOST_ASKED = 30;
const AT_ONCE = 4;
/** Items in these states are nobody's to sell. */
const NEVER_SOLD = new Set(["PERSONAL_ON_GET", "PERSONAL_DROP_ON_GET"]);

type Offers = readonly Offer<{ readonly amount: number }>[];

interface Answers {
  readonly offers: ReadonlyMap<string, Offers>;
  /** Nobody can sell them: the game forbids it, or the auction does not know them. */
  readonly untradable: ReadonlySet<string>;
  /** How many items were looked up on the auction, of how many that could be. */
  readonly asked: number;
  readonly all: number;
  /** How many of them it gave no answer for. */
  readonly silent: number;
  /** When the oldest answer arrived. */
  readonly readAt: Date;
  /** Why some of the answers are those from before. */
  readonly outage?: StalcraftError | undefined;
}

/** What the parts of something cost on the auction right now. */
export class PartPrices {
  readonly #answers: Answers;

  constructor(answers: Answers) {
    this.#answers = answers;
  }

  get answers(): Omit<Answers, "offers" | "untradable"> {
    return this.#answers;
  }

  /** How the auction stands to an item: it has lots of it, or has none now, or can have none, or gave no answer. */
  stateOf(item: string): "sold" | "unsold" | "untradable" | "unknown" {
    const { offers, untradable } = this.#answers;
    if (untradable.has(item)) return "untradable";
    const those = offers.get(item);
    if (!those) return "unknown";
    return those.length > 0 ? "sold" : "unsold";
  }

  /** Rubles for one of `amount`, out of the cheapest lots; undefined where fewer are for sale. */
  unitFor(item: string, amount: number): number | undefined {
    return this.forSale(item) < amount ? undefined : this.sumFor(item, amount) / amount;
  }

  /** Rubles for `amount` of an item, out of the cheapest lots; where there are fewer for sale, for all of those. */
  sumFor(item: string, amount: number): number {
    let left = amount;
    let sum = 0;
    for (const { lot, unit } of this.#answers.offers.get(item) ?? []) {
      if (left <= 0) break;
      const taken = Math.min(left, lot.amount);
      sum += taken * unit;
      left -= taken;
    }
    return sum;
  }

  /** How many of an item can be bought. */
  forSale(item: string): number {
    return (this.#answers.offers.get(item) ?? []).reduce((sum, { lot }) => sum + lot.amount, 0);
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
  const untradable = new Set(parts.filter((id) => NEVER_SOLD.has(items.get(id, region)?.state ?? "")));
  const sold = parts.filter((id) => !untradable.has(id));
  const asked = sold.slice(0, MOST_ASKED - 1);
  const offers = new Map<string, Offers>();
  let readAt = new Date(now);
  let [done, silent, spent] = [0, 0, false];
  let outage: StalcraftError | undefined;

  const ask = async (id: string) => {
    try {
      const read = await auction.lots(region, id, signal);
      offers.set(id, liveOffers(read.lots, now).offers);
      if (read.readAt < readAt) readAt = read.readAt;
      outage ??= read.outage;
    } catch (error) {
      if (!(error instanceof InvalidRequestError && error.isUnknownItem)) throw error;
      untradable.add(id);
    }
  };
  const askForPart = async (id: string) => {
    try {
      if (spent) silent += 1;
      else await ask(id);
    } catch (error) {
      if (!(error instanceof StalcraftError)) throw error;
      spent ||= error instanceof RateLimitError;
      // Who asked for too much is told when to come again, and not that parts have no price.
      if (error instanceof RateLimitError && error.reason === "share") throw error;
      silent += 1;
    }
    done += 1;
    const description = t("sourcing.reading", { read: number(done), total: number(asked.length) });
    context.progress({ embeds: [card({ title, description })] });
  };

  await ask(first);
  const limit = pLimit(AT_ONCE);
  await Promise.all(asked.map((id) => limit(askForPart, id)));
  return new PartPrices({ offers, untradable, asked: asked.length + 1, all: sold.length + 1, silent, readAt, outage });
}

type Need = Readonly<{ item: string; amount: number }>;

interface PricedPlan {
  readonly tree: { readonly source: unknown };
  readonly shopping: readonly Need[];
  readonly missing: readonly Need[];
  /** Rubles for one; undefined where a part has no price. */
  readonly unit: number | undefined;
}

/** After this many rounds the amounts count as final. */
const MOST_ROUNDS = 20;

/**
 * Prices each plan for the amounts it needs: the cheapest lot may hold one piece of a hundred, and a part that is not for sale
 * in that amount is made instead, or is missing. So each plan is priced again until its amounts stay the same.
 */
export function pricePlans<P extends PricedPlan>(
  wanted: Need,
  prices: PartPrices,
  plansWith: (priceOf: (item: string) => number | undefined) => readonly P[],
): { readonly buy: number | undefined; readonly plans: readonly P[] } {
  const plans = plansWith((item) => prices.unitFor(item, 1)).map((first) => {
    const amounts = new Map([[wanted.item, wanted.amount]]);
    let plan = first;
    for (let round = 0; round < MOST_ROUNDS && noteAmounts(plan, amounts); round += 1) {
      const next = plansWith((item) => prices.unitFor(item, amounts.get(item) ?? 1));
      plan = next.find(({ tree }) => tree.source === first.tree.source) ?? plan;
    }
    return plan;
  });
  const unit = prices.unitFor(wanted.item, wanted.amount);
  return { buy: unit === undefined ? undefined : unit * wanted.amount, plans: plans.sort(cheapestFirst) };
}

/** Raises the amounts to what a plan needs; whether any was less. */
function noteAmounts({ shopping, missing }: PricedPlan, amounts: Map<string, number>): boolean {
  let raised = false;
  for (const { item, amount } of [...shopping, ...missing]) {
    if (amount <= (amounts.get(item) ?? 1)) continue;
    amounts.set(item, amount);
    raised = true;
  }
  return raised;
}

function cheapestFirst(a: PricedPlan, b: PricedPlan): number {
  if (a.unit !== undefined && b.unit !== undefined) return a.unit - b.unit;
  if (a.unit !== b.unit) return a.unit === undefined ? 1 : -1;
  return a.missing.length - b.missing.length;
}
