import { sql } from "drizzle-orm";
import {
  boolean,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  type PgColumn,
} from "drizzle-orm/pg-core";
import { moment, sealed } from "./columns.js";
import {
  historyCharacters,
  historyClanDays,
  historyKeeps,
  historyMembers,
  historyObjections,
  historyPace,
  historyRosters,
  historySnapshots,
  historyStatistics,
} from "./history/tables.js";
import { discordHolds, pointAccounts, processes, sharedAnswers } from "./machines/tables.js";
import {
  claimedInteractions,
  gatewayBots,
  gatewayProcesses,
  gatewayShards,
  gatewayTurns,
} from "./machines/gateway-tables.js";
import { roleGraces, roleMappings, roleMatches, roleRosters, roleServers } from "./roles/tables.js";
import {
  warCorrections,
  warExcuses,
  warLogins,
  wars,
  warSignUps,
  warSquadMembers,
  warSquads,
  warVoice,
  warVoiceFollowed,
} from "./war/tables.js";
import {
  crossposts,
  deliveries,
  observedEmissions,
  panels,
  rosterLog,
  targets,
  watches,
  watchSubjects,
} from "./watch/tables.js";

export * from "./history/tables.js";
export * from "./machines/gateway-tables.js";
export * from "./machines/tables.js";
export * from "./war/tables.js";
export * from "./roles/tables.js";
export * from "./watch/tables.js";

/** When nobody is to be disturbed: minutes of the day in a time zone such as "Europe/Berlin"; all null: never. */
const quietHours = {
  quietFrom: integer("quiet_from"),
  quietUntil: integer("quiet_until"),
  timeZone: text("time_zone"),
  quietMode: text("quiet_mode", { enum: ["hold", "silent"] }),
};

export const people = pgTable("people", {
  discordId: text("discord_id").primaryKey(),
  region: text("region"),
  language: text("language"),
  privateAnswers: boolean("private_answers"),
  feePercent: doublePrecision("fee_percent"),
  energyPrice: doublePrecision("energy_price"),
  /** False: alerts that others set up for their clan do not read its members with this person's accounts. */
  lendsAccount: boolean("lends_account"),
  /** True: the past of their characters is kept, and everybody may see it. */
  keepsHistory: boolean("keeps_history"),
  ...quietHours,
  createdAt: moment("created_at").notNull(),
  updatedAt: moment("updated_at").notNull(),
});

export const servers = pgTable("servers", {
  guildId: text("guild_id").primaryKey(),
  region: text("region"),
  language: text("language"),
  ...quietHours,
  leftAt: moment("left_at"),
  updatedAt: moment("updated_at").notNull(),
});

export const links = pgTable(
  "links",
  {
    id: text("id").primaryKey(),
    discordId: text("discord_id").notNull(),
    exboId: text("exbo_id").notNull().unique(),
    login: text("login").notNull(),
    accessToken: sealed("access_token").notNull(),
    refreshToken: sealed("refresh_token"),
    keyId: text("key_id").notNull(),
    accessExpiresAt: moment("access_expires_at").notNull(),
    state: text("state", { enum: ["live", "dead"] }).notNull(),
    isMain: boolean("is_main").notNull(),
    characterId: text("character_id"),
    characterName: text("character_name"),
    characterRegion: text("character_region"),
    linkedAt: moment("linked_at").notNull(),
    refreshedAt: moment("refreshed_at").notNull(),
  },
  (table) => [
    index("links_of_a_person").on(table.discordId),
    uniqueIndex("one_main_link")
      .on(table.discordId)
      .where(sql`is_main`),
  ],
);

/** Which linked accounts have a character in which clan, as far as the game told: the next use of an account tells it again. */
export const clanLinks = pgTable(
  "clan_links",
  {
    linkId: text("link_id")
      .notNull()
      .references(() => links.id, { onDelete: "cascade" }),
    discordId: text("discord_id").notNull(),
    region: text("region").notNull(),
    clanId: text("clan_id").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.linkId, table.region, table.clanId] }),
    index("links_of_a_clan").on(table.region, table.clanId),
    index("clan_links_of_a_person").on(table.discordId),
  ],
);

export const attempts = pgTable(
  "link_attempts",
  {
    stateHash: text("state_hash").primaryKey(),
    discordId: text("discord_id").notNull(),
    discordName: sealed("discord_name").notNull(),
    locale: text("locale").notNull(),
    applicationId: text("application_id").notNull(),
    interactionToken: sealed("interaction_token").notNull(),
    keyId: text("key_id").notNull(),
    createdAt: moment("created_at").notNull(),
    expiresAt: moment("expires_at").notNull(),
  },
  (table) => [index("attempts_of_a_person").on(table.discordId), index("attempts_by_expiry").on(table.expiresAt)],
);

/**
 * What was sold on the auction, and how it was graded; who bought or sold is not kept. Many sales to a row: they are read
 * and written many at once, which as rows of their own takes the embedded database several times as long.
 */
export const salesPages = pgTable(
  "sales_pages",
  {
    /** Which API they come from. */
    source: text("source").notNull(),
    region: text("region").notNull(),
    itemId: text("item_id").notNull(),
    /** Of two pages, the one with the higher number has the newer sales. */
    number: integer("number").notNull(),
    newestAt: moment("newest_at").notNull(),
    count: integer("count").notNull(),
    /** JSON, see `packed-sales.ts`. */
    packed: text("packed").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.source, table.region, table.itemId, table.number] }),
    index("sales_pages_by_age").on(table.newestAt),
  ],
);

/** Of each item in each region: what `sales_pages` hold of it, which has no gap. */
export const salesStretches = pgTable(
  "sales_stretches",
  {
    source: text("source").notNull(),
    region: text("region").notNull(),
    itemId: text("item_id").notNull(),
    /** Goes up with each change. */
    revision: integer("revision").notNull(),
    count: integer("count").notNull(),
    /** It reaches back to the first sale that the API knows. */
    whole: boolean("whole").notNull(),
    addedAt: moment("added_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.source, table.region, table.itemId] })],
);

export const tables = {
  people,
  servers,
  clanLinks,
  links,
  attempts,
  salesPages,
  salesStretches,
  watches,
  watchSubjects,
  deliveries,
  targets,
  crossposts,
  panels,
  observedEmissions,
  rosterLog,
  wars,
  warSignUps,
  warSquads,
  warSquadMembers,
  warExcuses,
  warCorrections,
  warVoice,
  warVoiceFollowed,
  warLogins,
  roleServers,
  roleMappings,
  roleRosters,
  roleMatches,
  roleGraces,
  processes,
  pointAccounts,
  sharedAnswers,
  discordHolds,
  gatewayBots,
  gatewayProcesses,
  gatewayShards,
  gatewayTurns,
  claimedInteractions,
  historyStatistics,
  historyCharacters,
  historySnapshots,
  historyRosters,
  historyMembers,
  historyKeeps,
  historyClanDays,
  historyObjections,
  historyPace,
};

/** What a backup holds: not what the API tells again, nor what is on its way. */
export const kept = {
  ...{ people, servers, links, attempts, watches, panels, observedEmissions, rosterLog },
  ...{ historyStatistics, historyCharacters, historySnapshots, historyRosters, historyMembers },
  ...{ historyKeeps, historyClanDays, historyObjections },
  ...{
    wars,
    warSignUps,
    warSquads,
    warSquadMembers,
    warExcuses,
    warCorrections,
    warVoice,
    warVoiceFollowed,
    warLogins,
  },
  ...{ roleServers, roleMappings, roleRosters, roleMatches, roleGraces },
};

/**
 * Where a table keeps the Discord id of the person whom a row is about; null: its rows are about nobody. `people` comes
 * first: whoever changes several rows of a person begins with that one, so that nobody waits in a circle. `watches` come before
 * the deliveries that are made of them.
 */
export const personColumn: Readonly<Record<keyof typeof tables, PgColumn | null>> = {
  people: people.discordId,
  servers: null,
  clanLinks: clanLinks.discordId,
  links: links.discordId,
  attempts: attempts.discordId,
  salesPages: null,
  salesStretches: null,
  watches: watches.ownerId,
  watchSubjects: null,
  deliveries: deliveries.ownerId,
  targets: targets.personId,
  crossposts: null,
  panels: panels.ownerId,
  observedEmissions: null,
  rosterLog: null,
  wars: null,
  warSignUps: warSignUps.personId,
  warSquads: null,
  warSquadMembers: warSquadMembers.personId,
  warExcuses: warExcuses.personId,
  warCorrections: warCorrections.personId,
  warVoice: warVoice.personId,
  warVoiceFollowed: null,
  warLogins: warLogins.personId,
  roleServers: null,
  roleMappings: null,
  roleRosters: null,
  roleMatches: roleMatches.discordId,
  roleGraces: roleGraces.discordId,
  processes: null,
  pointAccounts: null,
  sharedAnswers: null,
  discordHolds: null,
  gatewayBots: null,
  gatewayProcesses: null,
  gatewayShards: null,
  gatewayTurns: null,
  claimedInteractions: null,
  historyStatistics: null,
  // Whose they are say the rosters: see `history/personal.ts`.
  historyCharacters: null,
  historySnapshots: null,
  historyRosters: historyRosters.personId,
  historyMembers: null,
  historyKeeps: historyKeeps.personId,
  historyClanDays: null,
  historyObjections: null,
  historyPace: null,
};

/** Where else a person's Discord id is kept, in rows about others: it is emptied when they delete what is kept about them. */
export const authorColumns: readonly PgColumn[] = [warExcuses.byId, warCorrections.byId];
