import { createHash } from "node:crypto";
import { loadCanvas, type CanvasLibrary } from "./fonts.js";
import { Limit } from "./limit.js";
import { PictureCache } from "./picture-cache.js";
import { encodePng } from "./png.js";
import { drawPriceHistory, type PriceHistory } from "./price-history.js";

const AT_ONCE = 2;
const KEPT = { pictures: 50, bytes: 10_000_000 };

/** How many pictures were drawn, and how many questions one that was there, or under way, answered. */
export interface ChartCounts {
  readonly drawn: number;
  readonly shared: number;
}

/** Draws pictures as PNG. Encoding happens beside the event loop, two at once; what was drawn lately is kept. */
export class Charts {
  readonly #limit = new Limit(AT_ONCE);
  readonly #kept = new PictureCache(KEPT);
  readonly #drawing = new Map<string, Promise<Uint8Array>>();
  #library: Promise<CanvasLibrary> | undefined;
  #drawn = 0;
  #shared = 0;

  get counts(): ChartCounts {
    return { drawn: this.#drawn, shared: this.#shared };
  }

  /** Loads the drawing library and the fonts, which the first picture would wait for otherwise. */
  async warm(): Promise<void> {
    await this.#load();
  }

  /** The price history of an item, 1000 × 560 pixels, on a dark background. The bytes are shared: do not change them. */
  async priceHistory(history: PriceHistory): Promise<Uint8Array> {
    const key = keyOf(history);
    const known = this.#kept.get(key) ?? this.#drawing.get(key);
    if (known) {
      this.#shared++;
      return known;
    }
    const drawing = this.#limit.run(async () => {
      const library = await this.#load();
      this.#drawn++;
      const canvas = drawPriceHistory(library, history);
      return encodePng(canvas.data(), canvas.width, canvas.height);
    });
    this.#drawing.set(key, drawing);
    try {
      const picture = await drawing;
      this.#kept.set(key, picture);
      return picture;
    } finally {
      this.#drawing.delete(key);
    }
  }

  async #load(): Promise<CanvasLibrary> {
    this.#library ??= loadCanvas();
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
