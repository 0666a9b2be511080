import { z } from "zod";

/** What is told of a clan war: people may sign up, it is about to begin, or who was there. What it says is read when it is sent. */
export const warEvent = z.object({
  kind: z.literal("war"),
  what: z.enum(["open", "reminder", "attendance"]),
  warId: z.string(),
  /** That of the war when this was put into the outbox. */
  revision: z.number(),
});

export type WarEvent = z.infer<typeof warEvent>;
