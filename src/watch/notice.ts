import { z } from "zod";

/** What the bot has to say about a watch itself. */
export const noticeEvent = z.object({
  kind: z.literal("notice"),
  /** Expires: it ends at `at` unless somebody cares; link: no linked account works any more, so it is paused; test: as asked for. */
  notice: z.enum(["expires", "link", "test"]),
  watchId: z.string(),
  watched: z.enum(["emission", "price", "roster"]),
  /** "EU", "EU:zyv9", "EU:<id of a clan>" */
  subject: z.string(),
  rule: z.unknown(),
  /** Milliseconds since the epoch. */
  at: z.number().optional(),
});

export type NoticeEvent = z.infer<typeof noticeEvent>;
