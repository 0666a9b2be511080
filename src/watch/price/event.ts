import { z } from "zod";

/** Milliseconds since the epoch, by the game's time. */
const moment = z.number();

/** What a watch of prices tells. */
export const priceEvent = z.object({
  kind: z.literal("price"),
  region: z.string(),
  itemId: z.string(),
  lots: z.array(
    z.object({
      quality: z.number().optional(),
      level: z.number().optional(),
      amount: z.number(),
      /** Rubles for one, and for the lot. */
      unit: z.number(),
      price: z.number(),
      startTime: moment,
      endTime: moment,
    }),
  ),
  /** Of the sales of the last week; undefined: there were none. */
  median: z.number().optional(),
  sales: z.number().optional(),
  /** What the watch asked for. */
  why: z.unknown(),
});

export type PriceEvent = z.infer<typeof priceEvent>;
