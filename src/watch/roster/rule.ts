import { z } from "zod";

/** All changes are told. */
export const rosterRule = z.object({});
export type RosterRule = z.infer<typeof rosterRule>;

/** How it stands with the account of the one who set a watch up. */
export const rosterMemory = z.object({
  /** In a row, as far as they count. */
  refusals: z.number(),
  /** They know that their account is of no use any more. */
  told: z.boolean(),
});
export type RosterMemory = z.infer<typeof rosterMemory>;
