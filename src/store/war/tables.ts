import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { moment } from "../columns.js";
import { ANSWERS, LOGIN_OUTCOMES, VERDICTS, WAR_STATES } from "./records.js";

/** Clan wars: those that were announced, and those ahead of which something is known already. */
export const wars = pgTable(
  "wars",
  {
    /** Made of its schedule and of when it was to begin. */
    id: text("id").primaryKey(),
    /** Which API it is about, such as "production". */
    source: text("source").notNull(),
    guildId: text("guild_id").notNull(),
    /** That of a schedule which may be gone. */
    scheduleId: text("schedule_id").notNull(),
    startsAt: moment("starts_at").notNull(),
    endsAt: moment("ends_at").notNull(),
    state: text("state", { enum: WAR_STATES }).notNull(),
    /** Of its schedule, as they are for this one. */
    terms: jsonb("terms").notNull(),
    /** Goes up with every change of what its message shows; `shownRevision` follows when it is shown. */
    revision: integer("revision").notNull(),
    /** Where its sign-up message is, once it was sent. */
    channelId: text("channel_id"),
    messageId: text("message_id"),
    shownRevision: integer("shown_revision").notNull(),
    shownHash: text("shown_hash"),
    lease: text("lease"),
    leasedUntil: moment("leased_until"),
    /** The message is not edited before. */
    nextAt: moment("next_at"),
    failures: integer("failures").notNull(),
    /** Discord's scheduled event. */
    eventId: text("event_id"),
    /** When one was asked for, and it is not known whether it was made. */
    eventBegunAt: moment("event_begun_at"),
    /** The start that it shows. */
    eventStart: moment("event_start"),
    /** Nothing more is done about it. */
    eventEnded: boolean("event_ended").notNull(),
    /** Why there is none. */
    eventProblem: text("event_problem"),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [
    uniqueIndex("one_war_at_a_time").on(table.scheduleId, table.startsAt),
    index("wars_of_a_server").on(table.guildId, table.startsAt),
    index("war_messages_to_edit")
      .on(table.nextAt)
      .where(sql`message_id is not null and revision > shown_revision`),
    index("wars_by_end").on(table.endsAt),
  ],
);

/** Who comes to a war, as they say. */
export const warSignUps = pgTable(
  "war_sign_ups",
  {
    warId: text("war_id").notNull(),
    guildId: text("guild_id").notNull(),
    personId: text("person_id").notNull(),
    name: text("name").notNull(),
    characterName: text("character_name"),
    characterRegion: text("character_region"),
    answer: text("answer", { enum: ANSWERS }).notNull(),
    reason: text("reason"),
    answeredAt: moment("answered_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.warId, table.personId] }),
    index("war_sign_ups_of_a_person").on(table.personId),
    index("war_sign_ups_of_a_server").on(table.guildId),
  ],
);

export const warSquads = pgTable(
  "war_squads",
  {
    id: text("id").primaryKey(),
    warId: text("war_id").notNull(),
    guildId: text("guild_id").notNull(),
    name: text("name").notNull(),
    /** In the order in which they were made. */
    position: integer("position").notNull(),
  },
  (table) => [index("squads_of_a_war").on(table.warId), index("war_squads_of_a_server").on(table.guildId)],
);

/** A person is in one squad of a war at most. */
export const warSquadMembers = pgTable(
  "war_squad_members",
  {
    warId: text("war_id").notNull(),
    personId: text("person_id").notNull(),
    guildId: text("guild_id").notNull(),
    squadId: text("squad_id").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.warId, table.personId] }),
    index("war_squads_of_a_person").on(table.personId),
    index("war_squad_members_of_a_server").on(table.guildId),
  ],
);

/** Who cannot come for a while, and why. */
export const warExcuses = pgTable(
  "war_excuses",
  {
    id: text("id").primaryKey(),
    guildId: text("guild_id").notNull(),
    personId: text("person_id").notNull(),
    name: text("name").notNull(),
    fromAt: moment("from_at").notNull(),
    untilAt: moment("until_at").notNull(),
    reason: text("reason").notNull(),
    /** Who wrote it down; null: they have deleted what was kept about them. */
    byId: text("by_id"),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [
    index("war_excuses_of_a_server").on(table.guildId, table.untilAt),
    index("war_excuses_of_a_person").on(table.personId),
    index("war_excuses_by_officer").on(table.byId),
  ],
);

/** What an officer says about who was there. */
export const warCorrections = pgTable(
  "war_corrections",
  {
    warId: text("war_id").notNull(),
    guildId: text("guild_id").notNull(),
    personId: text("person_id").notNull(),
    name: text("name").notNull(),
    verdict: text("verdict", { enum: VERDICTS }).notNull(),
    reason: text("reason"),
    byId: text("by_id"),
    correctedAt: moment("corrected_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.warId, table.personId] }),
    index("war_corrections_of_a_person").on(table.personId),
    index("war_corrections_of_a_server").on(table.guildId),
    index("war_corrections_by_officer").on(table.byId),
  ],
);

/** When somebody was seen in voice, or seen not to be there; what is in none of these is not known. */
export const warVoice = pgTable(
  "war_voice",
  {
    warId: text("war_id").notNull(),
    personId: text("person_id").notNull(),
    guildId: text("guild_id").notNull(),
    present: boolean("present").notNull(),
    fromAt: moment("from_at").notNull(),
    untilAt: moment("until_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.warId, table.personId, table.fromAt] }),
    index("war_voice_of_a_person").on(table.personId),
    index("war_voice_of_a_server").on(table.guildId),
  ],
);

/** When all of a server's voice channels were followed: who is not in `war_voice` then was not there. */
export const warVoiceFollowed = pgTable(
  "war_voice_followed",
  {
    warId: text("war_id").notNull(),
    guildId: text("guild_id").notNull(),
    fromAt: moment("from_at").notNull(),
    untilAt: moment("until_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.warId, table.fromAt] }),
    index("war_voice_followed_of_a_server").on(table.guildId),
  ],
);

/** The last logins of people's characters, as their profiles had them around a war. */
export const warLogins = pgTable(
  "war_logins",
  {
    warId: text("war_id").notNull(),
    personId: text("person_id").notNull(),
    character: text("character").notNull(),
    guildId: text("guild_id").notNull(),
    region: text("region").notNull(),
    outcome: text("outcome", { enum: LOGIN_OUTCOMES }).notNull(),
    /** The first and the last that were read since the war began; null: none was told. */
    firstLogin: moment("first_login"),
    lastLogin: moment("last_login"),
    readAt: moment("read_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.warId, table.personId, table.character] }),
    index("war_logins_of_a_person").on(table.personId),
    index("war_logins_of_a_server").on(table.guildId),
  ],
);
