import type { SKRSContext2D } from "@napi-rs/canvas";
import type { ChartConfiguration, Plugin, Point } from "chart.js";
import { font } from "./fonts.js";
import { COLOURS, TEXT } from "./look.js";
import { cut, notes, STILL, TITLE_HEIGHT } from "./notes.js";

/** Who has how much, the most first. */
export interface Ranking {
  readonly entries: readonly {
    readonly name: string;
    readonly amount: number;
    /** The amount in the reader's language. */
    readonly label: string;
  }[];
  /** How much the longest bar may stand for: on each page of a list the bars compare with those of all. */
  readonly most: number;
  /** What the picture is of. Cut where it is too long. */
  readonly title: string;
}

const BAR = "#4fc3d9";
/** Pixels. */
const ROW = { highest: 64, gap: 8 };
const NAMES = { left: 14, widest: 330, gap: 16 };
const RIGHT = 14;

/** How a ranking is drawn, on a canvas with this pen: a bar for each, with its name before it and the amount after it. */
export function rankingChart(
  ranking: Ranking,
  pen: SKRSContext2D,
): ChartConfiguration<"bar" | "line" | "scatter", Point[]> {
  return {
    type: "scatter",
    data: { datasets: [] },
    options: {
      ...STILL,
      scales: { x: { display: false }, y: { display: false } },
      plugins: { legend: { display: false } },
    },
    plugins: [
      notes({ pen, unknown: [], unknownText: "", none: undefined, title: ranking.title, zone: "" }),
      bars(ranking, pen),
    ],
  };
}

function bars({ entries, most }: Ranking, pen: SKRSContext2D): Plugin {
  return {
    id: "ranking",
    afterDatasetsDraw({ width, height }) {
      pen.font = font(TEXT);
      pen.textBaseline = "middle";
      pen.textAlign = "left";
      const names = entries.map(({ name }) => cut(pen, name, NAMES.widest));
      const widest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => pen.measureText(text).width));
      const left = NAMES.left + widest(names) + NAMES.gap;
      const room = width - left - widest(entries.map(({ label }) => label)) - NAMES.gap - RIGHT;
      const row = Math.min(ROW.highest, (height - TITLE_HEIGHT - ROW.gap) / Math.max(1, entries.length));
      for (const [place, { amount, label }] of entries.entries()) {
        const top = TITLE_HEIGHT + place * row;
        const length = most > 0 ? Math.max(2, (Math.max(0, amount) / most) * room) : 2;
        pen.fillStyle = BAR;
        pen.fillRect(left, top + ROW.gap / 2, length, row - ROW.gap);
        pen.fillStyle = COLOURS.text;
        pen.fillText(names[place] ?? "", NAMES.left, top + row / 2);
        pen.fillText(label, left + length + NAMES.gap, top + row / 2);
      }
    },
  };
}
