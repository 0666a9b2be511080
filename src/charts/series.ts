import type { ChartDataset, Point } from "chart.js";
import type { Bucket, ChartSale } from "./buckets.js";
import { COLOURS, translucent } from "./look.js";
import type { Mark } from "./marks.js";
import { isBeyond, placeOf, priceAt, type PriceAxis } from "./price-axis.js";

interface Spot {
  /** Milliseconds since the epoch. */
  readonly x: number;
  readonly y: number;
}

export type Series = ChartDataset<"bar" | "line" | "scatter", Point[]>;

/** The names of the two axes of heights. */
export const AXES = { prices: "prices", volume: "volume" } as const;

/** What lies above what: what has the lower number. */
const LAYER = { median: 1, band: 2, sales: 3, volume: 4 } as const;

/** Units sold, a bar for each part of the period. */
export function volumeSeries(buckets: readonly Bucket[]): Series {
  return {
    type: "bar",
    yAxisID: AXES.volume,
    order: LAYER.volume,
    data: buckets.map(({ from, to, volume }) => ({ x: (from + to) / 2, y: volume > 0 ? volume : NaN })),
    backgroundColor: COLOURS.volume,
    barPercentage: 0.88,
    categoryPercentage: 1,
    // Something sold is seen, however little it is.
    minBarLength: 2,
  };
}

/** The course that prices take: a line of medians, and around it the range in which 80 of 100 sales lie. */
export function courseSeries(buckets: readonly Bucket[], colour: string): Series[] {
  const through = (figure: keyof NonNullable<Bucket["prices"]>): Series => ({
    type: "line",
    yAxisID: AXES.prices,
    data: buckets.flatMap((bucket, place) => pointsOf(bucket, figure, buckets[place - 1], buckets[place + 1])),
    borderColor: colour,
    pointRadius: 0,
  });
  const edge = { order: LAYER.band, borderColor: translucent(colour, 0.5), borderWidth: 2 };
  return [
    // Dotted across what is empty.
    {
      ...through("median"),
      order: LAYER.median,
      borderWidth: 5,
      borderJoinStyle: "round",
      spanGaps: true,
      segment: {
        borderDash: ({ p0, p1 }) => (p0.skip || p1.skip ? [3, 9] : undefined),
        borderWidth: ({ p0, p1 }) => (p0.skip || p1.skip ? 2.5 : undefined),
      },
    },
    { ...through("p90"), ...edge, fill: "+1", backgroundColor: translucent(colour, 0.16) },
    { ...through("p10"), ...edge },
  ];
}

/** The middle of a bucket, and its ends where there is nothing next to it; a hole where nothing was sold. */
function pointsOf(
  { from, to, prices }: Bucket,
  figure: keyof NonNullable<Bucket["prices"]>,
  before: Bucket | undefined,
  after: Bucket | undefined,
): Point[] {
  const x = (from + to) / 2;
  if (!prices) return [{ x, y: NaN }];
  const y = prices[figure];
  return [...(before?.prices ? [] : [{ x: from, y }]), { x, y }, ...(after?.prices ? [] : [{ x: to, y }])];
}

/** A grid of this many columns and rows: of sales in one cell, only one is drawn. */
const GRID = { columns: 120, rows: 50 };
/** Few are drawn large and apart from others under them by a dark rim, very many small, flat and see-through. */
const SIZES = [
  { upTo: 60, radius: 10, rim: 1.5, opacity: 1 },
  { upTo: 400, radius: 8, rim: 1.5, opacity: 1 },
  { upTo: 1_000, radius: 6, rim: 1, opacity: 0.8 },
  { upTo: 2_500, radius: 4.5, rim: 0, opacity: 0.6 },
];
const SMALLEST = { radius: 3.5, rim: 0, opacity: 0.45 };

/** How the points are drawn, given the number of sales. */
export function sizeOf(sales: number) {
  return SIZES.find(({ upTo }) => sales <= upTo) ?? SMALLEST;
}

/** How near to the axis' ends that stands which is beyond them. */
const EDGE = 0.03;

export interface Frame {
  readonly from: number;
  readonly to: number;
  readonly axis: PriceAxis;
}

interface Crowd extends Frame {
  readonly size: ReturnType<typeof sizeOf>;
  /** From 0, above all other kinds, to below 1. */
  readonly layer: number;
}

/** A point for each sale; where the price is beyond the axis, a triangle at its edge that points outwards. */
export function saleSeries(sales: readonly ChartSale[], mark: Mark, frame: Crowd): Series[] {
  const { axis } = frame;
  const edges = { above: priceAt(axis, 1 - EDGE), below: priceAt(axis, EDGE) };
  const placed = { on: [] as Spot[], above: [] as Spot[], below: [] as Spot[] };
  for (const { time, unit } of sales) {
    const beyond = isBeyond(axis, unit) ?? "on";
    placed[beyond].push({ x: time.getTime(), y: { ...edges, on: unit }[beyond] });
  }
  const outwards: Mark = { ...mark, shape: "triangle" };
  return [
    pointSeries(placed.on, mark, frame),
    ...(placed.above.length > 0 ? [pointSeries(placed.above, outwards, frame)] : []),
    ...(placed.below.length > 0 ? [{ ...pointSeries(placed.below, outwards, frame), pointRotation: 180 }] : []),
  ];
}

function pointSeries(points: readonly Spot[], { colour, shape }: Mark, { from, to, axis, size, layer }: Crowd) {
  const spots = new Map<number, Spot>();
  for (const point of points) {
    const column = Math.round(((point.x - from) / (to - from)) * GRID.columns);
    spots.set(column * (GRID.rows + 1) + Math.round(placeOf(axis, point.y) * GRID.rows), point);
  }
  const data = [...spots.values()].sort((a, b) => a.x - b.x);
  const { radius, rim, opacity } = size;
  const fill = opacity === 1 ? colour : translucent(colour, opacity);
  const isStroke = shape === "crossRot" || shape === "star";
  return {
    type: "scatter",
    yAxisID: AXES.prices,
    order: LAYER.sales + layer,
    data,
    clip: radius,
    pointStyle: shape,
    pointRadius: radius,
    pointBackgroundColor: fill,
    pointBorderColor: isStroke ? fill : COLOURS.background,
    pointBorderWidth: isStroke ? 3 : rim,
  } as const satisfies Series;
}
