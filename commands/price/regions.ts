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
import { commonestGrade } from "../../src/market/index.js";
import { InvalidRequestError, NotFoundError } from "../../src/stalcraft/index.js";
import { findItem, type AskedItem } from "../options/item.js";
import { regionsOf } from "../options/region.js";
import { lastKnownWarning } from "../format/last-known.js";
import { medianText } from "../format/median.js";
import { dataAge } from "../format/moment.js";
import { money } from "../format/money.js";
import { PANELS, type Subject } from "../market/panels.js";
import { gradeText } from "../format/quality.js";
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
  const compared = comparable(subject, item.item, reads, context);
  const fields = answers.map((answer, n) => ({
    name: regions[n]?.id ?? "",
    value:
      answer.status === "fulfilled"
        ? describe(answer.value.read, item, compared, context)
        : t(isUnsold(answer.reason) ? "price.region-unsold" : "price.region-silent"),
    inline: true,
  }));
  const oldest = Math.min(...reads.map(({ readAt }) => readAt.getTime()));
  const grade = gradeText(compared, context);
  return {
    embeds: [
      card({
        title: t("price.regions-title", { item: escape(item.name) }),
        colour: COLOURS.market,
        thumbnail: item.icon,
        description: compared === subject ? grade || undefined : t("price.regions-grade", { grade }),
        note: reads.length > 0 ? dataAge(new Date(oldest), context) : undefined,
        fields,
        footer: t("price.per-unit"),
      }),
    ],
    components: [row(button({ label: t("panel.price"), customId: PANELS.price.customId(subject, context) }))],
  };
}

/** Of an artifact, the requested grade if it is a single one, else the grade that sells most across all regions. */
function comparable(subject: Subject, item: Item | undefined, reads: readonly MarketRead[], context: Context): Subject {
  const figures = reads.map((read) => marketFigures(read, item, subject, context));
  if (!figures.some(({ mixed }) => mixed)) return subject;
  const commonest = commonestGrade(figures.flatMap(({ week }) => week.kept));
  return commonest ? { ...subject, ...commonest.grade } : subject;
}

function isUnsold(reason: unknown): boolean {
  return reason instanceof UserError || reason instanceof InvalidRequestError || reason instanceof NotFoundError;
}

function describe(read: MarketRead, item: AskedItem, subject: Subject, context: Context): string {
  const { t } = context;
  const { offers, week, gradeUnreported, mixed } = marketFigures(read, item.item, subject, context);
  const [floor] = offers;
  const cheapest = floor && { price: money(floor.unit, context), grade: gradeText(floor.grade, context) };
  return [
    lastKnownWarning(read.outage, read.readAt, context),
    read.lots
      ? cheapest
        ? t(mixed ? "price.from-grade" : "price.from", cheapest)
        : t("price.nothing-for-sale")
      : t("price.lots-unknown"),
    offers.length > 0 ? t("price.lots", { lots: offers.length }) : undefined,
    ...(read.sales
      ? [
          week.median === undefined ? t("price.no-sales-then") : medianText(week.median, week.kept, context),
          // How many were read says nothing: of one region a week is known, of another one a day.
          week.count > 0 ? salesADay(week, context) : undefined,
          week.whole ? undefined : t("price.known-since", { since: time(week.since, "f") }),
        ]
      : [t("price.sales-unknown")]),
    gradeUnreported ? t("price.grade-unreported", { item: escape(item.name) }) : undefined,
  ]
    .filter((line) => line !== undefined)
    .join("\n");
}
