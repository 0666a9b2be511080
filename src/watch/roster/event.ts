import { z } from "zod";
import { rosterChange } from "./change.js";

/** What a watch of a roster tells. */
export const rosterEvent = z.object({
  kind: z.literal("roster"),
  region: z.string(),
  /** A UUID. */
  clanId: z.string(),
  clanName: z.string(),
  clanTag: z.string(),
  /** The news of most weight first. */
  changes: z.array(rosterChange).min(1),
});

export type RosterEvent = z.infer<typeof rosterEvent>;
