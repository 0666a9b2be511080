import type { SKRSContext2D } from "@napi-rs/canvas";
import type { ChartConfiguration, Point } from "chart.js";
import { groupBy } from "../market/index.js";
import { pricesAxis, timesAxis, volumeAxis } from "./axes.js";
import { bucketsOf, type Bucket, type ChartSale } from "./buckets.js";
import { legend } from "./legend.js";
import { COLOURS } from "./look.js";
import { markOf, type Mark } from "./marks.js";
import { notes, STILL } from "./notes.js";
import { isBeyond, priceAxis, type PriceAxis, type Short } from "./price-axis.js";
import { AXES, courseSeries, saleSeries, sizeOf, volumeSeries, type Frame, type Series } from "./series.js";

/** What the picture says, in the reader's language. */
export interface ChartTexts {
  /** What the picture is of: item, region, period and currency. Cut where it is too long. */
  readonly title: string;
  /** That times are in UTC: nobody knows the reader's zone. */
  readonly zone: string;
  readonly median: string;
  /** The range from p10 to p90. */
  readonly band: string;
  /** Units sold. */
  readonly volume: string;
  /** A word under the number of units of the highest bar. */
  readonly sold: string;
  /** A sale of a thing that has no rarity, or none that has a name. */
  readonly sale: string;
  /** A sale whose price is beyond the axis. */
  readonly beyond: string;
  /** The part of the period of which not everything is known. */
  readonly unknown: string;
  /** Nothing was sold. */
  readonly none: string;
  /** The names of the rarities, from 0. */
  readonly qualities: readonly string[];
}

/** What was sold of one item in a period. */
export interface PriceHistory {
  /** In any order; those outside the period are left out. */
  readonly sales: readonly ChartSale[];
  readonly from: Date;
  readonly to: Date;
  /** From here on every sale is known. Undefined: from the start of the period. */
  readonly reachesTo: Date | undefined;
  /** Of numbers and dates. */
  readonly locale: string;
  /** Writes numbers in that language. */
  readonly short: Short;
  readonly texts: ChartTexts;
}

/** How the history is drawn, on a canvas with this pen. */
export function historyChart(
  history: PriceHistory,
  pen: SKRSContext2D,
): ChartConfiguration<"bar" | "line" | "scatter", Point[]> {
  const { locale, short, texts } = history;
  const [from, to] = [history.from.getTime(), history.to.getTime()];
  const sales = history.sales.filter(({ time, unit }) => unit > 0 && time >= history.from && time <= history.to);
  const buckets = bucketsOf(sales, from, to);
  const usual = sales.filter(({ odd = false }) => !odd);
  const axis = axisOf(sales, usual.length === sales.length ? buckets : bucketsOf(usual, from, to));
  const kinds = kindsOf(sales, texts);
  const isSomeBeyond = axis !== undefined && sales.some(({ unit }) => isBeyond(axis, unit));
  const unknownUntil = Math.min(to, history.reachesTo?.getTime() ?? from);
  return {
    type: "scatter",
    data: { datasets: axis ? [...seriesOf(kinds, { from, to, axis }), volumeSeries(buckets)] : [] },
    options: {
      ...STILL,
      scales: {
        x: timesAxis(from, to, locale, pen),
        [AXES.volume]: volumeAxis(buckets, short, texts.sold),
        [AXES.prices]: pricesAxis(axis, short),
      },
      plugins: { legend: legend(kinds, { ...texts, beyond: isSomeBeyond ? texts.beyond : undefined }) },
    },
    plugins: [
      notes({
        pen,
        unknown: unknownUntil > from ? [{ from, to: unknownUntil }] : [],
        unknownText: texts.unknown,
        none: axis ? undefined : texts.none,
        title: texts.title,
        zone: texts.zone,
      }),
    ],
  };
}

/** Where at least this many were sold in one bucket, the middle price is no accident: it is on the axis. */
const NO_ACCIDENT = 3;

function axisOf(sales: readonly ChartSale[], buckets: readonly Bucket[]): PriceAxis | undefined {
  if (sales.length === 0) return undefined;
  const medians = buckets.flatMap(({ count, prices }) => (prices && count >= NO_ACCIDENT ? [prices.median] : []));
  return priceAxis(
    sales.map(({ unit }) => unit),
    medians,
  );
}

/** The sales of one rarity, or all of a thing that has none. */
interface Kind {
  readonly mark: Mark;
  readonly name: string;
  readonly sales: readonly ChartSale[];
}

function kindsOf(sales: readonly ChartSale[], { qualities: names, sale }: ChartTexts): Kind[] {
  const groups = [...groupBy(sales, ({ quality }) => quality)].sort(([a], [b]) => a - b);
  const rated = groups.some(([quality]) => quality !== 0);
  return groups.map(([quality, those]) => ({
    mark: markOf(rated ? quality : undefined),
    name: (rated ? names[quality] : undefined) ?? sale,
    sales: those,
  }));
}

/** Of fewer sales of one rarity among others, no course is drawn: the points say it all. */
const FEWEST_FOR_COURSE = 5;

/** Of many kinds that are each sold often, the points are drawn as of a crowd; the few of one that is not stay large. */
const CROWDING = 4;

/** A course and points for each kind: a median over rarities whose prices differ hundredfold would say nothing. */
function seriesOf(kinds: readonly Kind[], frame: Frame): Series[] {
  const { from, to, axis } = frame;
  // Of which there are fewest lie above the others.
  const byCount = kinds.toSorted((a, b) => a.sales.length - b.sales.length);
  const all = kinds.reduce((sum, { sales }) => sum + sales.length, 0);
  return kinds.flatMap((kind) => {
    const { mark, sales } = kind;
    // Odd prices, as the figures leave them out, and lonely ones beyond the axis count as sold, and are marked.
    const common = sales.filter(({ unit, odd = false }) => !odd && !isBeyond(axis, unit));
    const isOne = kinds.length === 1;
    const hasCourse = isOne || common.length >= FEWEST_FOR_COURSE;
    return [
      ...(hasCourse ? courseSeries(bucketsOf(common, from, to), isOne ? COLOURS.median : mark.colour) : []),
      ...saleSeries(sales, mark, {
        ...frame,
        size: sizeOf(Math.min(all, CROWDING * sales.length)),
        layer: byCount.indexOf(kind) / kinds.length,
      }),
    ];
  });
}
