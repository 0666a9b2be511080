import { and, asc, count, eq, inArray, or, sql, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { z } from "zod";
import { inMs } from "../columns.js";
import type { Database, Db } from "../database.js";
import { rowsFrom, storable } from "../rows.js";
import { clanLinks, links, people } from "../schema.js";
import { knowServer } from "../servers.js";
import type {
  ClanKey,
  KeptMember,
  KeptRoster,
  ProvedMatch,
  RoleCandidate,
  RoleGrace,
  RoleMapping,
  RoleMatch,
} from "./records.js";
import { roleGraces, roleMappings, roleMatches, roleRosters, roleServers } from "./tables.js";

const members = z.array(z.object({ name: z.string(), rank: z.string(), joinedAt: z.number() }));

/** What servers want of roles by rank, of one API. */
export class RoleStore {
  readonly #database: Database;
  readonly #source: string;

  constructor(database: Database, source: string) {
    this.#database = database;
    this.#source = source;
  }

  /** By clan and rank. */
  mappings(guildId: string): Promise<RoleMapping[]> {
    const { region, clanId, rank, roleId } = roleMappings;
    return this.#database.read((db) =>
      db
        .select({ region, clanId, rank, roleId })
        .from(roleMappings)
        .where(this.#of(roleMappings, guildId))
        .orderBy(asc(region), asc(clanId), asc(rank), asc(roleId)),
    );
  }

  /** "limit": there are as many as there may be, and this is none of them. */
  async map(guildId: string, mapping: RoleMapping, most: number): Promise<"mapped" | "known" | "limit"> {
    return this.#database.transaction(async (tx) => {
      await knowServer(tx, guildId);
      await tx.insert(roleServers).values({ source: this.#source, guildId }).onConflictDoNothing();
      // Others who map here wait.
      await tx.select().from(roleServers).where(this.#of(roleServers, guildId)).for("update");
      const [counted] = await tx.select({ number: count() }).from(roleMappings).where(this.#of(roleMappings, guildId));
      const there = await tx
        .select({ roleId: roleMappings.roleId })
        .from(roleMappings)
        .where(this.#mapping(guildId, mapping));
      if (there.length > 0) return "known";
      if ((counted?.number ?? 0) >= most) return "limit";
      await tx.insert(roleMappings).values({ source: this.#source, guildId, ...mapping });
      return "mapped";
    });
  }

  /** False: there is none. What is known of a clan that nothing follows from any more is forgotten. */
  async unmap(guildId: string, mapping: RoleMapping): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      const gone = await tx
        .delete(roleMappings)
        .where(this.#mapping(guildId, mapping))
        .returning({ roleId: roleMappings.roleId });
      await this.#tidy(tx, guildId);
      return gone.length > 0;
    });
  }

  /** What members are called; null: as they are. */
  async nickname(guildId: string): Promise<string | null> {
    const [server] = await this.#database.read((db) =>
      db.select({ nickname: roleServers.nickname }).from(roleServers).where(this.#of(roleServers, guildId)),
    );
    return server?.nickname ?? null;
  }

  async setNickname(guildId: string, nickname: string | null): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await knowServer(tx, guildId);
      await tx
        .insert(roleServers)
        .values({ source: this.#source, guildId, nickname })
        .onConflictDoUpdate({ target: [roleServers.source, roleServers.guildId], set: { nickname } });
    });
  }

  async rosters(guildId: string): Promise<KeptRoster[]> {
    const rows = await this.#database.read((db) => db.select().from(roleRosters).where(this.#of(roleRosters, guildId)));
    return rows.map(({ region, clanId, members: kept, readAt }) => ({
      ...{ region, clanId, readAt },
      members: members.safeParse(kept).data ?? [],
    }));
  }

  async keepRoster(guildId: string, { region, clanId }: ClanKey, list: readonly KeptMember[], readAt: Date) {
    const kept = { members: sql`${storable(list)}::jsonb`, readAt };
    await this.#database.run((db) =>
      db
        .insert(roleRosters)
        .values({ source: this.#source, guildId, region, clanId, ...kept })
        .onConflictDoUpdate({
          target: [roleRosters.source, roleRosters.guildId, roleRosters.region, roleRosters.clanId],
          set: kept,
        }),
    );
  }

  /** Of all clans that the server follows. */
  matches(guildId: string): Promise<RoleMatch[]> {
    const { region, clanId, name, discordId, origin } = roleMatches;
    return this.#database.read((db) =>
      db
        .select({ region, clanId, name, discordId, origin })
        .from(roleMatches)
        .where(this.#of(roleMatches, guildId))
        .orderBy(asc(name)),
    );
  }

  /** Somebody says so; another match of this character ends. */
  async match(guildId: string, { region, clanId }: ClanKey, name: string, discordId: string, at: Date): Promise<void> {
    const said = { discordId, origin: "hand", matchedAt: at } as const;
    await this.#database.transaction(async (tx) => {
      await knowServer(tx, guildId);
      await tx
        .insert(roleMatches)
        .values({ source: this.#source, guildId, region, clanId, name, ...said })
        .onConflictDoUpdate({
          target: [
            ...[roleMatches.source, roleMatches.guildId, roleMatches.region],
            ...[roleMatches.clanId, roleMatches.name],
          ],
          set: said,
        });
    });
  }

  /** Linked accounts prove these; one that is not linked any more proves nothing. */
  async prove(guildId: string, proved: readonly ProvedMatch[], at: Date): Promise<void> {
    if (proved.length === 0) return;
    const rows = rowsFrom(proved, '"linkId" text, region text, "clanId" text, name text');
    await this.#database.run((db) =>
      db.execute(sql`insert into role_matches as known
          (source, guild_id, region, clan_id, name, discord_id, origin, matched_at)
        select distinct on (given.region, given."clanId", given.name)
          ${this.#source}, ${guildId}, given.region, given."clanId", given.name, l.discord_id, 'link',
          ${at.toISOString()}::timestamptz
        from ${rows} join links l on l.id = given."linkId"
        order by given.region, given."clanId", given.name, l.linked_at
        on conflict (source, guild_id, region, clan_id, name) do update set
          discord_id = excluded.discord_id, origin = excluded.origin, matched_at = excluded.matched_at
        where known.discord_id <> excluded.discord_id or known.origin <> excluded.origin`),
    );
  }

  /** A character is called otherwise now; a match of the new name stays as it is. */
  async rename(guildId: string, { region, clanId }: ClanKey, was: string, name: string): Promise<void> {
    const one = and(this.#of(roleMatches, guildId), eq(roleMatches.region, region), eq(roleMatches.clanId, clanId));
    await this.#database.transaction(async (tx) => {
      const [there] = await tx
        .select({ name: roleMatches.name })
        .from(roleMatches)
        .where(and(one, eq(roleMatches.name, name)));
      if (there) await tx.delete(roleMatches).where(and(one, eq(roleMatches.name, was)));
      else
        await tx
          .update(roleMatches)
          .set({ name })
          .where(and(one, eq(roleMatches.name, was)));
    });
  }

  /** Returns how many were there. */
  async unmatch(guildId: string, gone: readonly (ClanKey & { readonly name: string })[]): Promise<number> {
    if (gone.length === 0) return 0;
    const which = gone.map(({ region, clanId, name }) =>
      and(eq(roleMatches.region, region), eq(roleMatches.clanId, clanId), eq(roleMatches.name, name)),
    );
    const rows = await this.#database.run((db) =>
      db
        .delete(roleMatches)
        .where(and(this.#of(roleMatches, guildId), or(...which)))
        .returning({ name: roleMatches.name }),
    );
    return rows.length;
  }

  graces(guildId: string): Promise<RoleGrace[]> {
    const { discordId, roleId, since } = roleGraces;
    return this.#database.read((db) =>
      db.select({ discordId, roleId, since }).from(roleGraces).where(this.#of(roleGraces, guildId)),
    );
  }

  /** One that has begun before goes on from then. */
  async keepGraces(
    guildId: string,
    begun: readonly RoleGrace[],
    ended: readonly Pick<RoleGrace, "discordId" | "roleId">[],
  ): Promise<void> {
    if (begun.length + ended.length === 0) return;
    await this.#database.transaction(async (tx) => {
      if (begun.length > 0)
        await tx
          .insert(roleGraces)
          .values(begun.map((grace) => ({ source: this.#source, guildId, ...grace })))
          .onConflictDoNothing();
      if (ended.length > 0) {
        const which = ended.map(({ discordId, roleId }) =>
          and(eq(roleGraces.discordId, discordId), eq(roleGraces.roleId, roleId)),
        );
        await tx.delete(roleGraces).where(and(this.#of(roleGraces, guildId), or(...which)));
      }
    });
  }

  /**
   * Linked accounts that work and may have a character in the clan: those that were seen in it, and those whose main character
   * has one of these names.
   */
  async candidates({ region, clanId }: ClanKey, names: readonly string[]): Promise<RoleCandidate[]> {
    const seen = sql`exists (select 1 from ${clanLinks} where ${clanLinks.linkId} = ${links.id}
      and ${clanLinks.region} = ${region} and ${clanLinks.clanId} = ${clanId})`;
    const isMain = eq(links.characterRegion, region);
    const named = names.length === 0 ? undefined : and(isMain, inArray(links.characterName, [...names]));
    return this.#database.read((db) =>
      db
        .select({
          linkId: links.id,
          discordId: links.discordId,
          lent: sql<boolean>`coalesce(${people.lendsAccount}, true)`,
          mainName: sql<string | null>`case when ${isMain} then ${links.characterName} end`,
        })
        .from(links)
        .leftJoin(people, eq(people.discordId, links.discordId))
        .where(and(eq(links.state, "live"), or(seen, named)))
        .orderBy(asc(links.linkedAt), asc(links.id)),
    );
  }

  /** False: somebody else changes members there. It lasts so many milliseconds, and may be asked for again by whoever has it. */
  async hold(guildId: string, lease: string, ms: number): Promise<boolean> {
    const held = { lease, leasedUntil: inMs(ms) };
    const rows = await this.#database.run((db) =>
      db
        .insert(roleServers)
        .values({ source: this.#source, guildId, ...held })
        .onConflictDoUpdate({
          target: [roleServers.source, roleServers.guildId],
          set: held,
          setWhere: sql`coalesce(${roleServers.leasedUntil} < now(), true) or ${roleServers.lease} = ${lease}`,
        })
        .returning({ lease: roleServers.lease }),
    );
    return rows.length > 0;
  }

  async release(guildId: string, lease: string): Promise<void> {
    await this.#database.run((db) =>
      db
        .update(roleServers)
        .set({ lease: null, leasedUntil: null })
        .where(and(this.#of(roleServers, guildId), eq(roleServers.lease, lease))),
    );
  }

  async #tidy(tx: Db, guildId: string): Promise<void> {
    for (const table of [roleRosters, roleMatches])
      await tx.delete(table).where(
        and(
          this.#of(table, guildId),
          sql`not exists (select 1 from role_mappings m where m.source = ${this.#source} and m.guild_id = ${guildId}
            and m.region = ${table.region} and m.clan_id = ${table.clanId})`,
        ),
      );
    await tx.delete(roleGraces).where(
      and(
        this.#of(roleGraces, guildId),
        sql`not exists (select 1 from role_mappings m where m.source = ${this.#source} and m.guild_id = ${guildId}
          and m.role_id = ${roleGraces.roleId})`,
      ),
    );
  }

  #mapping(guildId: string, { region, clanId, rank, roleId }: RoleMapping): SQL | undefined {
    return and(
      this.#of(roleMappings, guildId),
      eq(roleMappings.region, region),
      eq(roleMappings.clanId, clanId),
      eq(roleMappings.rank, rank),
      eq(roleMappings.roleId, roleId),
    );
  }

  #of(table: { readonly source: PgColumn; readonly guildId: PgColumn }, guildId: string): SQL | undefined {
    return and(eq(table.source, this.#source), eq(table.guildId, guildId));
  }
}
