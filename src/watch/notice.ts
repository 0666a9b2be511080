import { z } from "zod";
import { ALERT_KINDS } from "../store/index.js";

/** What the bot has to say about a watch itself. */
export const noticeEvent = z.object({
  kind: z.literal("notice"),
  /**
   * Expires: it ends at `at` unless somebody cares; link: the owner's linked account is of no use any more; gone: the game does
   * not know any more what it is about, so it is paused; test: as asked for.
   */
  notice: z.enum(["expires", "link", "gone", "test"]),
  watchId: z.string(),
  watched: z.enum(ALERT_KINDS),
  /** "EU", "EU:zyv9", "EU:<id of a clan>" */
  subject: z.string(),
  rule: z.unknown(),
  /** Milliseconds since the epoch. */
  at: z.number().optional(),
  /** Of "link": the account does not work any more, or sees nothing of it. */
  why: z.enum(["dead", "refused"]).optional(),
  /** Of "link": it goes on with the account of somebody else; otherwise it is paused. */
  goesOn: z.boolean().optional(),
});

export type NoticeEvent = z.infer<typeof noticeEvent>;
