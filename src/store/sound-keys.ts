import { desc, eq } from "drizzle-orm";
import type { Database } from "./database.js";
import type { KeyRing } from "./encryption.js";
import { SealBrokenError } from "./errors.js";
import { links } from "./schema.js";
import { openTokens, type LinkRow } from "./sealed-tokens.js";
import type { StoreLog } from "./store-log.js";

/** One row may have been changed; so many do not all break. */
const SAMPLES = 5;

/**
 * The ring without the keys that open nothing of what was sealed under their ids: those have other bytes than the keys
 * with which it was sealed. The log names them.
 * @param place where the keys stand
 */
export async function soundKeys(database: Database, keys: KeyRing, place: string, log: StoreLog): Promise<KeyRing> {
  const wrong: string[] = [];
  for (const keyId of keys.ids) {
    const newest = await database.read((db) =>
      db.select().from(links).where(eq(links.keyId, keyId)).orderBy(desc(links.refreshedAt)).limit(SAMPLES),
    );
    if (newest.length === 0 || newest.some((row) => opens(keys, row))) continue;
    wrong.push(keyId);
    log.warn(
      { keyId },
      `the key ${keyId} in ${place} is not the one with which the tokens were sealed: put that one back, or ` +
        "give the new one an id of its own where that one is lost; until then it is not used",
    );
  }
  return keys.without(wrong);
}

function opens(keys: KeyRing, row: LinkRow): boolean {
  try {
    openTokens(keys, row);
    return true;
  } catch (error) {
    if (error instanceof SealBrokenError) return false;
    throw error;
  }
}
