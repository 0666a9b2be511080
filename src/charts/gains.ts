import type { SKRSContext2D } from "@napi-rs/canvas";
import type { ChartConfiguration, Point } from "chart.js";
import { amountsAxis, timesAxis } from "./axes.js";
import { legendItem, legendOf } from "./legend.js";
import { COLOURS, translucent } from "./look.js";
import { notes, STILL, type Span } from "./notes.js";
import type { Series } from "./series.js";

/** What the picture says, in the reader's language. */
export interface GainTexts {
  /** Whose figure it is, and which one. Cut where it is too long. */
  readonly title: string;
  /** That times are in UTC: nobody knows the reader's zone. */
  readonly zone: string;
  /** What a bar is. */
  readonly gain: string;
  /** What a bar over a gap is. */
  readonly mean: string;
  /** The parts of the period of which nothing is known. */
  readonly unknown: string;
  /** There is nothing to draw. */
  readonly none: string;
}

/** How much a figure grew a day. */
export interface Gains {
  /** From each reading to the next, the earliest first. */
  readonly spans: readonly {
    readonly from: Date;
    readonly to: Date;
    /** In the unit that `write` writes. */
    readonly perDay: number;
    /** Nothing is known of the days within it but their sum. */
    readonly isGap: boolean;
  }[];
  readonly from: Date;
  readonly to: Date;
  readonly locale: string;
  /** Writes an amount, with its unit, in that language. */
  readonly write: (amount: number) => string;
  readonly texts: GainTexts;
}

const BAR = "#4fc3d9";
const FILL = { known: translucent(BAR, 0.75), mean: translucent(BAR, 0.25) };
const AXIS = "amounts";

/** How gains are drawn, on a canvas with this pen: a bar from each reading to the next, as high as the gain of a day. */
export function gainsChart(
  { spans, locale, write, texts, ...period }: Gains,
  pen: SKRSContext2D,
): ChartConfiguration<"bar" | "line" | "scatter", Point[]> {
  const [from, to] = [period.from.getTime(), period.to.getTime()];
  const amounts = spans.map(({ perDay }) => perDay);
  const known = spans.filter(({ isGap }) => !isGap);
  const gaps = spans.filter(({ isGap }) => isGap);
  return {
    type: "scatter",
    data: {
      datasets: spans.length === 0 ? [] : [stepSeries(known, FILL.known), stepSeries(gaps, FILL.mean)],
    },
    options: {
      ...STILL,
      scales: {
        x: timesAxis(from, to, locale, pen),
        [AXIS]: amountsAxis({ lowest: Math.min(0, ...amounts), highest: Math.max(0, ...amounts), write }),
      },
      plugins: { legend: legendOf(itemsOf(texts, known.length > 0, gaps.length > 0)) },
    },
    plugins: [
      notes({
        pen,
        unknown: unknownOf(spans, from, to),
        unknownText: texts.unknown,
        none: spans.length === 0 ? texts.none : undefined,
        title: texts.title,
        zone: texts.zone,
      }),
    ],
  };
}

/** What of the period no span covers. */
function unknownOf(spans: Gains["spans"], from: number, to: number): Span[] {
  const [first, last] = [spans[0]?.from.getTime() ?? to, spans.at(-1)?.to.getTime() ?? to];
  return [
    { from, to: first },
    { from: last, to },
  ].filter((span) => span.to > span.from);
}

/** Bars of different widths: a line in steps, filled down to nothing. */
function stepSeries(spans: Gains["spans"], fill: string): Series {
  return {
    type: "line",
    yAxisID: AXIS,
    data: spans.flatMap(({ from, to, perDay }) => [
      { x: from.getTime(), y: 0 },
      { x: from.getTime(), y: perDay },
      { x: to.getTime(), y: perDay },
      { x: to.getTime(), y: 0 },
      { x: to.getTime(), y: NaN },
    ]),
    borderColor: COLOURS.background,
    borderWidth: 1,
    pointRadius: 0,
    fill: "origin",
    backgroundColor: fill,
  };
}

function itemsOf({ gain, mean }: GainTexts, hasKnown: boolean, hasGaps: boolean) {
  const item = (text: string, fillStyle: string) => legendItem(text, { pointStyle: "rect", fillStyle, lineWidth: 0 });
  return [...(hasKnown ? [item(gain, FILL.known)] : []), ...(hasGaps ? [item(mean, FILL.mean)] : [])];
}
