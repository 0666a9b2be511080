import type { Canvas, SKRSContext2D } from "@napi-rs/canvas";
import type { ChartSale } from "./buckets.js";
import type { CanvasLibrary } from "./fonts.js";
import { COLOURS, SIZE } from "./look.js";
import { downward, markOf, upward, type Mark } from "./marks.js";
import type { Plan } from "./plan.js";
import { isBeyond, type PriceAxis } from "./price-axis.js";

/** One sale, or several that would cover each other. */
interface Spot {
  readonly quality: number;
  /** Pointing outwards where the price is beyond the axis. */
  readonly beyond: "above" | "below" | undefined;
  readonly x: number;
  readonly y: number;
}

/** Sales of one rarity that would fall on the same so many pixels squared are drawn once. */
const CELL = 4;

/** The sales as they are drawn. The rarer lie on top of the more common, which are more. */
export function spotsOf(plan: Plan, axis: PriceAxis, sales: readonly ChartSale[]): Spot[] {
  const { top, bottom } = plan.prices;
  const spots = new Map<string, Spot>();
  for (const { time, unit, quality } of sales) {
    const beyond = isBeyond(axis, unit);
    const x = Math.round(plan.x(time.getTime()));
    const y = { above: top + SIZE.gap, below: bottom - SIZE.gap, on: Math.round(plan.y(unit)) }[beyond ?? "on"];
    spots.set([Math.round(x / CELL), Math.round(y / CELL), quality].join(), { quality, beyond, x, y });
  }
  return [...spots.values()].sort((a, b) => a.quality - b.quality);
}

/** Few are drawn large and solid, many small and translucent. */
const FEW = 60;
const SOME = 400;
const byNumber = (count: number, few: number, some: number, many: number) =>
  count <= FEW ? few : count <= SOME ? some : many;

export function areFew(spots: readonly Spot[]): boolean {
  return spots.length <= FEW;
}

/** Each kind of spot is traced once and stamped wherever it goes: tracing a thousand outlines takes twice as long. */
export function drawSpots(
  pen: SKRSContext2D,
  { createCanvas }: CanvasLibrary,
  spots: readonly Spot[],
  rated: boolean,
): void {
  const counts = new Map<number, number>();
  for (const { quality } of spots) counts.set(quality, (counts.get(quality) ?? 0) + 1);
  const radius = byNumber(spots.length, 10, 8, 6);
  const half = 2 * radius;
  const makeStamp = ({ quality, beyond }: Spot): Canvas => {
    const mark = markOf(rated ? quality : undefined);
    const shape = { above: upward, below: downward, on: mark.trace }[beyond ?? "on"];
    const stamp = createCanvas(2 * half, 2 * half);
    drawMark(stamp.getContext("2d"), { ...mark, trace: shape }, half, half, radius);
    return stamp;
  };
  const stamps = new Map<string, Canvas>();
  for (const spot of spots) {
    const kind = `${spot.quality} ${spot.beyond ?? "on"}`;
    const stamp = stamps.get(kind) ?? makeStamp(spot);
    stamps.set(kind, stamp);
    pen.globalAlpha = byNumber(counts.get(spot.quality) ?? 0, 1, 0.9, 0.7);
    pen.drawImage(stamp, spot.x - half, spot.y - half);
  }
  pen.globalAlpha = 1;
}

/** A mark with a dark rim, which keeps it apart from others under it. */
export function drawMark(pen: SKRSContext2D, { colour, trace }: Mark, x: number, y: number, radius: number): void {
  pen.fillStyle = colour;
  pen.strokeStyle = COLOURS.background;
  pen.lineWidth = 1.5;
  pen.beginPath();
  trace(pen, x, y, radius);
  pen.fill();
  pen.stroke();
}
