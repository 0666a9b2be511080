import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Database, Db } from "../database.js";
import { rowsOf } from "../rows.js";
import { bytes } from "./characters.js";
import { Statistics } from "./statistics.js";

/** All that is kept of one character. Dates are ISO 8601 texts. */
export interface PersonalHistory {
  readonly region: string;
  readonly name: string;
  readonly snapshots: readonly {
    /** The first and the last reading that showed these figures. */
    readonly from: string;
    readonly to: string;
    /** By the id of the statistic. Of all but the last snapshot only those that were other in the next one; null: there was none. */
    readonly figures: Readonly<Record<string, number | null>>;
  }[];
}

/** Whether the character `c` is known to be this person's: they want it kept, or it is the main one of an account of theirs. */
const isOf = (
  personId: string,
): SQL => sql`(exists (select 1 from history_members m join history_rosters r on r.id = m.roster_id
    where m.character = c.number and r.person_id = ${personId})
  or exists (select 1 from links l where l.discord_id = ${personId} and l.character_region = c.region
    and (l.character_id = c.character_id or lower(l.character_name) = c.name_key)))`;

const iso = (column: SQL): SQL => sql`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Deletes the past of a person's characters; returns how many characters these were. */
export async function forgetHistory(tx: Db, personId: string): Promise<number> {
  const query = sql`delete from history_characters c where ${isOf(personId)} returning 1`;
  return (await rowsOf(tx, query, z.unknown())).length;
}

/** What is kept of a person's characters, snapshots the oldest first. */
export async function historyOf(database: Database, personId: string): Promise<PersonalHistory[]> {
  const query = sql`
    select c.number, c.region, c.name, ${iso(sql`h.at`)} as from, ${iso(sql`h.until`)} as to, h.changed, h.figures
    from history_characters c join lateral (
      select at, until, changed, figures from history_snapshots where character = c.number
      union all select c.figures_since, c.read_at, c.present, c.figures
    ) h on true where c.present is not null and ${isOf(personId)} order by c.region, c.name, c.number, h.at`;
  const row = z.object({
    ...{ number: z.number(), region: z.string(), name: z.string(), from: z.string(), to: z.string() },
    ...{ changed: bytes, figures: bytes },
  });
  const statistics = new Statistics(database);
  const found = new Map<number, { region: string; name: string; snapshots: PersonalHistory["snapshots"][number][] }>();
  for (const { number, region, name, from, to, ...packed } of await database.read((db) => rowsOf(db, query, row))) {
    const character = found.get(number) ?? { region, name, snapshots: [] };
    const values = await statistics.unpackValues(packed);
    character.snapshots.push({
      ...{ from, to },
      figures: Object.fromEntries([...values].map(([id, value]) => [id, value ?? null])),
    });
    found.set(number, character);
  }
  return [...found.values()];
}
