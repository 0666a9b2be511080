import type { Canvas, SKRSContext2D } from "@napi-rs/canvas";
import { bucketsOf, type Bucket, type ChartSale } from "./buckets.js";
import { courseOf, drawBand, drawBandEdges, drawMedian } from "./course.js";
import { font, type CanvasLibrary } from "./fonts.js";
import { drawLegend, legendHeight, type LegendEntry } from "./legend.js";
import { COLOURS, HEIGHT, SIZE, TEXT, WIDTH } from "./look.js";
import { markOf, upward } from "./marks.js";
import { stroke, within, type Line, type Plan } from "./plan.js";
import { isBeyond, placeOf, priceAxis, shortPrices, type PriceAxis } from "./price-axis.js";
import { areFew, drawSpots, spotsOf } from "./spots.js";
import { timeTicks } from "./time-axis.js";

/** What the picture says, in the reader's language. */
export interface ChartTexts {
  readonly median: string;
  /** The range from p10 to p90. */
  readonly band: string;
  /** Units sold. */
  readonly volume: string;
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
  readonly texts: ChartTexts;
}

export function drawPriceHistory(library: CanvasLibrary, history: PriceHistory): Canvas {
  const { locale, texts } = history;
  const [from, to] = [history.from.getTime(), history.to.getTime()];
  const sales = history.sales.filter(({ time, unit }) => unit > 0 && time >= history.from && time <= history.to);
  const rated = sales.some(({ quality }) => quality !== 0);
  const buckets = bucketsOf(sales, from, to);
  const axis = axisOf(sales, buckets);

  const canvas = library.createCanvas(WIDTH, HEIGHT);
  const pen = canvas.getContext("2d");
  pen.fillStyle = COLOURS.background;
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.font = font(TEXT);
  pen.textBaseline = "middle";

  const mostSold = Math.max(...buckets.map(({ volume }) => volume));
  const labels = { prices: axis ? shortPrices(axis.ticks, locale) : [], volume: shortCount(mostSold, locale) };
  const legend = axis ? legendOf(sales, rated, axis, texts) : [];
  const left = SIZE.edge + SIZE.gap + widest(pen, [...labels.prices, labels.volume, UTC]);
  const right = WIDTH - 2 * SIZE.edge;
  const foot = HEIGHT - SIZE.edge - SIZE.line;
  const volumes = { left, right, top: foot - SIZE.volumes, bottom: foot };
  const top = SIZE.edge + legendHeight(pen, legend) + SIZE.gap;
  const prices = { left, right, top, bottom: volumes.top - 2 * SIZE.gap };
  const plan: Plan = {
    prices,
    volumes,
    x: (time) => left + ((time - from) / (to - from)) * (right - left),
    y: (price) => prices.bottom - (axis ? placeOf(axis, price) : 0) * (prices.bottom - prices.top),
  };

  drawLegend(pen, legend);
  drawTimes(pen, plan, history);
  if (axis) drawPrices(pen, plan, axis, labels.prices);
  const unknownUntil = Math.min(to, history.reachesTo?.getTime() ?? from);
  if (unknownUntil > from) drawUnknown(pen, plan, plan.x(unknownUntil), texts.unknown);
  if (!axis) {
    drawNone(pen, plan, Math.max(from, unknownUntil), texts.none);
    return canvas;
  }
  drawVolumes(pen, plan, buckets, mostSold, labels.volume);
  // Lonely prices beyond the axis would drag the band out of the picture: they count as sold, and are marked.
  const common = sales.filter(({ unit }) => !isBeyond(axis, unit));
  const course = courseOf(plan, bucketsOf(common, from, to));
  const spots = spotsOf(plan, axis, sales);
  drawBand(pen, plan, course);
  // Neither may hide the other: a few spots lie on the lines, and the lines on many spots.
  if (areFew(spots)) drawMedian(pen, plan, course);
  drawSpots(pen, library, spots, rated);
  if (!areFew(spots)) {
    drawBandEdges(pen, plan, course);
    drawMedian(pen, plan, course);
  }
  return canvas;
}

const UTC = "UTC";
/** Where so many were sold in one bucket, the middle price is no accident: it is on the axis. */
const NO_ACCIDENT = 3;

function axisOf(sales: readonly ChartSale[], buckets: readonly Bucket[]): PriceAxis | undefined {
  if (sales.length === 0) return undefined;
  const medians = buckets.flatMap(({ count, prices }) => (prices && count >= NO_ACCIDENT ? [prices.median] : []));
  return priceAxis(
    sales.map(({ unit }) => unit),
    medians,
  );
}

function shortCount(count: number, locale: string): string {
  return new Intl.NumberFormat(locale, { notation: "compact", maximumSignificantDigits: 3 }).format(count);
}

function widest(pen: SKRSContext2D, texts: readonly string[]): number {
  return Math.max(...texts.map((text) => pen.measureText(text).width));
}

function legendOf(sales: readonly ChartSale[], rated: boolean, axis: PriceAxis, texts: ChartTexts): LegendEntry[] {
  const qualities = rated ? [...new Set(sales.map(({ quality }) => quality))].sort((a, b) => a - b) : [undefined];
  const isSomeBeyond = sales.some(({ unit }) => isBeyond(axis, unit));
  return [
    { sample: "median", text: texts.median },
    { sample: "band", text: texts.band },
    { sample: "volume", text: texts.volume },
    ...qualities.map((quality) => ({ sample: markOf(quality), text: texts.qualities[quality ?? -1] ?? texts.sale })),
    ...(isSomeBeyond ? [{ sample: { colour: COLOURS.text, trace: upward }, text: texts.beyond }] : []),
  ];
}

/** Hatches what is not known, up to a pixel. */
function drawUnknown(pen: SKRSContext2D, { prices, volumes }: Plan, right: number, text: string): void {
  const { left, top } = prices;
  const { bottom } = volumes;
  const lines: Line[] = [];
  for (let x = left - (bottom - top); x < right; x += SIZE.hatch) {
    lines.push([
      [x, bottom],
      [x + bottom - top, top],
    ]);
  }
  within(pen, { left, top, right, bottom }, () => {
    pen.fillStyle = COLOURS.unknown;
    pen.fillRect(left, top, right - left, bottom - top);
    stroke(pen, lines, 3, COLOURS.hatch);
  });
  if (pen.measureText(text).width + 2 * SIZE.gap > right - left) return;
  drawNote(pen, text, (left + right) / 2, (prices.top + prices.bottom) / 2);
}

/** A word on the picture, with room around it. */
function drawNote(pen: SKRSContext2D, text: string, x: number, y: number): void {
  const width = pen.measureText(text).width + 2 * SIZE.gap;
  pen.fillStyle = COLOURS.background;
  pen.fillRect(x - width / 2, y - SIZE.line / 2, width, SIZE.line);
  pen.fillStyle = COLOURS.text;
  pen.textAlign = "center";
  pen.fillText(text, x, y);
}

/** In the part that is known, or as near as there is room, and lower than what is said of the other part. */
function drawNone(pen: SKRSContext2D, { prices: { right, top, bottom }, x }: Plan, from: number, text: string): void {
  const half = pen.measureText(text).width / 2 + SIZE.gap;
  drawNote(pen, text, Math.min((x(from) + right) / 2, right - half), (top + bottom) / 2 + 2 * SIZE.line);
}

function drawTimes(pen: SKRSContext2D, { volumes, prices, x }: Plan, { from, to, locale }: PriceHistory): void {
  const { left, right, bottom } = volumes;
  const measure = (label: string) => pen.measureText(label).width;
  const axis = { locale, width: right - left, measure, gap: SIZE.labels };
  const { ticks, hours } = timeTicks(from.getTime(), to.getTime(), axis);
  const y = bottom + SIZE.line / 2 + 4;
  if (hours) {
    pen.fillStyle = COLOURS.faint;
    pen.textAlign = "right";
    pen.fillText(UTC, left - SIZE.gap, y);
  }
  pen.fillStyle = COLOURS.label;
  pen.textAlign = "center";
  let free = hours ? left - SIZE.gap : 0;
  for (const { time, label } of ticks) {
    stroke(pen, [vertical(x(time), prices.top, bottom)], 1.5, COLOURS.grid);
    const half = measure(label) / 2;
    // At the right end a label may stand a little beside its line.
    const middle = Math.min(x(time), WIDTH - SIZE.edge / 2 - half);
    if (middle - half < free + SIZE.edge / 2 || x(time) - middle > half / 2) continue;
    pen.fillText(label, middle, y);
    free = middle + half;
  }
}

const vertical = (x: number, top: number, bottom: number): Line => [
  [x, top],
  [x, bottom],
];
const horizontal = (y: number, left: number, right: number): Line => [
  [left, y],
  [right, y],
];

function drawPrices(pen: SKRSContext2D, plan: Plan, { ticks }: PriceAxis, labels: readonly string[]): void {
  const { left, right } = plan.prices;
  pen.fillStyle = COLOURS.label;
  pen.textAlign = "right";
  for (const [index, tick] of ticks.entries()) {
    stroke(pen, [horizontal(plan.y(tick), left, right)], 1.5, COLOURS.grid);
    pen.fillText(labels[index] ?? "", left - SIZE.gap, plan.y(tick));
  }
}

function drawVolumes(pen: SKRSContext2D, plan: Plan, buckets: readonly Bucket[], most: number, label: string): void {
  const { left, right, top, bottom } = plan.volumes;
  stroke(pen, [horizontal(top, left, right), horizontal(bottom, left, right)], 1.5, COLOURS.grid);
  pen.fillStyle = COLOURS.volume;
  for (const { from, to, volume } of buckets) {
    const [start, end] = [plan.x(from) + 1.5, plan.x(to) - 1.5];
    // Something sold is seen, however little it is.
    const height = volume === 0 ? 0 : Math.max(2, (volume / most) * (bottom - top));
    pen.fillRect(start, bottom - height, end - start, height);
  }
  pen.fillStyle = COLOURS.label;
  pen.textAlign = "right";
  pen.fillText(label, left - SIZE.gap, top + SIZE.line / 3);
}
