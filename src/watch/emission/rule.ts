import { z } from "zod";

/**
 * What of an emission somebody wants to hear: that it begins, that it is over, and that more artifacts spawn for half an
 * hour after it.
 */
export const STAGES = ["start", "end", "boost"] as const;
export type Stage = (typeof STAGES)[number];

/** What a watch of emissions asks for, as it is kept. */
export const emissionRule = z.object({ stages: z.array(z.enum(STAGES)).min(1) });
export type EmissionRule = z.infer<typeof emissionRule>;
