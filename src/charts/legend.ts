import type { LegendItem } from "chart.js";
import { COLOURS, FONT, translucent } from "./look.js";
import type { Mark } from "./marks.js";

export interface LegendEntry {
  readonly mark: Mark;
  readonly name: string;
}

interface LegendWords {
  readonly median: string;
  readonly band: string;
  readonly volume: string;
  /** Undefined: nothing is beyond the axis. */
  readonly beyond: string | undefined;
}

/** How the labels of every legend look. */
export const LABELS = {
  usePointStyle: true,
  pointStyleWidth: 26,
  boxHeight: 18,
  padding: 13,
  color: COLOURS.text,
  font: FONT,
} as const;

/** What the lines, bars and marks of a chart mean; nothing where there are no marks. */
export function legend(entries: readonly LegendEntry[], words: LegendWords) {
  return {
    display: entries.length > 0,
    align: "start",
    labels: {
      ...LABELS,
      generateLabels: () => labelsOf(entries, words),
    },
  } as const;
}

function labelsOf(entries: readonly LegendEntry[], { median, band, volume, beyond }: LegendWords): LegendItem[] {
  // Where each kind has lines in its own colour, the legend's are of none.
  const line = entries.length > 1 ? COLOURS.label : COLOURS.median;
  const item = (text: string, look: Partial<LegendItem>) => ({ text, fontColor: COLOURS.text, ...look });
  return [
    item(median, { pointStyle: "line", strokeStyle: line, lineWidth: 5 }),
    item(band, { pointStyle: "rect", fillStyle: translucent(line, 0.3), strokeStyle: line, lineWidth: 1 }),
    item(volume, { pointStyle: "rect", fillStyle: COLOURS.volume, lineWidth: 0 }),
    ...entries.map(({ mark: { colour, shape }, name }) =>
      item(name, { pointStyle: shape, fillStyle: colour, strokeStyle: colour, lineWidth: 3 }),
    ),
    ...(beyond === undefined ? [] : [item(beyond, { pointStyle: "triangle", fillStyle: COLOURS.text, lineWidth: 0 })]),
  ];
}
