import { boolean, integer, pgTable, text } from "drizzle-orm/pg-core";
import { moment } from "../columns.js";

/** The processes that share this database. All times are the database's own. */
export const processes = pgTable("processes", {
  id: text("id").primaryKey(),
  /** What it does: "all", "bot", "worker". */
  role: text("role").notNull(),
  startedAt: moment("started_at").notNull(),
  /** It lives until then, unless it says so again. */
  leasedUntil: moment("leased_until").notNull(),
});

/** The points of the game's API that all processes spend together, for each credential. */
export const pointAccounts = pgTable("point_accounts", {
  /** A digest: nobody can use it. */
  credential: text("credential").primaryKey(),
  /** Points of a window; null: no answer has told yet. */
  pointLimit: integer("point_limit"),
  /** Goes up with each window. */
  windowNumber: integer("window_number").notNull(),
  windowEnd: moment("window_end"),
  /** What was leased in this window and not given back, or more where the API says so. */
  spent: integer("spent").notNull(),
  frozenUntil: moment("frozen_until"),
});

/** What the game's API answered lately, and who asks it now. Unlogged: after a crash of the server it is empty. */
export const sharedAnswers = pgTable("shared_answers", {
  key: text("key").primaryKey(),
  body: text("body"),
  answeredAt: moment("answered_at"),
  /** Of the one who asks; null: nobody does. */
  claim: text("claim"),
  claimedUntil: moment("claimed_until"),
  /** A person waits for it. */
  urgent: boolean("urgent").notNull(),
  /** Nobody needs the row after that. */
  keptUntil: moment("kept_until").notNull(),
});

/** Until when Discord takes nothing of a bot, whichever process asks. */
export const discordHolds = pgTable("discord_holds", {
  /** A digest of its token. */
  bot: text("bot").primaryKey(),
  heldUntil: moment("held_until").notNull(),
});
