import { setImmediate as nextTurn } from "node:timers/promises";
import type { Item } from "../../src/items/index.js";
import { card, COLOURS, escape, lines, time, UserError, type Context } from "../../src/kernel/index.js";
import { commonestGrade } from "../../src/market/index.js";
import { InvalidRequestError, NotFoundError } from "@zonewire/stalcraft";
import { itemWithId, type AskedItem } from "../options/item.js";
import { regionsOf } from "../options/region-list.js";
import { lastKnownWarning } from "../format/last-known.js";
import { medianText } from "../format/median.js";
import { dataAge } from "../format/moment.js";
import { money } from "../format/money.js";
import type { Subject } from "../trade/panels.js";
import { gradeText } from "../format/quality.js";
import { salesADay } from "./card.js";
import { marketFigures, readMarket, type MarketFigures, type MarketRead } from "./figures.js";

/** The same item, of the same grade, wherever it is sold. One region that does not answer leaves the others. */
export async function regionsCard(subject: Subject, context: Context) {
  const { t, signal } = context;
  const item = itemWithId(subject.item, subject.region, context);
  const regions = await regionsOf(context);
  const answers = await Promise.allSettled(regions.map(({ id }) => readMarket({ ...subject, region: id }, context)));
  signal.throwIfAborted();
  const reads = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
  const asked = await figuresOf(reads, item.item, subject, context);
  const compared = comparable(subject, [...asked.values()]);
  const figures = compared === subject ? asked : await figuresOf(reads, item.item, compared, context);
  const oldest = Math.min(...reads.map(({ readAt }) => readAt.getTime()));
  const grade = gradeText(compared, context);
  const all = [...figures.values()];
  const isIgnored = all.length > 0 && all.every(({ gradeUnreported }) => gradeUnreported);
  const head = isIgnored ? t("price.grade-unreported", { item: escape(item.name) }) : grade || undefined;
  const fields = answers.map((answer, n) => {
    const told = answer.status === "fulfilled" ? figures.get(answer.value) : undefined;
    return {
      name: regions[n]?.id ?? "",
      value:
        answer.status === "fulfilled" && told
          ? describe(answer.value, isIgnored ? { ...told, gradeUnreported: false } : told, item, context)
          : t(answer.status === "rejected" && isUnsold(answer.reason) ? "price.region-unsold" : "price.region-silent"),
      inline: true,
    };
  });
  return card({
    title: t("price.regions-title", { item: escape(item.name) }),
    colour: COLOURS.market,
    thumbnail: item.icon,
    description: compared === subject ? head : t("price.regions-grade", { grade }),
    note: reads.length > 0 ? dataAge(new Date(oldest), context) : undefined,
    fields,
    footer: t("price.per-unit"),
  });
}

/** Of an artifact, the requested grade if it is a single one, else the grade that sells most across all regions. */
function comparable(subject: Subject, figures: readonly MarketFigures[]): Subject {
  if (!figures.some(({ mixed }) => mixed)) return subject;
  const commonest = commonestGrade(figures.flatMap(({ week }) => week.kept));
  return commonest ? { ...subject, ...commonest.grade } : subject;
}

/** Each region may have thousands of lots and sales: between two regions other work gets its turn. */
async function figuresOf(
  reads: readonly MarketRead[],
  item: Item | undefined,
  subject: Subject,
  context: Context,
): Promise<ReadonlyMap<MarketRead, MarketFigures>> {
  const figures = new Map<MarketRead, MarketFigures>();
  for (const read of reads) {
    figures.set(read, marketFigures(read, item, subject, context));
    await nextTurn();
  }
  return figures;
}

function isUnsold(reason: unknown): boolean {
  return reason instanceof UserError || reason instanceof InvalidRequestError || reason instanceof NotFoundError;
}

function describe(
  read: MarketRead,
  { offers, week, gradeUnreported, mixed }: MarketFigures,
  item: AskedItem,
  context: Context,
): string {
  const { t } = context;
  const [floor] = offers;
  const cheapest = floor && { price: money(floor.unit, context), grade: gradeText(floor.grade, context) };
  return lines(
    lastKnownWarning(read.outage, read.readAt, context),
    read.lots
      ? cheapest
        ? t(mixed ? "price.from-grade" : "price.from", cheapest)
        : t("price.nothing-for-sale")
      : t("price.lots-unknown"),
    offers.length > 0 && t("price.lots", { lots: offers.length }),
    ...(read.sales
      ? [
          week.median === undefined ? t("price.no-sales-then") : medianText(week.median, week.kept, context),
          // The number of sales read cannot be compared: of one region a week is known, of another a day.
          week.count > 0 && salesADay(week, context),
          !week.whole && t("price.known-since", { since: time(week.since, "f") }),
        ]
      : [t("price.sales-unknown")]),
    gradeUnreported && t("price.grade-unreported", { item: escape(item.name) }),
  );
}
