import { index, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { moment } from "../columns.js";

/** How a server wants its members to have roles by their rank in a clan. */
export const roleServers = pgTable(
  "role_servers",
  {
    /** Which API the clans are of, such as "production". */
    source: text("source").notNull(),
    guildId: text("guild_id").notNull(),
    /** What members are called, such as "{name} [{rank}]"; null: as they are. */
    nickname: text("nickname"),
    /** Of the one who changes members now. */
    lease: text("lease"),
    leasedUntil: moment("leased_until"),
  },
  (table) => [primaryKey({ columns: [table.source, table.guildId] })],
);

/** Which role a rank gives. */
export const roleMappings = pgTable(
  "role_mappings",
  {
    source: text("source").notNull(),
    guildId: text("guild_id").notNull(),
    region: text("region").notNull(),
    clanId: text("clan_id").notNull(),
    /** As the API spells it; "*": any. */
    rank: text("rank").notNull(),
    roleId: text("role_id").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.source, table.guildId, table.region, table.clanId, table.rank, table.roleId] }),
  ],
);

/** The roster of a clan as the roles of a server followed from it last: one that has shrunk too much is not believed. */
export const roleRosters = pgTable(
  "role_rosters",
  {
    source: text("source").notNull(),
    guildId: text("guild_id").notNull(),
    region: text("region").notNull(),
    clanId: text("clan_id").notNull(),
    members: jsonb("members").notNull(),
    readAt: moment("read_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.source, table.guildId, table.region, table.clanId] })],
);

/** Who in a server plays which member of a clan. */
export const roleMatches = pgTable(
  "role_matches",
  {
    source: text("source").notNull(),
    guildId: text("guild_id").notNull(),
    region: text("region").notNull(),
    clanId: text("clan_id").notNull(),
    /** Of the character. */
    name: text("name").notNull(),
    discordId: text("discord_id").notNull(),
    /** Proved by a linked account, or said by somebody who manages roles. */
    origin: text("origin", { enum: ["link", "hand"] }).notNull(),
    matchedAt: moment("matched_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.source, table.guildId, table.region, table.clanId, table.name] }),
    index("role_matches_of_a_person").on(table.discordId),
  ],
);

/** Roles that are to be taken away, and since when they are not due any more. */
export const roleGraces = pgTable(
  "role_graces",
  {
    source: text("source").notNull(),
    guildId: text("guild_id").notNull(),
    discordId: text("discord_id").notNull(),
    roleId: text("role_id").notNull(),
    since: moment("since").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.source, table.guildId, table.discordId, table.roleId] }),
    index("role_graces_of_a_person").on(table.discordId),
  ],
);
