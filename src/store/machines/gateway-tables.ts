import { bigint, boolean, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { moment } from "../columns.js";

/** What the processes of a bot agree on. A bot is named by a digest of its token. */
export const gatewayBots = pgTable("gateway_bots", {
  bot: text("bot").primaryKey(),
  /** Of processes that leave the number of shards to Discord; null: not agreed yet. */
  shardCount: integer("shard_count"),
  /** The number that is being changed to: its sessions are begun beside the others. */
  nextCount: integer("next_count"),
  /** How many IDENTIFYs Discord still takes, and until when it counts. */
  identifiesLeft: integer("identifies_left"),
  identifiesResetAt: moment("identifies_reset_at"),
});

/** Processes that have shards, or want some. */
export const gatewayProcesses = pgTable(
  "gateway_processes",
  {
    bot: text("bot").notNull(),
    process: text("process").notNull(),
    /** By which another process of the same machine sees that it has died. */
    identity: jsonb("identity").notNull(),
    /** The numbers of shards that it takes part in: one, or two while the number changes. */
    counts: jsonb("counts").notNull(),
    /** The shards it is to have; null: its share. */
    pinned: jsonb("pinned"),
    /** The numbers of shards of which it knows that somebody may have sessions. */
    knows: jsonb("knows").notNull(),
    joinedAt: moment("joined_at").notNull(),
    aliveUntil: moment("alive_until").notNull(),
  },
  (table) => [primaryKey({ columns: [table.bot, table.process] })],
);

/** Who has which shard, and the session that is taken up by whoever has it next. */
export const gatewayShards = pgTable(
  "gateway_shards",
  {
    bot: text("bot").notNull(),
    shardCount: integer("shard_count").notNull(),
    shard: integer("shard").notNull(),
    holder: text("holder"),
    leasedUntil: moment("leased_until"),
    /** Whether its holder has a session. */
    up: boolean("up").notNull(),
    sessionId: text("session_id"),
    resumeUrl: text("resume_url"),
    /** Of the last event that was received. */
    sequence: bigint("sequence", { mode: "number" }),
    /** Whether none was received after it: the connection is closed. */
    exact: boolean("exact").notNull(),
    keptAt: moment("kept_at"),
  },
  (table) => [primaryKey({ columns: [table.bot, table.shardCount, table.shard] })],
);

/** When the next shard of a row may identify. */
export const gatewayTurns = pgTable(
  "gateway_turns",
  {
    bot: text("bot").notNull(),
    row: integer("row").notNull(),
    nextAt: moment("next_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.bot, table.row] })],
);

/** Interactions that somebody answers, while two sessions may get the same one. */
export const claimedInteractions = pgTable("claimed_interactions", {
  id: text("id").primaryKey(),
  claimedAt: moment("claimed_at").notNull(),
});
