import type { SKRSContext2D } from "@napi-rs/canvas";
import type { Bucket } from "./buckets.js";
import { COLOURS } from "./look.js";
import { stroke, trace, within, type Line, type Plan } from "./plan.js";

type Sold = Bucket & { readonly prices: NonNullable<Bucket["prices"]> };

/** The course that prices take: the lines of the buckets' figures, each broken where nothing was sold. */
export interface Course {
  readonly median: readonly Line[];
  readonly p10: readonly Line[];
  readonly p90: readonly Line[];
}

export function courseOf(plan: Plan, buckets: readonly Bucket[]): Course {
  const runs = runsOf(buckets);
  const through = (figure: keyof Sold["prices"]) =>
    runs.map((run) => lineThrough(plan, run, ({ prices }) => prices[figure]));
  return { median: through("median"), p10: through("p10"), p90: through("p90") };
}

/** Buckets in which something was sold, those next to each other together. */
function runsOf(buckets: readonly Bucket[]): Sold[][] {
  const runs: Sold[][] = [];
  let run: Sold[] = [];
  for (const { prices, ...bucket } of buckets) {
    if (prices === undefined) run = [];
    else if (run.push({ ...bucket, prices }) === 1) runs.push(run);
  }
  return runs;
}

/** From the start of the first bucket to the end of the last, through the middles of all. */
function lineThrough({ x, y }: Plan, run: readonly Sold[], price: (sold: Sold) => number): Line {
  const [first, last] = [run[0], run.at(-1)];
  if (!first || !last) return [];
  return [
    [x(first.from), y(price(first))],
    ...run.map((sold) => [x((sold.from + sold.to) / 2), y(price(sold))] as const),
    [x(last.to), y(price(last))],
  ];
}

export function drawBand(pen: SKRSContext2D, { prices }: Plan, { p10, p90 }: Course): void {
  within(pen, prices, () => {
    pen.fillStyle = COLOURS.band;
    for (const [index, upper] of p90.entries()) {
      pen.beginPath();
      trace(pen, [...upper, ...(p10[index]?.toReversed() ?? [])]);
      pen.fill();
    }
  });
}

export function drawBandEdges(pen: SKRSContext2D, { prices }: Plan, { p10, p90 }: Course): void {
  within(pen, prices, () => {
    stroke(pen, [...p10, ...p90], 2, COLOURS.bandEdge);
  });
}

/** Solid where something was sold, dotted across what is empty. */
export function drawMedian(pen: SKRSContext2D, { prices }: Plan, { median }: Course): void {
  const gaps = median.flatMap((line, index): Line[] => {
    const [end, start] = [line.at(-1), median[index + 1]?.[0]];
    return end && start ? [[end, start]] : [];
  });
  within(pen, prices, () => {
    pen.lineJoin = "round";
    stroke(pen, median, 9, COLOURS.background);
    stroke(pen, median, 5, COLOURS.median);
    pen.setLineDash([3, 9]);
    stroke(pen, gaps, 2.5, COLOURS.median);
  });
}
