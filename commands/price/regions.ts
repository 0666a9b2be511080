import type { Item } from "../../src/items/index.js";
import {
  button,
  card,
  COLOURS,
  escape,
  row,
  time,
  UserError,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import { findItem } from "../options/item.js";
import { regionsOf } from "../options/region.js";
import { medianText } from "../terms/median.js";
import { dataAge } from "../terms/moment.js";
import { money } from "../terms/money.js";
import { PANELS, type Subject } from "../terms/panels.js";
import { gradeWish } from "../terms/quality.js";
import { salesADay } from "./card.js";
import { marketFigures } from "./figures.js";
import { readMarket, type MarketRead } from "./read.js";

/** The same item, of the same grade, wherever it is sold. One region that does not answer leaves the others. */
export async function showRegions(subject: Subject, context: Context): Promise<View> {
  const { t, signal } = context;
  const item = findItem(subject.item, subject.region, context);
  const regions = await regionsOf(context);
  const answers = await Promise.allSettled(
    regions.map(async ({ id }) => ({ id, read: await readMarket({ ...subject, region: id }, context) })),
  );
  signal.throwIfAborted();
  const reads = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value.read] : []));
  const fields = answers.map((answer, n) => ({
    name: regions[n]?.id ?? "",
    value:
      answer.status === "fulfilled"
        ? describe(answer.value.read, item.item, subject, context)
        : t(answer.reason instanceof UserError ? "price.region-unsold" : "price.region-silent"),
    inline: true,
  }));
  const oldest = Math.min(...reads.flatMap(({ lots, sales }) => [lots.readAt.getTime(), sales.readAt.getTime()]));
  return {
    embeds: [
      card({
        title: t("price.regions-title", { item: escape(item.name) }),
        colour: COLOURS.market,
        thumbnail: item.icon,
        description: gradeWish(subject, context) || undefined,
        note: reads.length > 0 ? dataAge(new Date(oldest), context) : undefined,
        fields,
        footer: t("price.per-unit"),
      }),
    ],
    components: [row(button({ label: t("panel.price"), customId: PANELS.price.customId(subject, context) }))],
  };
}

function describe(read: MarketRead, item: Item | undefined, subject: Subject, context: Context): string {
  const { t } = context;
  const { offers, week, untold } = marketFigures(read, item, subject, context);
  const [floor] = offers;
  return [
    floor ? `**${money(floor.unit, context)}**` : t("price.nothing-for-sale"),
    offers.length > 0 ? t("price.lots", { lots: offers.length }) : undefined,
    week.median === undefined ? t("price.no-sales-then") : medianText(week.median, week.kept, context),
    // How many were read says nothing: of one region a week is known, of another one a day.
    week.count > 0 ? salesADay(week, context) : undefined,
    week.whole ? undefined : t("price.known-since", { since: time(week.since, "f") }),
    untold ? t("price.grade-untold") : undefined,
  ]
    .filter((line) => line !== undefined)
    .join("\n");
}
