import { FAMILIES } from "./fonts.js";

/** Pixels. Discord shows the picture about 400 wide, so everything is two and a half times as large as it looks. */
export const WIDTH = 1000;
export const HEIGHT = 520;
export const TEXT = 27;
/** The charts' text, as chart.js wants it. */
export const FONT = { family: FAMILIES, size: TEXT, weight: "normal", lineHeight: 1 } as const;

/** Text and lines on a dark ground a shade below that of Discord's dark theme. */
export const COLOURS = {
  background: "#1e1f22",
  text: "#f2f3f5",
  label: "#d5d8dd",
  faint: "#9a9fa8",
  grid: "#34363c",
  median: "#ffffff",
  volume: "#6b7890",
  unknown: "#26272b",
  hatch: "#3a3c43",
} as const;

/** A colour, `#rrggbb`, that lets through what is behind it; 0 is all of it. */
export function translucent(colour: string, opacity: number): string {
  return `${colour}${Math.round(opacity * 255)
    .toString(16)
    .padStart(2, "0")}`;
}
