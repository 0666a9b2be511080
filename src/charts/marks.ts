/** How the sales of one rarity are drawn: a colour, and a shape for those who cannot tell the colours apart. */
export interface Mark {
  readonly colour: string;
  readonly shape: "circle" | "triangle" | "rect" | "rectRot" | "crossRot" | "star" | "rectRounded";
}

/** By rarity from 0, in the game's colours, lightened for a dark background. */
const MARKS: readonly Mark[] = [
  { colour: "#c9ced6", shape: "circle" },
  { colour: "#58d068", shape: "triangle" },
  { colour: "#57a8ff", shape: "rect" },
  { colour: "#d07cff", shape: "rectRot" },
  { colour: "#ff6464", shape: "crossRot" },
  { colour: "#ffc93c", shape: "star" },
  { colour: "#ff9130", shape: "rectRounded" },
];
/** For sales of things that have no rarity, or one that is not known here. */
const PLAIN: Mark = { colour: "#4fc3d9", shape: "circle" };

export function markOf(quality: number | undefined): Mark {
  return (quality === undefined ? undefined : MARKS[quality]) ?? PLAIN;
}
