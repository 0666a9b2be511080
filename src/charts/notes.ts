import type { Chart, Plugin } from "chart.js";
import type { SKRSContext2D } from "@napi-rs/canvas";
import { COLOURS, TEXT } from "./look.js";
import { font } from "./fonts.js";

/** Room above the legend, for a line of text. */
const TITLE_HEIGHT = 44;
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

export interface Notes {
  /** What the picture is drawn with. */
  readonly pen: SKRSContext2D;
  /** The part of the period up to here is not known; undefined: all is. */
  readonly unknownUntil: number | undefined;
  readonly unknown: string;
  /** What is said of a period without sales; undefined: there are some. */
  readonly none: string | undefined;
  /** What the picture is of, at its top; cut where it is too long. */
  readonly title: string;
  /** What is said of the time zone, at the end of the same line. */
  readonly zone: string;
}

/** What a chart says next to its data: for which time nothing is known, and that there are no sales. */
export function notes({ pen, unknownUntil, unknown, none, title, zone }: Notes): Plugin {
  return {
    id: "notes",
    beforeDraw({ width, height }) {
      pen.fillStyle = COLOURS.background;
      pen.fillRect(0, 0, width, height);
    },
    beforeDatasetsDraw(chart) {
      if (unknownUntil !== undefined) hatch(pen, chart, unknownUntil);
    },
    afterDatasetsDraw(chart) {
      const { left, right, top, bottom } = chart.chartArea;
      const middle = (top + bottom) / 2;
      pen.font = font(TEXT);
      pen.textBaseline = "middle";
      const known = unknownUntil === undefined ? left : xOf(chart, unknownUntil);
      if (unknownUntil !== undefined && widthOf(pen, unknown) <= known - left)
        note(pen, unknown, (left + known) / 2, middle);
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
function cut(pen: SKRSContext2D, text: string, width: number): string {
  if (pen.measureText(text).width <= width) return text;
  let length = text.length;
  while (length > 0 && pen.measureText(`${text.slice(0, length)}…`).width > width) length -= 1;
  return `${text.slice(0, length).trimEnd()}…`;
}

function xOf(chart: Chart, time: number): number {
  return chart.scales.x?.getPixelForValue(time) ?? 0;
}

function hatch(pen: SKRSContext2D, chart: Chart, until: number): void {
  const { left, top, bottom } = chart.chartArea;
  const [width, height] = [xOf(chart, until) - left, bottom - top];
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
