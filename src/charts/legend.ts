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
const LABELS = {
  usePointStyle: true,
  pointStyleWidth: 26,
  boxHeight: 18,
  padding: 13,
  color: COLOURS.text,
  font: FONT,
} as const;

/** A legend of these; none where there are none, or nothing to explain. */
export function legendOf(items: readonly LegendItem[], display = items.length > 0) {
  return { display, align: "start", labels: { ...LABELS, generateLabels: () => [...items] } } as const;
}

/** What something in a chart means, beside how it looks there. */
export function legendItem(text: string, look: Partial<LegendItem>): LegendItem {
  return { text, fontColor: COLOURS.text, ...look };
}

/** What the lines, bars and marks of a chart mean; nothing where there are no marks. */
export function legend(entries: readonly LegendEntry[], words: LegendWords) {
  return legendOf(labelsOf(entries, words), entries.length > 0);
}

function labelsOf(entries: readonly LegendEntry[], { median, band, volume, beyond }: LegendWords): LegendItem[] {
  // Where each kind has lines in its own colour, the legend's are of none.
  const line = entries.length > 1 ? COLOURS.label : COLOURS.median;
  return [
    legendItem(median, { pointStyle: "line", strokeStyle: line, lineWidth: 5 }),
    legendItem(band, { pointStyle: "rect", fillStyle: translucent(line, 0.3), strokeStyle: line, lineWidth: 1 }),
    legendItem(volume, { pointStyle: "rect", fillStyle: COLOURS.volume, lineWidth: 0 }),
    ...entries.map(({ mark: { colour, shape }, name }) =>
      legendItem(name, { pointStyle: shape, fillStyle: colour, strokeStyle: colour, lineWidth: 3 }),
    ),
    ...(beyond === undefined
      ? []
      : [legendItem(beyond, { pointStyle: "triangle", fillStyle: COLOURS.text, lineWidth: 0 })]),
  ];
}
