import { z } from "zod";

/** What was done to members of a server because of their rank in a clan, or could not be. */
export const rolesEvent = z.object({
  kind: z.literal("roles"),
  given: z.array(z.object({ userId: z.string(), roleId: z.string() })),
  taken: z.array(z.object({ userId: z.string(), roleId: z.string() })),
  renamed: z.array(z.object({ userId: z.string(), nick: z.string() })),
  /** What Discord has refused, or what stands in the way; `why` as in the roles' own words. */
  refused: z.array(
    z.object({ userId: z.string(), roleId: z.string().optional(), nick: z.string().optional(), why: z.string() }),
  ),
  /** Clans whose lists say nothing now. */
  doubts: z.array(
    z.object({
      region: z.string(),
      clanId: z.string(),
      doubt: z.enum(["refused", "gone", "silent", "shrunk"]),
      /** Members before and now, of a list that has shrunk. */
      before: z.number().optional(),
      now: z.number().optional(),
    }),
  ),
});

export type RolesEvent = z.infer<typeof rolesEvent>;
