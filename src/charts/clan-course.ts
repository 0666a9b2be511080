import type { SKRSContext2D } from "@napi-rs/canvas";
import type { ChartConfiguration, Point } from "chart.js";
import { stackedAxis, timesAxis } from "./axes.js";
import { legendItem, legendOf } from "./legend.js";
import { notes, STILL, type Span } from "./notes.js";
import type { Short } from "./price-axis.js";
import type { Series } from "./series.js";

/** What the picture says, in the reader's language. */
export interface ClanCourseTexts {
  /** Of which clan it is. Cut where it is too long. */
  readonly title: string;
  /** That times are in UTC: nobody knows the reader's zone. */
  readonly zone: string;
  readonly members: string;
  readonly points: string;
  /** The parts of the period of which nothing is known. */
  readonly unknown: string;
  /** There is nothing to draw. */
  readonly none: string;
}

/** The members and points of a clan over time. */
export interface ClanCourse {
  /** The earliest first. */
  readonly days: readonly { readonly at: Date; readonly members: number; readonly points: number }[];
  /** The parts of the period of which nothing is known, the earliest first. */
  readonly unknown: readonly { readonly from: Date; readonly to: Date }[];
  readonly from: Date;
  readonly to: Date;
  readonly locale: string;
  /** Writes numbers in that language. */
  readonly short: Short;
  readonly texts: ClanCourseTexts;
}

const LINES = {
  members: { axis: "members", colour: "#4fc3d9" },
  points: { axis: "points", colour: "#ffc93c" },
} as const;
type Figure = keyof typeof LINES;
/** Of more days than this, the points would touch. */
const MOST_POINTS = 45;

/** How they are drawn, on a canvas with this pen: a line for each, above each other, interrupted where nothing is known. */
export function clanChart(
  { days, locale, short, texts, ...period }: ClanCourse,
  pen: SKRSContext2D,
): ChartConfiguration<"bar" | "line" | "scatter", Point[]> {
  const [from, to] = [period.from.getTime(), period.to.getTime()];
  const unknown = period.unknown.map((span) => ({ from: span.from.getTime(), to: span.to.getTime() }));
  const axisOf = (figure: Figure) => {
    const values = days.map((day) => day[figure]);
    return stackedAxis({ lowest: Math.min(...values), highest: Math.max(...values) }, short);
  };
  return {
    type: "scatter",
    data: {
      datasets: days.length === 0 ? [] : [series("members", days, unknown), series("points", days, unknown)],
    },
    options: {
      ...STILL,
      scales: {
        x: timesAxis(from, to, locale, pen),
        // The first one is at the bottom.
        ...(days.length > 0 && {
          [LINES.points.axis]: axisOf("points"),
          [LINES.members.axis]: axisOf("members"),
        }),
      },
      plugins: { legend: legendOf(itemsOf(texts), days.length > 0) },
    },
    plugins: [
      notes({
        pen,
        unknown,
        unknownText: texts.unknown,
        none: days.length === 0 ? texts.none : undefined,
        title: texts.title,
        zone: texts.zone,
      }),
    ],
  };
}

function series(figure: Figure, days: ClanCourse["days"], unknown: readonly Span[]): Series {
  const { axis, colour } = LINES[figure];
  return {
    type: "line",
    yAxisID: axis,
    data: days.flatMap((day, place) => {
      const x = day.at.getTime();
      const before = days[place - 1]?.at.getTime();
      const isAfterGap = before !== undefined && unknown.some((span) => span.from >= before && span.to <= x);
      return [...(isAfterGap ? [{ x, y: NaN }] : []), { x, y: day[figure] }];
    }),
    borderColor: colour,
    borderWidth: 4,
    borderJoinStyle: "round",
    pointBackgroundColor: colour,
    pointRadius: days.length > MOST_POINTS ? 0 : 5,
    pointBorderWidth: 0,
    clip: 8,
  };
}

function itemsOf({ members, points }: ClanCourseTexts) {
  const item = (text: string, figure: Figure) =>
    legendItem(text, { pointStyle: "line", strokeStyle: LINES[figure].colour, lineWidth: 5 });
  return [item(members, "members"), item(points, "points")];
}
