import { z } from "zod";

/** Milliseconds since the epoch, by the game's time. */
const moment = z.number();

/** What a watch of emissions tells. */
export const emissionEvent = z.object({
  kind: z.literal("emission"),
  stage: z.enum(["start", "end", "boost"]),
  region: z.string(),
  startedAt: moment,
  endedAt: moment.optional(),
  /** False: nobody saw it end, and it is taken for over. */
  sure: z.boolean(),
});

export type EmissionEvent = z.infer<typeof emissionEvent>;
