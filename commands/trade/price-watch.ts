import { isOutage } from "../../src/last-known.js";
import {
  button,
  card,
  COLOURS,
  escape,
  lines,
  row,
  UserError,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import { MOST_LOTS, type LotsRead, type NewestLots } from "../../src/auction/index.js";
import { gradeKey, gradeOf, liveOffers, type MarketLot } from "../../src/market/index.js";
import {
  FEWEST_SALES,
  fittingOffers,
  highestUnit,
  mediansOf,
  newsOf,
  NEWEST_BACK_MS,
  NO_MEDIANS,
  readingOf,
  readingOfNewest,
  USUAL_LIFETIME_DAYS,
  type Medians,
  type NewWatch,
  type PriceRule,
  type ToldLots,
  type WatchRecord,
} from "../../src/watch/index.js";
import { DAY_MS } from "../../src/time.js";
import { deleteButton } from "../alert-cards/buttons.js";
import { checkedEvery } from "../format/cadence.js";
import { money } from "../format/money.js";
import { priceRuleText } from "../format/price-rule.js";
import { isGraded } from "../format/quality.js";
import { itemWithId, type AskedItem } from "../options/item.js";
import { gradeFilter } from "./grade-filter.js";
import { PANELS, type Subject } from "./panels.js";

/** As `/price` reads them: then it is one question. */
const BACK_MS = 14 * DAY_MS;

/** Which lots somebody wants to hear of. */
export interface PriceQuery extends Pick<PriceRule, "limit" | "amount"> {
  readonly subject: Subject;
  /** Days without a reaction; 0: never, undefined: as usual. */
  readonly expires: number | undefined;
}

/** Where it is told. */
export type PriceTarget = Omit<NewWatch, "subject" | "rule" | "memory" | "lifetimeDays">;

/** What is for sale at the moment when a watch begins. */
interface Beginning {
  readonly rule: PriceRule;
  /** The auction does not report the requested grade: the watch is for all. */
  readonly gradeUnreported: boolean;
  /** How many lots match already; undefined: the lots could not be read. */
  readonly matching: number | undefined;
  /** False: there are too many lots to read them all, and more of them may match. */
  readonly whole: boolean;
  readonly told: ToldLots | undefined;
  /** Undefined where nothing is compared, or the sales could not be read. */
  readonly medians: Medians | undefined;
}

/**
 * Saves a watch of prices, and says what it does.
 * @throws UserError when there are as many as there may be; StalcraftError when the game does not know the item
 */
export async function addPriceWatch(
  query: PriceQuery,
  target: PriceTarget,
  context: Context,
): Promise<AddedPriceWatch> {
  const { item: itemId, region } = query.subject;
  const item = itemWithId(itemId, region, context);
  const beginning = await begin(query, item, context);
  const added = await context.watching.add({
    ...target,
    subject: { kind: "price", region, itemId },
    rule: beginning.rule,
    memory: beginning.told,
    lifetimeDays: query.expires === 0 ? null : (query.expires ?? USUAL_LIFETIME_DAYS),
  });
  if (added.kind === "limit")
    throw new UserError(target.guildId === null ? "error.watch-limit" : "error.alert-limit", { limit: added.limit });
  return { watch: added.watch, existed: added.existed, item, beginning };
}

export interface AddedPriceWatch {
  readonly watch: WatchRecord;
  readonly existed: boolean;
  readonly item: AskedItem;
  readonly beginning: Beginning;
}

async function begin({ subject, limit, amount }: PriceQuery, item: AskedItem, context: Context): Promise<Beginning> {
  const { auction, signal, now } = context;
  const { item: id, region, quality, level } = subject;
  const [lots, sales] = await Promise.all([
    known(auction.lots(region, id, signal)),
    limit.by === "median" ? known(auction.sales(region, id, { back: BACK_MS, depth: "first", signal })) : undefined,
  ]);
  const newest =
    lots && !lots.outage && lots.total > MOST_LOTS ? await known(newestOf(id, region, context)) : undefined;
  const pieces = (lots?.lots ?? []).map(({ additional }) => ({ grade: gradeOf(additional) }));
  const { gradeUnreported } = gradeFilter(item.item, { quality, level }, pieces, sales?.sales ?? []);
  const rule: PriceRule = {
    limit,
    ...(!gradeUnreported && quality !== undefined && { quality }),
    ...(!gradeUnreported && level !== undefined && { level }),
    ...(amount !== undefined && amount > 1 && { amount }),
  };
  const medians = sales && mediansOf(sales.sales, sales.readAt);
  const isKnown = lots && !lots.outage && (limit.by === "unit" || medians);
  const fitting = (some: readonly MarketLot[]) =>
    fittingOffers(liveOffers(some, now).offers, rule, medians ?? NO_MEDIANS);
  // Of a long list, what comes later is compared with the newest lots.
  const told = newest ? newsOf(fitting(newest.lots), undefined, readingOfNewest(newest)) : undefined;
  return {
    rule,
    gradeUnreported,
    matching: isKnown ? fitting(lots.lots.concat(laterThan(lots, newest))).length : undefined,
    whole: lots !== undefined && lots.total <= MOST_LOTS,
    told: isKnown ? (told ?? newsOf(fitting(lots.lots), undefined, readingOf(lots))).told : undefined,
    medians,
  };
}

/** As the watcher will read them. */
function newestOf(id: string, region: string, { auction, signal }: Context): Promise<NewestLots> {
  return auction.newestLots(region, id, { back: NEWEST_BACK_MS, signal });
}

/** What of the newest lots is not among the others, which are read from the oldest on. */
function laterThan({ lots }: LotsRead, newest: NewestLots | undefined): readonly MarketLot[] {
  const last = lots.at(-1);
  return (newest?.lots ?? []).filter(({ startTime }) => !last || startTime > last.startTime);
}

/** Undefined: the game's API does not answer, and nothing is known from before. */
async function known<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isOutage(error)) return undefined;
    throw error;
  }
}

/**
 * What was saved, what matches now, and how one hears of more.
 * @param where lines that say where it is told
 */
export function priceWatchView(
  { watch, existed, item, beginning }: AddedPriceWatch,
  query: PriceQuery,
  where: readonly string[],
  context: Context,
): View {
  const { t } = context;
  const { region } = query.subject;
  const { rule, gradeUnreported, matching, whole } = beginning;
  const lots = t("panel.lots");
  return {
    embeds: [
      card({
        title: t("price-watch.title", { item: escape(item.name), region }),
        colour: COLOURS.market,
        thumbnail: item.icon,
        description: lines(
          existed && t("price-watch.existed"),
          gradeUnreported && t("price.grade-unreported", { item: escape(item.name) }),
          `**${priceRuleText(rule, context)}**`,
          ...comparison(beginning, isGraded(item.item), context),
          matching === undefined && t("price-watch.unread"),
          matching !== undefined &&
            t(whole ? "price-watch.now" : "price-watch.now-some", { lots: matching, button: lots }),
          ...where,
          watch.lifetimeDays === null ? t("price-watch.endless") : t("watch.lifetime", { days: watch.lifetimeDays }),
        ),
        note: checkedEvery("price", context),
        footer: t("price-alert.late"),
      }),
    ],
    components: [
      row(
        button({
          label: lots,
          customId: PANELS.lots.customId({ ...query.subject, quality: rule.quality, level: rule.level }, context),
        }),
        deleteButton("price", { watchId: watch.id, guildId: watch.guildId }, context),
      ),
    ],
  };
}

/** What a discount means in rubles now. */
function comparison({ rule, medians }: Beginning, graded: boolean, context: Context): string[] {
  const { t } = context;
  const { limit, quality, level } = rule;
  if (limit.by === "unit" || !medians) return [];
  if (graded && (quality === undefined || level === undefined)) return [t("price-watch.each-grade")];
  const grade = { quality: quality ?? 0, level: level ?? 0, studied: undefined };
  const own = medians.get(gradeKey({ grade }));
  const highest = highestUnit(limit, grade, medians);
  if (!own || highest === undefined) return [t("price-watch.too-few", { fewest: FEWEST_SALES })];
  const figures = { price: money(highest, context), median: money(own.median, context), sales: own.sales };
  return [t("price-watch.threshold", figures)];
}
