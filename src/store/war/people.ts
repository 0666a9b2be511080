import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../database.js";
import { rowsFrom, rowsOf } from "../rows.js";
import type { NamedPerson } from "./records.js";

/** A character, and whose it is. */
export interface OwnedCharacter {
  readonly personId: string;
  readonly character: string;
  readonly region: string;
}

/** Who is whom, as far as people have linked their accounts, or somebody who manages roles has said so. */
export class WarPeople {
  readonly #database: Database;
  readonly #source: string;

  constructor(database: Database, source: string) {
    this.#database = database;
    this.#source = source;
  }

  /**
   * Those in a server who are known there to play a member of a clan, under that member's name. Links alone do not count: who
   * has linked an account is nobody's business in a server that they are not in.
   */
  async inClan(region: string, clanId: string, guildId: string): Promise<readonly NamedPerson[]> {
    const query = sql`select distinct on (m.discord_id) m.discord_id as "personId", m.name from role_matches m
      where m.source = ${this.#source} and m.guild_id = ${guildId} and m.region = ${region} and m.clan_id = ${clanId}
      order by m.discord_id, m.name`;
    return this.#database.read((db) => rowsOf(db, query, z.object({ personId: z.string(), name: z.string() })));
  }

  /** Their characters in a region: those that they chose, and those that somebody in the server has said to be theirs. */
  async charactersOf(
    personIds: readonly string[],
    region: string,
    guildId: string,
  ): Promise<readonly OwnedCharacter[]> {
    const people = rowsFrom(
      personIds.map((person) => ({ person })),
      "person text",
    );
    const query = sql`select given.person as "personId", own.character, ${region}::text as region
      from ${people} cross join lateral (
        select l.character_name as character from links l
        where l.discord_id = given.person and l.character_region = ${region} and l.character_name is not null
        union
        select m.name from role_matches m where m.discord_id = given.person and m.source = ${this.#source}
          and m.guild_id = ${guildId} and m.region = ${region}
      ) own order by given.person, own.character`;
    const row = z.object({ personId: z.string(), character: z.string(), region: z.string() });
    return this.#database.read((db) => rowsOf(db, query, row));
  }
}
