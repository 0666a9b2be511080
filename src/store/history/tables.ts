import { sql } from "drizzle-orm";
import {
  bigint,
  customType,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { moment } from "../columns.js";

/** Figures as `packed.ts` packs them. */
const packed = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });

/** The statistics of profiles, by the short numbers that stand for them in packed figures. */
export const historyStatistics = pgTable("history_statistics", {
  number: smallint("number").primaryKey(),
  id: text("id").notNull().unique(),
  /** As the API sent it last: INTEGER, DECIMAL, DURATION, DATE. */
  type: text("type").notNull(),
});

/** Characters whose profiles are read, and what the last reading showed. */
export const historyCharacters = pgTable(
  "history_characters",
  {
    number: integer("number").primaryKey(),
    source: text("source").notNull(),
    region: text("region").notNull(),
    /** A UUID, as the profile says; null: not read yet. */
    characterId: text("character_id"),
    name: text("name").notNull(),
    /** In lower case; null: somebody else has the name now. */
    nameKey: text("name_key"),
    /** All figures of the last reading, as in `historySnapshots`; null: there was none. */
    present: packed("present"),
    figures: packed("figures"),
    /** The first reading of all. */
    knownSince: moment("known_since"),
    /** The first and the last reading that showed these figures. */
    figuresSince: moment("figures_since"),
    readAt: moment("read_at"),
    /** Why the readings since then showed nothing; null: the last one did. */
    absence: text("absence", { enum: ["hidden", "missing"] }),
    lastLoginAt: moment("last_login_at"),
    dueAt: moment("due_at").notNull(),
    lease: text("lease"),
    leasedUntil: moment("leased_until"),
    failures: integer("failures").notNull(),
    /** Since when nobody wants its past any more. */
    unwantedSince: moment("unwanted_since"),
  },
  (table) => [
    uniqueIndex("history_characters_by_name").on(table.source, table.region, table.nameKey),
    uniqueIndex("history_characters_by_id").on(table.source, table.region, table.characterId),
    index("history_characters_by_turn").on(table.source, table.dueAt),
    index("history_characters_unwanted")
      .on(table.unwantedSince)
      .where(sql`unwanted_since is not null`),
  ],
);

/**
 * What was read before the last reading: a row for each change. It holds what the figures were that changed next, so those of
 * any moment are the last reading's, with those rows laid over it, back to that moment.
 */
export const historySnapshots = pgTable(
  "history_snapshots",
  {
    /** The first and the last reading of these figures. */
    at: moment("at").notNull(),
    until: moment("until").notNull(),
    character: integer("character")
      .notNull()
      .references(() => historyCharacters.number, { onDelete: "cascade" }),
    /** Of `snapshotMarks` in `records.ts`. */
    marks: smallint("marks").notNull(),
    /** A bit for each statistic that is in `figures`, by its number. */
    changed: packed("changed").notNull(),
    figures: packed("figures").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.character, table.at] }),
    // Rows of one character lie far apart; here they lie together, so that the change of a statistic is found at once.
    index("history_snapshots_by_change").on(table.character, table.at, table.changed),
    index("history_snapshots_fallen")
      .on(table.character, table.at)
      .where(sql`marks & 4 <> 0`),
  ],
);

/** Whose characters are read, and when that is asked next: the members of a clan, or the characters of a person. */
export const historyRosters = pgTable(
  "history_rosters",
  {
    id: text("id").primaryKey(),
    source: text("source").notNull(),
    /** Null: a clan's. */
    personId: text("person_id"),
    /** Null: a person's. */
    region: text("region"),
    clanId: text("clan_id"),
    /** When the members were told last. */
    readAt: moment("read_at"),
    dueAt: moment("due_at").notNull(),
    lease: text("lease"),
    leasedUntil: moment("leased_until"),
    failures: integer("failures").notNull(),
  },
  (table) => [
    index("history_rosters_by_turn").on(table.source, table.dueAt),
    index("history_rosters_of_a_clan").on(table.source, table.region, table.clanId),
    index("history_rosters_of_a_person").on(table.personId),
  ],
);

export const historyMembers = pgTable(
  "history_members",
  {
    rosterId: text("roster_id")
      .notNull()
      .references(() => historyRosters.id, { onDelete: "cascade" }),
    character: integer("character")
      .notNull()
      .references(() => historyCharacters.number, { onDelete: "cascade" }),
    seenAt: moment("seen_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.rosterId, table.character] }),
    index("history_members_of_a_character").on(table.character),
  ],
);

/** Who wants the past of a clan to be kept. */
export const historyKeeps = pgTable(
  "history_keeps",
  {
    source: text("source").notNull(),
    region: text("region").notNull(),
    clanId: text("clan_id").notNull(),
    personId: text("person_id").notNull(),
    keptAt: moment("kept_at").notNull(),
    /** Since when the game shows the members to none of their accounts. */
    refusedSince: moment("refused_since"),
  },
  (table) => [
    primaryKey({ columns: [table.source, table.region, table.clanId, table.personId] }),
    index("history_keeps_of_a_person").on(table.personId),
  ],
);

/** What the public record of a kept clan told, once a day. */
export const historyClanDays = pgTable(
  "history_clan_days",
  {
    source: text("source").notNull(),
    region: text("region").notNull(),
    clanId: text("clan_id").notNull(),
    /** Days since 1970, UTC. */
    day: integer("day").notNull(),
    at: moment("at").notNull(),
    members: integer("members").notNull(),
    level: integer("level").notNull(),
    levelPoints: bigint("level_points", { mode: "number" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.source, table.region, table.clanId, table.day] })],
);

/** Characters whose players object: nothing is kept of them. It says nothing about who they are in Discord. */
export const historyObjections = pgTable(
  "history_objections",
  {
    source: text("source").notNull(),
    region: text("region").notNull(),
    characterId: text("character_id").notNull(),
    name: text("name").notNull(),
    nameKey: text("name_key").notNull(),
    at: moment("at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.source, table.region, table.characterId] }),
    index("history_objections_by_name").on(table.source, table.region, table.nameKey),
  ],
);

/** How many of the API's points were spent in a minute, by all processes. */
export const historyPace = pgTable("history_pace", {
  source: text("source").primaryKey(),
  since: moment("since").notNull(),
  spent: doublePrecision("spent").notNull(),
});
