import { createHash } from "node:crypto";
import type { SKRSContext2D } from "@napi-rs/canvas";
import type { ChartConfiguration, Point } from "chart.js";
import { LRUCache } from "lru-cache";
import pLimit from "p-limit";
import { clanChart, type ClanCourse } from "./clan-course.js";
import { gapsChart, type EmissionGaps } from "./emission-gaps.js";
import { gainsChart, type Gains } from "./gains.js";
import { loadLibrary, type Library } from "./library.js";
import { HEIGHT, WIDTH } from "./look.js";
import { historyChart, type PriceHistory } from "./price-history.js";
import { rankingChart, type Ranking } from "./ranking.js";

const AT_ONCE = 2;
/** This many pictures may wait: a longer wait is worse than figures without a picture. */
const MOST_WAITING = 120;
const KEPT = { pictures: 50, bytes: 10_000_000 };

type Draw = (pen: SKRSContext2D) => ChartConfiguration<"bar" | "line" | "scatter", Point[]>;

/** Draws pictures as PNG. Encoding happens off the event loop, two at once; what was drawn lately is kept. */
export class Charts {
  readonly #limit = pLimit(AT_ONCE);
  /** Those that are drawn or wait for it. */
  readonly #drawing = new Map<string, Promise<Uint8Array>>();
  readonly #pictures = new LRUCache<string, Uint8Array>({
    max: KEPT.pictures,
    maxSize: KEPT.bytes,
    sizeCalculation: ({ length }) => length,
  });
  readonly #mostWaiting: number;
  #library: Promise<Library> | undefined;

  constructor({ mostWaiting = MOST_WAITING }: { readonly mostWaiting?: number } = {}) {
    this.#mostWaiting = mostWaiting;
  }

  /**
   * Begins to load the drawing library and the fonts, if they are not there: 20 MB that no other answer needs, and half a
   * second that the first picture would take longer. Never rejects: when that fails, the picture says so.
   */
  async prepare(): Promise<void> {
    await this.#load().catch(() => undefined);
  }

  /**
   * The price history of an item, 1000 × 520 pixels, on a dark background. The bytes are shared: do not change them.
   * Undefined: too many pictures wait already.
   */
  priceHistory(history: PriceHistory): Promise<Uint8Array | undefined> {
    return this.#picture(historyKey(history), (pen) => historyChart(history, pen));
  }

  /** The times between the emissions of a region, as a picture of the same kind. Undefined: too many wait already. */
  emissionGaps(gaps: EmissionGaps): Promise<Uint8Array | undefined> {
    // What writes the hours says nothing of its own: it follows from the language.
    return this.#picture(hashOf("gaps", JSON.stringify(gaps)), (pen) => gapsChart(gaps, pen));
  }

  /** How much a figure of a character grew each day. Undefined: too many wait already. */
  gains(gains: Gains): Promise<Uint8Array | undefined> {
    return this.#picture(hashOf("gains", JSON.stringify(gains)), (pen) => gainsChart(gains, pen));
  }

  /** The members and points of a clan over time. Undefined: too many wait already. */
  clanCourse(course: ClanCourse): Promise<Uint8Array | undefined> {
    return this.#picture(hashOf("clan", JSON.stringify(course)), (pen) => clanChart(course, pen));
  }

  /** Who has how much. Undefined: too many wait already. */
  ranking(ranking: Ranking): Promise<Uint8Array | undefined> {
    return this.#picture(hashOf("ranking", JSON.stringify(ranking)), (pen) => rankingChart(ranking, pen));
  }

  async #picture(key: string, draw: Draw): Promise<Uint8Array | undefined> {
    const known = this.#pictures.get(key) ?? this.#drawing.get(key);
    if (known) return known;
    if (this.#limit.pendingCount >= this.#mostWaiting) return undefined;
    const drawing = this.#limit(() => this.#draw(draw));
    this.#drawing.set(key, drawing);
    try {
      const picture = await drawing;
      this.#pictures.set(key, picture);
      return picture;
    } finally {
      this.#drawing.delete(key);
    }
  }

  async #draw(draw: Draw): Promise<Uint8Array> {
    const { canvas: library, Chart } = await this.#load();
    const canvas = library.createCanvas(WIDTH, HEIGHT);
    const chart = new Chart(canvas, draw(canvas.getContext("2d")));
    try {
      return await canvas.encode("png");
    } finally {
      // It also wipes the canvas.
      chart.destroy();
    }
  }

  async #load(): Promise<Library> {
    this.#library ??= loadLibrary();
    try {
      return await this.#library;
    } catch (error) {
      // The next one tries again.
      this.#library = undefined;
      throw error;
    }
  }
}

function historyKey({ sales, ...rest }: PriceHistory): string {
  const numbers = new Float64Array(sales.length * 4);
  for (const [index, { time, unit, amount, quality, odd }] of sales.entries()) {
    numbers.set([time.getTime(), unit, amount, odd ? -1 - quality : quality], index * 4);
  }
  return hashOf(JSON.stringify(rest), numbers);
}

function hashOf(...parts: readonly (string | Float64Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("base64");
}
