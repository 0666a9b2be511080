import { button, card, COLOURS, escape, row, time, type Context, type View } from "../../src/kernel/index.js";
import { findItem } from "../options/item.js";
import { dataAge } from "../terms/moment.js";
import { money } from "../terms/money.js";
import { PANELS, type Subject } from "../terms/panels.js";
import { gradeName, isGraded } from "../terms/quality.js";
import { marketFigures } from "./figures.js";
import { readMarket } from "./read.js";

const SHOWN = 15;

/** The sales that the figures leave out, for those who want to judge for themselves. */
export async function showLeftOut(subject: Subject, context: Context): Promise<View> {
  const { t, number } = context;
  const item = findItem(subject.item, subject.region, context);
  const read = await readMarket(subject, context);
  const { week, expired, offers, bidOnly } = marketFigures(read, item.item, subject, context);
  const { outliers } = week;
  const graded = isGraded(item.item);
  const lines = outliers
    .slice(0, SHOWN)
    .map((sale) =>
      [`**${money(sale.unit, context)}**`, graded && gradeName(sale.grade, context), time(sale.time, "R")]
        .filter(Boolean)
        .join(" · "),
    );
  if (outliers.length > SHOWN) lines.push(t("price.left-out-more", { count: number(outliers.length - SHOWN) }));
  const lots = [
    t("price.lots", { lots: offers.length }),
    bidOnly > 0 ? t("price.bid-only", { lots: bidOnly }) : undefined,
    t("price.left-out-expired", { lots: expired }),
  ].filter((line) => line !== undefined);
  return {
    embeds: [
      card({
        title: t("price.left-out-title", { item: escape(item.name), region: subject.region }),
        colour: COLOURS.market,
        thumbnail: item.icon,
        note: dataAge(read.sales.readAt, context),
        fields: [
          {
            name: t("price.left-out-sales"),
            value: lines.length > 0 ? lines.join("\n") : t("price.left-out-none"),
          },
          { name: t("price.left-out-lots"), value: lots.join("\n") },
        ],
      }),
    ],
    components: [row(button({ label: t("panel.price"), customId: PANELS.price.customId(subject, context) }))],
  };
}
