import type { SKRSContext2D } from "@napi-rs/canvas";
import { COLOURS, SIZE, WIDTH } from "./look.js";
import type { Mark } from "./marks.js";
import { drawMark } from "./spots.js";

export interface LegendEntry {
  readonly sample: "median" | "band" | "volume" | Mark;
  readonly text: string;
}

const SAMPLE = 34;
const MARK = 24;
const GAP = { sample: 8, entry: 18 } as const;

interface Placed extends LegendEntry {
  readonly x: number;
  readonly row: number;
}

const sampleWidth = ({ sample }: LegendEntry) => (typeof sample === "string" ? SAMPLE : MARK);

/** From left to right, in as many rows as it takes. */
function placed(pen: SKRSContext2D, entries: readonly LegendEntry[]): Placed[] {
  let x: number = SIZE.edge;
  let row = 0;
  return entries.map((entry) => {
    const width = sampleWidth(entry) + GAP.sample + pen.measureText(entry.text).width;
    if (x > SIZE.edge && x + width > WIDTH - SIZE.edge) {
      x = SIZE.edge;
      row++;
    }
    const place = { ...entry, x, row };
    x += width + GAP.entry;
    return place;
  });
}

/** Pixels, with the pen's font. */
export function legendHeight(pen: SKRSContext2D, entries: readonly LegendEntry[]): number {
  return ((placed(pen, entries).at(-1)?.row ?? -1) + 1) * SIZE.line;
}

export function drawLegend(pen: SKRSContext2D, entries: readonly LegendEntry[]): void {
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  for (const entry of placed(pen, entries)) {
    const y = SIZE.edge + (entry.row + 0.5) * SIZE.line;
    drawSample(pen, entry.sample, entry.x, y);
    pen.fillStyle = COLOURS.text;
    pen.fillText(entry.text, entry.x + sampleWidth(entry) + GAP.sample, y);
  }
}

function drawSample(pen: SKRSContext2D, sample: LegendEntry["sample"], x: number, y: number): void {
  if (sample === "median") {
    pen.fillStyle = COLOURS.median;
    pen.fillRect(x, y - 2.5, SAMPLE, 5);
  } else if (sample === "band") {
    pen.fillStyle = COLOURS.band;
    pen.fillRect(x, y - 11, SAMPLE, 22);
    pen.fillStyle = COLOURS.bandEdge;
    for (const edge of [y - 11, y + 9]) pen.fillRect(x, edge, SAMPLE, 2);
  } else if (sample === "volume") {
    pen.fillStyle = COLOURS.volume;
    for (const [index, height] of [12, 22, 16].entries()) pen.fillRect(x + 2 + index * 11, y + 11 - height, 9, height);
  } else {
    drawMark(pen, sample, x + MARK / 2, y, 10);
  }
}
