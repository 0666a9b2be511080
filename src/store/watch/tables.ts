import { sql } from "drizzle-orm";
import {
  bigserial,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from "drizzle-orm/pg-core";
import { moment } from "../columns.js";
import { WATCH_KINDS } from "./records.js";

/** What somebody wants to be told. All times are the database's own. */
export const watches = pgTable(
  "watches",
  {
    id: text("id").primaryKey(),
    kind: text("kind", { enum: WATCH_KINDS }).notNull(),
    /** Which API it is about, such as "production". */
    source: text("source").notNull(),
    /** See `SubjectKey`. */
    subject: text("subject").notNull(),
    ownerId: text("owner_id").notNull(),
    /** Null: private. */
    guildId: text("guild_id"),
    /** "dm:<id of a person>" or "channel:<id of a channel>". */
    target: text("target").notNull(),
    roleId: text("role_id"),
    crosspost: boolean("crosspost").notNull(),
    silent: boolean("silent").notNull(),
    rule: jsonb("rule").notNull(),
    memory: jsonb("memory"),
    locale: text("locale").notNull(),
    state: text("state", { enum: ["running", "paused"] }).notNull(),
    pauseReason: text("pause_reason"),
    /** When its owner was told that it was paused. */
    pauseToldAt: moment("pause_told_at"),
    snoozedUntil: moment("snoozed_until"),
    /** It ends so many days after its owner was last seen to care; null: never. */
    lifetimeDays: integer("lifetime_days"),
    expiresAt: moment("expires_at"),
    warnedAt: moment("warned_at"),
    lastToldAt: moment("last_told_at"),
    touchedAt: moment("touched_at").notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [
    index("watches_of_a_subject").on(table.source, table.kind, table.subject),
    index("watches_of_a_person").on(table.ownerId),
    index("watches_of_a_server").on(table.guildId),
    index("watches_by_target").on(table.target),
    index("watches_by_expiry").on(table.expiresAt),
  ],
);

/** What is looked at, once for all who watch it. */
export const watchSubjects = pgTable(
  "watch_subjects",
  {
    source: text("source").notNull(),
    kind: text("kind", { enum: WATCH_KINDS }).notNull(),
    subject: text("subject").notNull(),
    /** What was seen last, as its watcher keeps it. */
    state: jsonb("state"),
    dueAt: moment("due_at").notNull(),
    /** Of the one who looks at it now. */
    lease: text("lease"),
    leasedUntil: moment("leased_until"),
    lookedAt: moment("looked_at"),
    failures: integer("failures").notNull(),
    periodMs: integer("period_ms").notNull(),
    /** What a look costs of the API's points. */
    points: doublePrecision("points").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.source, table.kind, table.subject] }),
    index("watch_subjects_by_turn").on(table.source, table.kind, table.dueAt),
  ],
);

/** The outbox: what is to be sent, and for a while what became of it. */
export const deliveries = pgTable(
  "deliveries",
  {
    /** In the order in which those of one target are sent. */
    id: bigserial("id", { mode: "number" }).primaryKey(),
    target: text("target").notNull(),
    watchId: text("watch_id"),
    ownerId: text("owner_id").notNull(),
    guildId: text("guild_id"),
    event: jsonb("event").notNull(),
    roleId: text("role_id"),
    crosspost: boolean("crosspost").notNull(),
    silent: boolean("silent").notNull(),
    locale: text("locale").notNull(),
    createdAt: moment("created_at").notNull(),
    /** Null: it waits for its watch, which is paused. */
    dueAt: moment("due_at"),
    tooLateAt: moment("too_late_at"),
    /** It had to wait: for the end of quiet hours or of a snooze, or for its watch to go on. */
    held: boolean("held").notNull(),
    state: text("state", { enum: ["waiting", "sent", "dropped", "dead"] }).notNull(),
    attempts: integer("attempts").notNull(),
    /** Of the first try whose outcome is not known. */
    begunAt: moment("begun_at"),
    nonce: text("nonce").notNull(),
    endedAt: moment("ended_at"),
    messageId: text("message_id"),
    reason: text("reason"),
  },
  (table) => [
    index("deliveries_waiting")
      .on(table.target, table.id)
      .where(sql`state = 'waiting'`),
    index("deliveries_of_a_watch").on(table.watchId),
    index("deliveries_of_a_person").on(table.ownerId),
    index("deliveries_by_end").on(table.endedAt),
  ],
);

/** Where deliveries go. Who holds its lease sends them. */
export const targets = pgTable(
  "targets",
  {
    target: text("target").primaryKey(),
    /** Whose direct messages these are; null: a channel. */
    personId: text("person_id"),
    guildId: text("guild_id"),
    dmChannelId: text("dm_channel_id"),
    /** When the next of its deliveries is due; null: none waits. */
    dueAt: moment("due_at"),
    /** Nothing is sent before. */
    nextAt: moment("next_at"),
    lease: text("lease"),
    leasedUntil: moment("leased_until"),
    failures: integer("failures").notNull(),
    firstFailedAt: moment("first_failed_at"),
    state: text("state", { enum: ["ok", "paused"] }).notNull(),
    reason: text("reason"),
  },
  (table) => [index("targets_by_turn").on(table.dueAt), index("targets_of_a_person").on(table.personId)],
);

/** Messages of announcement channels that are still to be published to the servers that follow them. */
export const crossposts = pgTable(
  "crossposts",
  {
    /** In the order in which those of one channel are published. */
    id: bigserial("id", { mode: "number" }).primaryKey(),
    channelId: text("channel_id").notNull(),
    messageId: text("message_id").notNull().unique(),
    createdAt: moment("created_at").notNull(),
    /** It is not tried before. */
    nextAt: moment("next_at").notNull(),
    lease: text("lease"),
    leasedUntil: moment("leased_until"),
  },
  (table) => [index("crossposts_of_a_channel").on(table.channelId, table.id)],
);

/** Messages that show a region's emissions and are edited when these change. */
export const panels = pgTable(
  "panels",
  {
    channelId: text("channel_id").notNull(),
    source: text("source").notNull(),
    region: text("region").notNull(),
    guildId: text("guild_id").notNull(),
    ownerId: text("owner_id").notNull(),
    locale: text("locale").notNull(),
    messageId: text("message_id"),
    /** Of what the message shows. */
    shownHash: text("shown_hash"),
    /** When it was made or edited last. */
    shownAt: moment("shown_at"),
    /** Goes up when there may be something new to show; `shownVersion` follows when it is shown. */
    version: integer("version").notNull(),
    shownVersion: integer("shown_version").notNull(),
    lease: text("lease"),
    leasedUntil: moment("leased_until"),
    nextAt: moment("next_at"),
    failures: integer("failures").notNull(),
    state: text("state", { enum: ["ok", "paused"] }).notNull(),
    reason: text("reason"),
  },
  (table) => [
    primaryKey({ columns: [table.channelId, table.source, table.region] }),
    index("panels_of_a_person").on(table.ownerId),
    index("panels_of_a_server").on(table.guildId),
  ],
);

/** Emissions that the bot saw; nobody tells of them again. */
export const observedEmissions = pgTable(
  "observed_emissions",
  {
    source: text("source").notNull(),
    region: text("region").notNull(),
    startedAt: moment("started_at").notNull(),
    /** When the one directly before it began; null: another one may have been between the two. */
    previousStart: moment("previous_start"),
    endedAt: moment("ended_at"),
    endIsSure: boolean("end_is_sure").notNull(),
    seenAt: moment("seen_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.source, table.region, table.startedAt] })],
);

/** What happened in watched clans. */
export const rosterLog = pgTable(
  "roster_log",
  {
    id: text("id").primaryKey(),
    source: text("source").notNull(),
    /** "EU:<id of the clan>" */
    subject: text("subject").notNull(),
    at: moment("at").notNull(),
    /** Of those of one look. */
    position: integer("position").notNull(),
    change: jsonb("change").notNull(),
  },
  (table) => [index("roster_log_of_a_clan").on(table.source, table.subject, table.at)],
);
