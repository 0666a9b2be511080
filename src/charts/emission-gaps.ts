import type { SKRSContext2D } from "@napi-rs/canvas";
import type { ChartConfiguration, Point } from "chart.js";
import { HOUR_MS } from "../time.js";
import { hoursAxis, timesAxis } from "./axes.js";
import { legendItem, legendOf } from "./legend.js";
import { COLOURS, translucent } from "./look.js";
import { notes, STILL } from "./notes.js";
import type { Short } from "./price-axis.js";

/** What the picture says, in the reader's language. */
export interface GapTexts {
  /** What the picture is of. Cut where it is too long. */
  readonly title: string;
  /** That times are in UTC: nobody knows the reader's zone. */
  readonly zone: string;
  /** What a bar is. */
  readonly gap: string;
  /** What the band is. */
  readonly usual: string;
  /** Writes so many hours. */
  readonly hours: (text: string) => string;
}

/** How long it was from each emission of a region to the next. */
export interface EmissionGaps {
  /** At least one. */
  readonly gaps: readonly {
    /** When the later of the two began. */
    readonly until: Date;
    readonly ms: number;
  }[];
  readonly from: Date;
  readonly to: Date;
  /** Between these, in milliseconds, lie eight of ten gaps. Undefined: too few are known. */
  readonly usual: { readonly p10: number; readonly p90: number } | undefined;
  readonly locale: string;
  /** Writes numbers in that language. */
  readonly short: Short;
  readonly texts: GapTexts;
}

const BAND = translucent(COLOURS.median, 0.22);
const BAR = "#ff9130";
/** Pixels, of one bar and of the space next to it. */
const WIDEST = 26;
const SPACE = 3;
/** Pixels between the axes, about. */
const ROOM = 880;
/** Room for half a bar at either end, as a part of the period. */
const MARGIN = 0.02;
const AXIS = "gaps";

/** How the gaps are drawn, on a canvas with this pen: a bar for each, at the time when it ended. */
export function gapsChart(
  { gaps, usual, locale, short, texts, ...period }: EmissionGaps,
  pen: SKRSContext2D,
): ChartConfiguration<"bar" | "line" | "scatter", Point[]> {
  const margin = (period.to.getTime() - period.from.getTime()) * MARGIN;
  const [from, to] = [period.from.getTime() - margin, period.to.getTime() + margin];
  const bars = gaps
    .map(({ until, ms }) => ({ x: until.getTime(), y: ms / HOUR_MS }))
    .filter(({ x }) => x >= from && x <= to)
    .sort((a, b) => a.x - b.x);
  const highest = Math.max(0, ...bars.map(({ y }) => y), (usual?.p90 ?? 0) / HOUR_MS);
  return {
    type: "scatter",
    data: {
      datasets: [...(usual ? bandSeries(usual, from, to) : []), barSeries(bars, to - from)],
    },
    options: {
      ...STILL,
      scales: {
        x: timesAxis(from, to, locale, pen),
        [AXIS]: hoursAxis(highest, (hours) => texts.hours(short(hours))),
      },
      plugins: { legend: legendOf(itemsOf(texts, usual !== undefined)) },
    },
    plugins: [
      notes({
        pen,
        unknown: [],
        unknownText: "",
        none: undefined,
        title: texts.title,
        zone: texts.zone,
      }),
    ],
  };
}

function barSeries(bars: { x: number; y: number }[], span: number) {
  // As wide as fits between the two that are closest.
  const closest = bars.slice(1).reduce((least, { x }, place) => Math.min(least, x - (bars[place]?.x ?? 0)), span);
  return {
    type: "bar",
    yAxisID: AXIS,
    order: 1,
    data: bars,
    backgroundColor: BAR,
    barThickness: Math.max(2, Math.min(WIDEST, (closest / span) * ROOM - SPACE)),
  } as const;
}

function bandSeries({ p10, p90 }: { readonly p10: number; readonly p90: number }, from: number, to: number) {
  const edge = (ms: number) => ({
    type: "line" as const,
    yAxisID: AXIS,
    order: 2,
    data: [from, to].map((x) => ({ x, y: ms / HOUR_MS })),
    borderColor: translucent(COLOURS.median, 0.5),
    borderWidth: 2,
    pointRadius: 0,
  });
  return [{ ...edge(p90), fill: "+1", backgroundColor: BAND }, edge(p10)];
}

function itemsOf({ gap, usual }: GapTexts, hasBand: boolean) {
  const item = (text: string, fillStyle: string) => legendItem(text, { pointStyle: "rect", fillStyle, lineWidth: 0 });
  return [item(gap, BAR), ...(hasBand ? [item(usual, BAND)] : [])];
}
