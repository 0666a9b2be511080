import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../database.js";
import { rowsOf } from "../rows.js";
import { Keeping } from "./keeping.js";
import { nameKey } from "./names.js";

/** The API whose characters people mean. */
const USUAL_SOURCE = "production";
/** The game's regions; the past of one that came later tells of it. */
const REGIONS = ["RU", "EU", "NA", "SEA"];

/** The regions that the game is known to have. */
export async function knownRegions(database: Database): Promise<readonly string[]> {
  const query = sql`select distinct region from history_characters order by region`;
  const found = await database.run((db) => rowsOf(db, query, z.object({ region: z.string() })));
  return [...new Set([...REGIONS, ...found.map(({ region }) => region)])];
}

/**
 * For an operator, on behalf of somebody who has no linked account: nothing is kept of a character any more. One whose profile was
 * never read is known by its name alone, and no longer when it is renamed. Returns whether something was kept.
 */
export async function objectByName(database: Database, region: string, name: string): Promise<boolean> {
  const query = sql`select source, character_id as id from history_characters
    where region = ${region} and name_key = ${nameKey(name)}`;
  const row = z.object({ source: z.string(), id: z.string().nullable() });
  const found = await database.run((db) => rowsOf(db, query, row));
  const wanted = found.length > 0 ? found : [{ source: USUAL_SOURCE, id: null }];
  for (const { source, id } of wanted) {
    await new Keeping(database, source).object(region, id ?? `name/${nameKey(name)}`, name);
  }
  return found.length > 0;
}

/** Takes back all objections under this name. False: there was none. */
export async function allowByName(database: Database, region: string, name: string): Promise<boolean> {
  const query = sql`delete from history_objections where region = ${region} and name_key = ${nameKey(name)} returning 1`;
  return (await database.run((db) => rowsOf(db, query, z.unknown()))).length > 0;
}
