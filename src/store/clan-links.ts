import { and, asc, eq, notInArray, sql } from "drizzle-orm";
import type { Database, Db } from "./database.js";
import { clanLinks, links, people } from "./schema.js";

/** A linked account that was seen to be in a clan. */
export interface ClanLink {
  readonly linkId: string;
  readonly discordId: string;
  /** False: its owner does not want alerts that others set up to read with it. */
  readonly lent: boolean;
}

/** Which linked accounts have a character in which clan, as far as the game told when they were used. */
export class ClanLinks {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The account is in these clans of the region, and in no others. Nothing happens when it is no longer linked. */
  async are(linkId: string, region: string, clanIds: readonly string[]): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const ofRegion = and(eq(clanLinks.linkId, linkId), eq(clanLinks.region, region));
      await tx.delete(clanLinks).where(and(ofRegion, notInArray(clanLinks.clanId, [...clanIds])));
      await add(tx, linkId, region, clanIds);
    });
  }

  /** The account is in this clan too. Nothing happens when it is no longer linked. */
  async is(linkId: string, region: string, clanId: string): Promise<void> {
    await this.#database.transaction((tx) => add(tx, linkId, region, [clanId]));
  }

  /** It is not in that clan any more. */
  async isNot(linkId: string, region: string, clanId: string): Promise<void> {
    await this.#database.run((db) =>
      db
        .delete(clanLinks)
        .where(and(eq(clanLinks.linkId, linkId), eq(clanLinks.region, region), eq(clanLinks.clanId, clanId))),
    );
  }

  /** Those in a clan that work, the oldest link first. */
  async of(region: string, clanId: string): Promise<ClanLink[]> {
    return this.#database.read((db) =>
      db
        .select({
          linkId: links.id,
          discordId: links.discordId,
          lent: sql<boolean>`coalesce(${people.lendsAccount}, true)`,
        })
        .from(clanLinks)
        .innerJoin(links, eq(links.id, clanLinks.linkId))
        .leftJoin(people, eq(people.discordId, links.discordId))
        .where(and(eq(clanLinks.region, region), eq(clanLinks.clanId, clanId), eq(links.state, "live")))
        .orderBy(asc(links.linkedAt), asc(links.id)),
    );
  }
}

async function add(tx: Db, linkId: string, region: string, clanIds: readonly string[]): Promise<void> {
  // It stays linked until they are in.
  const [link] = await tx
    .select({ discordId: links.discordId })
    .from(links)
    .where(eq(links.id, linkId))
    .for("key share");
  if (!link || clanIds.length === 0) return;
  await tx
    .insert(clanLinks)
    .values(clanIds.map((clanId) => ({ linkId, discordId: link.discordId, region, clanId })))
    .onConflictDoNothing();
}
