/** Pixels. Discord shows the picture about 400 wide, so everything is two and a half times as large as it looks. */
export const WIDTH = 1000;
export const HEIGHT = 560;
export const TEXT = 27;
export const SIZE = {
  edge: 14,
  /** Between things. */
  gap: 12,
  /** Of text. */
  line: 38,
  /** Between the labels of an axis, at least. */
  labels: 18,
  /** Height of the bars. */
  volumes: 74,
  hatch: 22,
} as const;

/** Text and lines on a dark ground a shade below that of Discord's dark theme. */
export const COLOURS = {
  background: "#1e1f22",
  text: "#f2f3f5",
  label: "#d5d8dd",
  faint: "#9a9fa8",
  grid: "#34363c",
  median: "#ffffff",
  band: "rgba(255, 255, 255, 0.16)",
  bandEdge: "rgba(255, 255, 255, 0.6)",
  volume: "#6b7890",
  unknown: "#26272b",
  hatch: "#3a3c43",
} as const;
