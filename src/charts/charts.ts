import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import pLimit from "p-limit";
import { loadLibrary, type Library } from "./library.js";
import { HEIGHT, WIDTH } from "./look.js";
import { historyChart, type PriceHistory } from "./price-history.js";

const AT_ONCE = 2;
const KEPT = { pictures: 50, bytes: 10_000_000 };

/** Draws pictures as PNG. Encoding happens beside the event loop, two at once; what was drawn lately is kept. */
export class Charts {
  readonly #limit = pLimit(AT_ONCE);
  readonly #pictures = new LRUCache<string, Uint8Array, PriceHistory>({
    max: KEPT.pictures,
    maxSize: KEPT.bytes,
    sizeCalculation: ({ length }) => length,
    fetchMethod: (_key, _stale, { context }) => this.#limit(() => this.#draw(context)),
  });
  #library: Promise<Library> | undefined;

  /** Loads the drawing library and the fonts, which the first picture would wait for otherwise. */
  async warm(): Promise<void> {
    await this.#load();
  }

  /** The price history of an item, 1000 × 520 pixels, on a dark background. The bytes are shared: do not change them. */
  priceHistory(history: PriceHistory): Promise<Uint8Array> {
    return this.#pictures.forceFetch(keyOf(history), { context: history });
  }

  async #draw(history: PriceHistory): Promise<Uint8Array> {
    const { canvas: library, Chart } = await this.#load();
    const canvas = library.createCanvas(WIDTH, HEIGHT);
    const chart = new Chart(canvas, historyChart(history, canvas.getContext("2d")));
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

function keyOf({ sales, ...rest }: PriceHistory): string {
  const numbers = new Float64Array(sales.length * 4);
  for (const [index, { time, unit, amount, quality }] of sales.entries()) {
    numbers.set([time.getTime(), unit, amount, quality], index * 4);
  }
  return createHash("sha256").update(JSON.stringify(rest)).update(numbers).digest("base64");
}
