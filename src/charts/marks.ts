import type { SKRSContext2D } from "@napi-rs/canvas";

/** How the sales of one rarity are drawn: a colour, and a shape for those who cannot tell the colours apart. */
export interface Mark {
  readonly colour: string;
  /** Adds the outline to the path: about `radius` around the point. */
  readonly trace: (pen: SKRSContext2D, x: number, y: number, radius: number) => void;
}

/** The closed outline through points given by turn (0 is up, clockwise) and by distance in radii. */
function outline(corners: readonly (readonly [turn: number, distance: number])[]): Mark["trace"] {
  const offsets = corners.map(([turn, distance]) => {
    const angle = turn * 2 * Math.PI;
    return [Math.sin(angle) * distance, -Math.cos(angle) * distance] as const;
  });
  return (pen, x, y, radius) => {
    for (const [index, [dx, dy]] of offsets.entries()) {
      if (index === 0) pen.moveTo(x + dx * radius, y + dy * radius);
      else pen.lineTo(x + dx * radius, y + dy * radius);
    }
    pen.closePath();
  };
}

const evenly = (count: number, distance: number, shift = 0) =>
  Array.from({ length: count }, (_, index) => [(index + shift) / count, distance] as const);
const circle: Mark["trace"] = (pen, x, y, radius) => {
  pen.moveTo(x + radius, y);
  pen.arc(x, y, radius, 0, 2 * Math.PI);
};
const triangle = outline(evenly(3, 1.3));
const square = outline(evenly(4, 1.3, 0.5));
const diamond = outline(evenly(4, 1.4));
const cross = outline(
  evenly(4, 0.5).flatMap(([turn, inner]) => [[turn, inner] as const, [turn + 0.08, 1.4] as const, [turn + 0.17, 1.4]]),
);
const hexagon = outline(evenly(6, 1.25));
const star = outline(evenly(5, 1.5).flatMap(([turn, far]) => [[turn, far] as const, [turn + 0.1, 0.65] as const]));

/** By rarity from 0, in the game's colours, lightened for a dark background. */
const MARKS: readonly Mark[] = [
  { colour: "#c9ced6", trace: circle },
  { colour: "#58d068", trace: triangle },
  { colour: "#57a8ff", trace: square },
  { colour: "#d07cff", trace: diamond },
  { colour: "#ff6464", trace: cross },
  { colour: "#ffc93c", trace: star },
  { colour: "#ff9130", trace: hexagon },
];
/** For sales of things that have no rarity, or one that is not known here. */
const PLAIN: Mark = { colour: "#4fc3d9", trace: circle };

export function markOf(quality: number | undefined): Mark {
  return (quality === undefined ? undefined : MARKS[quality]) ?? PLAIN;
}

export const upward = triangle;
export const downward = outline(evenly(3, 1.3, 1.5));
