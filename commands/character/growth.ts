import type { Glossary } from "../../src/items/index.js";
import { dotted, time, type Context } from "../../src/kernel/index.js";
import type { StatGrowth } from "../../src/history/index.js";
import { amountText, shareOf, shareReading, SHARES, type Measuring } from "./measures.js";
import { FEWER_IS_BETTER, MAIN, MAIN_SHARES, shortName, type Figure } from "./statistics.js";

/** Of what only the best is kept: how much of it comes in a day says nothing. */
const RECORD = /(?:^|-)max-/;

export function isRecord(id: string): boolean {
  return RECORD.test(id);
}

/** The gain: `+12`, `+3 h`; of a record what it was and is: `12 → 15`. */
export function gainText(stat: StatGrowth, context: Pick<Context, "t" | "number">): string {
  if (isRecord(stat.id)) {
    const { first, last } = stat;
    return [first, last].map((value) => amountText(stat, value, context)).join(" → ");
  }
  const text = amountText(stat, stat.growth, context);
  return stat.growth > 0 ? `+${text}` : text;
}

/** The gain, how much of it came in a day, and since when it counts where the total was set back. */
export function gainLine(stat: StatGrowth, days: number, context: Pick<Context, "t" | "number" | "told">): string {
  const { t, told } = context;
  const { growth, fellAt } = stat;
  return dotted(
    `**${gainText(stat, context)}**`,
    days > 0 &&
      !isRecord(stat.id) &&
      !fellAt &&
      t("progress.per-day", { amount: amountText(stat, growth / days, context) }),
    fellAt && t("progress.fell", { when: time(told(fellAt), "D") }),
  );
}

/** Those that changed: the main ones first, in their usual order, then in the database's. */
export function changed(stats: readonly StatGrowth[], { statistics }: Glossary): StatGrowth[] {
  const order = [...MAIN, ...statistics.keys()];
  const places = new Map(order.map((id, place) => [id, Math.min(place, order.indexOf(id))]));
  return stats
    .filter(({ first, last, growth }) => growth > 0 || last !== first)
    .sort((a, b) => (places.get(a.id) ?? order.length) - (places.get(b.id) ?? order.length));
}

/** The main shares of what was gained, such as kills for each death in that time. */
export function sharesGained(stats: readonly StatGrowth[], context: Measuring): string[] {
  const gains = stats.map(({ id, growth }) => ({ id, value: growth }));
  return SHARES.filter(({ key }) => MAIN_SHARES.has(key)).flatMap((share) => {
    const value = shareOf(share, gains);
    return value === undefined
      ? []
      : [context.t("card.pair", { name: context.t(share.key), value: shareReading(value, share, context) })];
  });
}

/** The gains of the main statistics, always in the same places; undefined where a character has none. */
export function mainGains(
  stats: readonly StatGrowth[],
  glossary: Glossary,
  context: Measuring & Pick<Context, "locale">,
): readonly (Figure | undefined)[] {
  return MAIN.filter((id) => !isRecord(id)).map((id) => {
    const stat = stats.find((one) => one.id === id);
    return (
      stat && {
        name: shortName(id, glossary, context),
        value: gainText(stat, context),
        amount: stat.growth,
        fewerIsBetter: FEWER_IS_BETTER.has(id),
      }
    );
  });
}
