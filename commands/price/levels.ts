import { button, card, COLOURS, escape, row, type Context, type View } from "../../src/kernel/index.js";
import { findItem } from "../options/item.js";
import { lastKnownWarning } from "../format/last-known.js";
import { dataAge } from "../format/moment.js";
import { PANELS, type Subject } from "../trade/panels.js";
import { gradeText } from "../format/quality.js";
import { marketFigures } from "./figures.js";
import { levelTables } from "./levels-table.js";
import { readMarket } from "./read.js";

/** What each quality and level costs. */
export async function showLevels(subject: Subject, context: Context): Promise<View> {
  const { t } = context;
  const item = findItem(subject.item, subject.region, context);
  const read = await readMarket(subject, context);
  const { matrix, gradeUnreported } = marketFigures(read, item.item, subject, context);
  const description = [
    lastKnownWarning(read.outage, read.readAt, context),
    gradeUnreported ? t("price.grade-unreported", { item: escape(item.name) }) : gradeText(subject, context),
    ...(matrix.rows.length > 0 ? [t("price.levels-key"), ...levelTables(matrix, context)] : [t("price.nothing-known")]),
  ];
  return {
    embeds: [
      card({
        title: t("price.levels-title", { item: escape(item.name), region: subject.region }),
        colour: COLOURS.market,
        description: description.filter(Boolean).join("\n"),
        note: `${dataAge(read.readAt, context)} · ${t("price.unit")}`,
      }),
    ],
    components: [row(button({ label: t("panel.price"), customId: PANELS.price.customId(subject, context) }))],
  };
}
