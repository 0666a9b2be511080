import { button, card, COLOURS, escape, row, time, type Context, type View } from "../../src/kernel/index.js";
import { findItem } from "../options/item.js";
import { lastKnownWarning } from "../format/last-known.js";
import { dataAge } from "../format/moment.js";
import { money } from "../format/money.js";
import { PANELS, type Subject } from "../trade/panels.js";
import { gradeName, isGraded } from "../format/quality.js";
import { marketFigures, type MarketFigures } from "./figures.js";
import { readMarket, type MarketRead } from "./read.js";

const SHOWN = 15;

/** The sales and lots that the figures leave out, for those who want to judge for themselves. */
export async function showLeftOut(subject: Subject, context: Context): Promise<View> {
  const { t } = context;
  const item = findItem(subject.item, subject.region, context);
  const read = await readMarket(subject, context);
  const figures = marketFigures(read, item.item, subject, context);
  return {
    embeds: [
      card({
        title: t("price.left-out-title", { item: escape(item.name), region: subject.region }),
        colour: COLOURS.market,
        thumbnail: item.icon,
        description: lastKnownWarning(read.outage, read.readAt, context),
        note: dataAge(read.readAt, context),
        fields: [
          { name: t("price.left-out-sales"), value: excludedSales(read, figures, isGraded(item.item), context) },
          { name: t("price.left-out-lots"), value: excludedLots(read, figures, context) },
        ],
      }),
    ],
    components: [row(button({ label: t("panel.price"), customId: PANELS.price.customId(subject, context) }))],
  };
}

function excludedSales({ sales }: MarketRead, { week }: MarketFigures, graded: boolean, context: Context): string {
  const { t, number } = context;
  const { outliers } = week;
  if (!sales) return t("price.sales-unknown");
  if (outliers.length === 0) return t("price.left-out-none");
  const lines = outliers
    .slice(0, SHOWN)
    .map((sale) =>
      [`**${money(sale.unit, context)}**`, graded && gradeName(sale.grade, context), time(sale.time, "R")]
        .filter(Boolean)
        .join(" · "),
    );
  if (outliers.length > SHOWN) lines.push(t("price.left-out-more", { count: number(outliers.length - SHOWN) }));
  return lines.join("\n");
}

function excludedLots({ lots }: MarketRead, { bidOnly, expired }: MarketFigures, { t }: Context): string {
  if (!lots) return t("price.lots-unknown");
  const unread = lots.total - lots.lots.length;
  return [
    t("price.left-out-bid-only", { lots: bidOnly }),
    t("price.left-out-expired", { lots: expired }),
    ...(unread > 0 ? [t("price.left-out-unread", { lots: unread })] : []),
  ].join(" · ");
}
