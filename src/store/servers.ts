import { and, eq, inArray, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { Clock } from "../time.js";
import type { Database, Db } from "./database.js";
import type { ServerChanges, ServerSettings } from "./records.js";
import { returned } from "./rows.js";
import {
  deliveries,
  panels,
  roleGraces,
  roleMappings,
  roleMatches,
  roleRosters,
  roleServers,
  servers,
  targets,
  warCorrections,
  warExcuses,
  warLogins,
  warSignUps,
  warSquadMembers,
  warSquads,
  warVoice,
  warVoiceFollowed,
  wars,
  watches,
} from "./schema.js";
import { tellProcesses, type Signal } from "./watch/signals.js";

/** What was chosen for Discord servers, and which of these the bot has left. */
export class Servers {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async get(guildId: string): Promise<ServerSettings | undefined> {
    const [server] = await this.#database.read((db) => db.select().from(servers).where(eq(servers.guildId, guildId)));
    return server;
  }

  /** Also says that the bot is there. */
  async save(guildId: string, changes: ServerChanges): Promise<ServerSettings> {
    const now = new Date(this.#clock.now());
    return this.#database.transaction(async (tx) => {
      await returnTo(tx, guildId);
      const [server] = await tx
        .insert(servers)
        .values({ ...changes, guildId, updatedAt: now })
        .onConflictDoUpdate({ target: servers.guildId, set: { ...changes, updatedAt: now } })
        .returning();
      return returned(server);
    });
  }

  /** The guilds with settings in which the bot is, as far as the store was told. */
  async present(): Promise<string[]> {
    const rows = await this.#database.read((db) =>
      db.select({ guildId: servers.guildId }).from(servers).where(isNull(servers.leftAt)),
    );
    return rows.map(({ guildId }) => guildId);
  }

  /** The guilds with settings that the bot has left, as far as the store was told. */
  async absent(): Promise<string[]> {
    const rows = await this.#database.read((db) =>
      db.select({ guildId: servers.guildId }).from(servers).where(isNotNull(servers.leftAt)),
    );
    return rows.map(({ guildId }) => guildId);
  }

  /** The bot was removed from this guild. Nothing happens when it has no settings, or when that is known. */
  async left(guildId: string): Promise<void> {
    const leftAt = new Date(this.#clock.now());
    await this.#database.run((db) =>
      db
        .update(servers)
        .set({ leftAt })
        .where(and(eq(servers.guildId, guildId), isNull(servers.leftAt))),
    );
  }

  /** The bot is in this guild, perhaps again: what is watched there goes on. */
  async joined(guildId: string): Promise<void> {
    await this.#database.transaction((tx) => returnTo(tx, guildId));
  }

  /** With all that was watched there. Returns how many were forgotten. */
  async forgetLeftBefore(date: Date): Promise<number> {
    return this.#database.transaction(async (tx) => {
      const gone = await tx.delete(servers).where(lt(servers.leftAt, date)).returning({ guildId: servers.guildId });
      const ids = gone.map(({ guildId }) => guildId);
      if (ids.length > 0) {
        for (const { table, column } of ABOUT_SERVERS) await tx.delete(table).where(inArray(column, ids));
      }
      return gone.length;
    });
  }
}

/** Other tables with rows of servers; watches come before the deliveries that are made of them. */
const ABOUT_SERVERS = [
  ...[watches.guildId, panels.guildId, deliveries.guildId, targets.guildId],
  ...[wars.guildId, warSignUps.guildId, warSquads.guildId, warSquadMembers.guildId, warExcuses.guildId],
  ...[warCorrections.guildId, warVoice.guildId, warVoiceFollowed.guildId, warLogins.guildId],
  ...[roleServers, roleMappings, roleRosters, roleMatches, roleGraces].map(({ guildId }) => guildId),
].map((column) => ({
  table: column.table,
  column,
}));

/** Notes that the bot is in a server, so that what is watched there is forgotten some time after it has left. */
export async function knowServer(tx: Db, guildId: string): Promise<void> {
  await tx
    .insert(servers)
    .values({ guildId, updatedAt: sql`now()` })
    .onConflictDoNothing();
  await returnTo(tx, guildId);
}

/** Discord says that the bot is not in a server any more: what is watched there waits for its return. */
export async function leaveServer(tx: Db, guildId: string): Promise<void> {
  await tx
    .insert(servers)
    .values({ guildId, leftAt: sql`now()`, updatedAt: sql`now()` })
    .onConflictDoUpdate({ target: servers.guildId, set: { leftAt: sql`coalesce(${servers.leftAt}, now())` } });
}

/** Where the bot was away, what is watched there goes on, and if it leaves again, owners hear of that again. */
async function returnTo(tx: Db, guildId: string): Promise<void> {
  const back = await tx
    .update(servers)
    .set({ leftAt: null })
    .where(and(eq(servers.guildId, guildId), isNotNull(servers.leftAt)))
    .returning({ guildId: servers.guildId });
  if (back.length === 0) return;
  await tx
    .update(watches)
    .set({ pauseToldAt: null })
    .where(and(eq(watches.guildId, guildId), eq(watches.state, "running")));
  for (const signal of ["look", "deliver", "panel"] satisfies Signal[]) await tellProcesses(tx, signal);
}
