import type { SKRSContext2D } from "@napi-rs/canvas";
import type { Tick } from "chart.js";
import type { Bucket } from "./buckets.js";
import { font } from "./fonts.js";
import { COLOURS, FONT, TEXT } from "./look.js";
import { placeOf, shortPrices, type PriceAxis, type Short } from "./price-axis.js";
import { roundTicks } from "./round-ticks.js";
import { timeTicks } from "./time-axis.js";

/** Pixels between the labels of an axis, at least. */
const BETWEEN_LABELS = 18;
/** How high prices are, as a multiple of the bars. */
const PRICES_TO_VOLUME = 3.9;
/** A label higher up the axis would touch the legend. */
const TOPMOST_LABEL = 0.97;
/** Hours from one label to the next. */
const HOUR_STEPS = [1, 2, 3, 6, 12, 24];
/** So many labels of hours fit. */
const MOST_HOURS = 7;

const SHARED = {
  border: { display: false },
  grid: { color: COLOURS.grid, lineWidth: 1.5, drawTicks: false },
  ticks: {
    color: COLOURS.label,
    font: FONT,
    padding: 10,
    maxRotation: 0,
    autoSkip: false,
    // An axis is given its labels together with its ticks.
    callback: (_value: number | string, index: number, ticks: Tick[]) => ticks[index]?.label,
  },
} as const;

interface Axis {
  readonly width: number;
  ticks: Tick[];
}

export function timesAxis(from: number, to: number, locale: string, pen: SKRSContext2D) {
  return {
    ...SHARED,
    type: "linear",
    min: from,
    max: to,
    offset: false,
    // Bars would move the lines between the dates.
    grid: { ...SHARED.grid, offset: false },
    afterBuildTicks(axis: Axis) {
      pen.font = font(TEXT);
      const measure = (label: string) => pen.measureText(label).width;
      axis.ticks = timeTicks(from, to, { locale, width: axis.width, measure, gap: BETWEEN_LABELS });
    },
  } as const;
}

/** Without prices there is room for them, and no label. */
export function pricesAxis(prices: PriceAxis | undefined, short: Short) {
  const { low = 0, high = 1, ticks = [], logarithmic = false } = prices ?? {};
  const labels = shortPrices(ticks, short);
  return {
    ...SHARED,
    axis: "y",
    type: logarithmic ? "logarithmic" : "linear",
    min: low,
    max: high,
    stack: "heights",
    stackWeight: PRICES_TO_VOLUME,
    afterBuildTicks(axis: Axis) {
      const labelled = ticks.map((value, place) => ({ value, label: labels[place] ?? "" }));
      axis.ticks = labelled.filter(({ value }) => prices && placeOf(prices, value) < TOPMOST_LABEL);
    },
  } as const;
}

/** From nothing to the highest bar; only that one is labelled, with a word that says what it counts. */
export function volumeAxis(buckets: readonly Bucket[], short: Short, sold: string) {
  const most = Math.max(0, ...buckets.map(({ volume }) => volume));
  return {
    ...SHARED,
    axis: "y",
    type: "linear",
    min: 0,
    // Above the highest bar there is room for the label of the lowest price.
    max: most * 1.65 || 1,
    stack: "heights",
    stackWeight: 1,
    // The label stands next to the bars, in two lines: at their top it would touch the lowest price.
    grid: { ...SHARED.grid, color: ({ tick }: { tick: Tick }) => (tick.label ? "transparent" : COLOURS.grid) },
    afterBuildTicks(axis: Axis) {
      axis.ticks =
        most > 0
          ? [
              { value: 0, label: "" },
              { value: most / 2, label: [short(most), sold] },
              { value: most, label: "" },
            ]
          : [];
    },
  } as const;
}

/**
 * From nothing to the highest value, in whole hours or, where there are many of them, in every second, third or sixth one.
 * Nothing has no label: it would touch the times.
 */
export function hoursAxis(highest: number, write: (hours: number) => string) {
  const top = Math.max(1, highest) * 1.08;
  const step = HOUR_STEPS.find((one) => top / one <= MOST_HOURS) ?? Math.ceil(top / MOST_HOURS);
  return {
    ...SHARED,
    axis: "y",
    type: "linear",
    min: 0,
    max: top,
    afterBuildTicks(axis: Axis) {
      const count = Math.floor((top * TOPMOST_LABEL) / step);
      axis.ticks = Array.from({ length: count + 1 }, (_, place) => ({
        value: place * step,
        label: place === 0 ? "" : write(place * step),
      }));
    },
  } as const;
}

interface Amounts {
  readonly lowest: number;
  readonly highest: number;
  /** Writes a value in the reader's language. */
  readonly write: (value: number) => string;
}

/** Labels of an axis of amounts, about. */
const AMOUNTS = { alone: 6, stacked: 4 };

/** From nothing to the highest amount, or from the lowest one where it is below nothing. Nothing has no label: it would touch the times. */
export function amountsAxis({ lowest, highest, write }: Amounts) {
  const top = (highest > 0 ? highest : 1) * 1.08;
  const bottom = Math.min(0, lowest * 1.08);
  return {
    ...SHARED,
    axis: "y",
    type: "linear",
    min: bottom,
    max: top,
    afterBuildTicks(axis: Axis) {
      const ticks = roundTicks(bottom, top, AMOUNTS.alone).filter((tick) => tick <= top * TOPMOST_LABEL);
      axis.ticks = ticks.map((value) => ({ value, label: value === 0 ? "" : write(value) }));
    },
  } as const;
}

/** One of several axes above each other, of the same height: around the amounts that there are, in whole numbers. */
export function stackedAxis({ lowest, highest }: Omit<Amounts, "write">, short: Short) {
  const margin = Math.max(1, (highest - lowest) * 0.2);
  const [low, high] = [Math.max(0, lowest - margin), highest + margin];
  return {
    ...SHARED,
    axis: "y",
    type: "linear",
    min: low,
    max: high,
    stack: "heights",
    stackWeight: 1,
    afterBuildTicks(axis: Axis) {
      const room = (high - low) * (1 - TOPMOST_LABEL) * 2;
      const ticks = roundTicks(low, high, AMOUNTS.stacked, 1).filter((tick) => tick > low + room && tick < high - room);
      const labels = shortPrices(ticks, short);
      axis.ticks = ticks.map((value, place) => ({ value, label: labels[place] ?? "" }));
    },
  } as const;
}
