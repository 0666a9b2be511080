import { z } from "zod";
import type { StoredSale } from "./records.js";

const packed = z.array(
  z.tuple([z.number(), z.number(), z.number(), z.number(), z.number()]).rest(z.number()).readonly(),
);

/** Sales as JSON: of each the time in milliseconds, amount, price, quality, level and, if it was studied, the percent. */
export function packSales(sales: readonly StoredSale[]): string {
  return JSON.stringify(
    sales.map(({ time, amount, price, quality, level, studied }) => {
      const sale = [time.getTime(), amount, price, quality, level];
      return studied === undefined ? sale : [...sale, studied];
    }),
  );
}

export function unpackSales(text: string): StoredSale[] {
  return packed.parse(JSON.parse(text)).map(([time, amount, price, quality, level, studied]) => ({
    time: new Date(time),
    amount,
    price,
    quality,
    level,
    ...(studied !== undefined && { studied }),
  }));
}
