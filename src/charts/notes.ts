import type { Chart, Plugin } from "chart.js";
import type { SKRSContext2D } from "@napi-rs/canvas";
import { COLOURS, TEXT } from "./look.js";
import { font } from "./fonts.js";

/** Room above the legend, for a line of text. */
export const TITLE_HEIGHT = 44;
/** Of every chart: a picture that does not move, with room for the title. */
export const STILL = {
  animation: false as const,
  responsive: false,
  events: [],
  devicePixelRatio: 1,
  parsing: false as const,
  layout: { padding: { left: 2, right: 22, top: TITLE_HEIGHT, bottom: 4 } },
};

const TITLE_LEFT = 14;
const TITLE_MIDDLE = 24;
const HATCH = 22;
const ROOM = 12;
const LINE = 38;

/** A part of the period, in milliseconds since the epoch. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Notes {
  /** What the picture is drawn with. */
  readonly pen: SKRSContext2D;
  /** The parts of the period that are not known, the earliest first. */
  readonly unknown: readonly Span[];
  /** What is said of them, where there is room. */
  readonly unknownText: string;
  /** What is said of a period with nothing to draw; undefined: there is something. */
  readonly none: string | undefined;
  /** What the picture is of, at its top; cut where it is too long. */
  readonly title: string;
  /** What is said of the time zone, at the end of the same line. */
  readonly zone: string;
}

/** What a chart says next to its data: for which time nothing is known, and that there is nothing to draw. */
export function notes({ pen, unknown, unknownText, none, title, zone }: Notes): Plugin {
  return {
    id: "notes",
    beforeDraw({ width, height }) {
      pen.fillStyle = COLOURS.background;
      pen.fillRect(0, 0, width, height);
    },
    beforeDatasetsDraw(chart) {
      for (const span of unknown) hatch(pen, chart, span);
    },
    afterDatasetsDraw(chart) {
      const { left, right, top, bottom } = chart.chartArea;
      const middle = (top + bottom) / 2;
      pen.font = font(TEXT);
      pen.textBaseline = "middle";
      const spans = unknown.map((span) => ({ from: xOf(chart, span.from), to: xOf(chart, span.to) }));
      for (const span of spans) {
        if (widthOf(pen, unknownText) <= span.to - span.from) note(pen, unknownText, (span.from + span.to) / 2, middle);
      }
      const known = spans.find(({ from }) => from <= left)?.to ?? left;
      // In the part that is known, or as near as there is room, and lower than what is said of the other part.
      if (none !== undefined)
        note(pen, none, Math.min((known + right) / 2, right - widthOf(pen, none) / 2), middle + 2 * LINE);
      pen.fillStyle = COLOURS.faint;
      pen.textAlign = "right";
      pen.fillText(zone, chart.width - TITLE_LEFT, TITLE_MIDDLE);
      pen.fillStyle = COLOURS.text;
      pen.textAlign = "left";
      pen.fillText(
        cut(pen, title, chart.width - 3 * TITLE_LEFT - pen.measureText(zone).width),
        TITLE_LEFT,
        TITLE_MIDDLE,
      );
    },
  };
}

/** As much of a text as is no wider. */
export function cut(pen: SKRSContext2D, text: string, width: number): string {
  if (pen.measureText(text).width <= width) return text;
  let length = text.length;
  while (length > 0 && pen.measureText(`${text.slice(0, length)}…`).width > width) length -= 1;
  return `${text.slice(0, length).trimEnd()}…`;
}

function xOf(chart: Chart, time: number): number {
  return chart.scales.x?.getPixelForValue(time) ?? 0;
}

function hatch(pen: SKRSContext2D, chart: Chart, span: Span): void {
  const { top, bottom } = chart.chartArea;
  const left = xOf(chart, span.from);
  const [width, height] = [xOf(chart, span.to) - left, bottom - top];
  pen.save();
  pen.beginPath();
  pen.rect(left, top, width, height);
  pen.clip();
  pen.fillStyle = COLOURS.unknown;
  pen.fillRect(left, top, width, height);
  pen.strokeStyle = COLOURS.hatch;
  pen.lineWidth = 3;
  pen.beginPath();
  for (let x = left - height; x < left + width; x += HATCH) {
    pen.moveTo(x, bottom);
    pen.lineTo(x + height, top);
  }
  pen.stroke();
  pen.restore();
}

function widthOf(pen: SKRSContext2D, text: string): number {
  return pen.measureText(text).width + 2 * ROOM;
}

/** A word on the picture, with room around it. */
function note(pen: SKRSContext2D, text: string, x: number, y: number): void {
  const width = widthOf(pen, text);
  pen.fillStyle = COLOURS.background;
  pen.fillRect(x - width / 2, y - LINE / 2, width, LINE);
  pen.fillStyle = COLOURS.text;
  pen.textAlign = "center";
  pen.fillText(text, x, y);
}
