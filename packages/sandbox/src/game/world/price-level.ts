import type { Item } from "./item.js";
import { noise, subkey } from "./random.js";
import type { Region } from "./regions.js";
import { DAY } from "./time.js";

/** What a rarity multiplies an artifact's price by, from common (0) to legendary (5). */
const RARITY_FACTORS = [1, 7, 45, 170, 520, 1_400];
/** What each upgrade level multiplies an artifact's price by. */
const UPGRADE_FACTOR = 1.16;
/** Prices are lowest when most people play and sell. */
const DAILY_SWING = 0.05;

export interface Grade {
  /** 0 (common) to 5 (legendary). */
  readonly rarity: number;
  /** 0 to 15. */
  readonly upgrade: number;
}

export const PLAIN: Grade = { rarity: 0, upgrade: 0 };

/** What an item is worth in a region: a level that drifts over weeks and breathes with the day. */
export class PriceLevel {
  readonly #base: number;
  readonly #key: number;
  readonly #busyHour: number;

  constructor(seed: number, region: Region, item: Item) {
    this.#base = item.price * region.priceFactor;
    this.#key = subkey(seed, `price/${region.id}/${item.id}`);
    this.#busyHour = region.busyHour;
  }

  /** The fair price of one piece at `at`; not rounded. */
  unitPrice(at: number, { rarity, upgrade }: Grade): number {
    const drift =
      0.22 * noise(this.#key, at, 45 * DAY) +
      0.12 * noise(this.#key + 1, at, 11 * DAY) +
      0.06 * noise(this.#key + 2, at, 2 * DAY);
    const day = Math.cos((at / DAY - this.#busyHour / 24) * 2 * Math.PI);
    const grade = (RARITY_FACTORS[rarity] ?? 1) * UPGRADE_FACTOR ** upgrade;
    return this.#base * grade * Math.exp(drift) * (1 - DAILY_SWING * day);
  }
}

/** Rounds a price as people do: to three significant digits, and to no less than 1. */
export function roundPrice(price: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(price, 1))) - 2);
  return Math.max(1, Math.round(price / step) * step);
}
