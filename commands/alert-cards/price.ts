import { button, card, COLOURS, dotted, escape, lines, row, time, type View } from "../../src/kernel/index.js";
import { mergedPriceEvents, type MatchedLot, type PriceEvent } from "../../src/watch/index.js";
import { itemLabel } from "../format/item-name.js";
import { money } from "../format/money.js";
import { numbered } from "../format/numbered.js";
import { priceRuleText } from "../format/price-rule.js";
import { gradeName, isGraded } from "../format/quality.js";
import type { Alerted, ItemAlertContext } from "./alerted.js";
import { alertButtons, LOTS_BUTTON, NOBODY } from "./buttons.js";

/** A smaller part of the median is no difference: it would be shown as nothing. */
const LEAST_DIFFERENCE = 0.005;

/**
 * Lots that somebody waited for, as one message: of one watch, the earliest alert first. The first line is what a phone shows
 * of it. Undefined when all of them have ended.
 */
export function priceAlert(
  [first, ...later]: readonly PriceEvent[],
  alerted: Alerted,
  context: ItemAlertContext,
): View | undefined {
  const { t, items, number, locale } = context;
  if (!first) return undefined;
  const { lots, more, region, itemId, why } = later.reduce(mergedPriceEvents, first);
  const live = lots.filter(({ endTime }) => Date.parse(endTime) > context.now.getTime());
  const [cheapest] = live;
  if (!cheapest) return undefined;
  const item = items.get(itemId, region);
  const name = escape(item ? itemLabel(item, region, context) : itemId);
  const described = live.map((lot) => describe(lot, isGraded(item), context));
  const count = live.length + more;
  const subject = { watch: alerted.watchId, item: itemId, region, quality: why.quality, level: why.level };
  const whole = { items: described, number: 0, pages: 1, from: 0 };
  return {
    content: t("price-alert.headline", { item: name, lots: count, price: money(cheapest.unit, context) }),
    embeds: [
      card({
        title: t("price.title", { item: name, region }),
        colour: COLOURS.market,
        thumbnail: item && items.icon(item, region),
        description: lines(
          ...(count > 1 ? numbered(whole, (text) => text, context) : described),
          more > 0 && t("price-alert.more", { count: number(more), button: t("panel.lots") }),
        ),
        note: t(alerted.guildId === null ? "price-alert.why-private" : "price-alert.why-server", {
          rule: priceRuleText(why, context),
        }),
        footer: dotted(t("lots.per-unit"), t("price-alert.late")),
      }),
    ],
    components: [
      row(
        button({ label: t("panel.lots"), customId: LOTS_BUTTON.customId(subject, { ...NOBODY, locale }) }),
        ...alertButtons("price", alerted, context),
      ),
    ],
  };
}

function describe(lot: MatchedLot, graded: boolean, context: ItemAlertContext): string {
  const { t, number } = context;
  const { amount, unit, price } = lot;
  return lines(
    dotted(
      `**${money(unit, context)}**`,
      amount > 1 && t("price.in-a-lot", { amount: number(amount), price: money(price, context) }),
      graded && gradeName(lot, context),
    ),
    againstMedian(lot, context),
    dotted(
      t("price-alert.listed", { since: time(new Date(lot.startTime), "R") }),
      t("price-alert.ends", { end: time(new Date(lot.endTime), "R") }),
    ),
  );
}

function againstMedian({ unit, median, sales }: MatchedLot, context: ItemAlertContext): string {
  const { t, percent } = context;
  if (median === undefined || sales === undefined) return t("price-alert.no-median");
  const difference = unit / median - 1;
  const compared = { median: money(median, context), sales };
  if (Math.abs(difference) < LEAST_DIFFERENCE) return t("price-alert.at", compared);
  return t(difference < 0 ? "price-alert.below" : "price-alert.above", {
    ...compared,
    percent: percent(Math.abs(difference)),
  });
}
