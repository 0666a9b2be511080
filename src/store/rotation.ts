import { eq, ne } from "drizzle-orm";
import type { Database, Db } from "./database.js";
import type { KeyRing } from "./encryption.js";
import { KeyMissingError, SealBrokenError } from "./errors.js";
import { attempts, links } from "./schema.js";
import { attemptIdentity, linkIdentity } from "./sealed-columns.js";

/** How many rows were re-encrypted, and how many stay as they are because no key of the ring opens them. */
export interface Rotation {
  readonly resealed: number;
  readonly unreadable: number;
}

/**
 * Re-encrypts every row with the ring's newest key, each in its own transaction, next to a running bot. Interrupted, the
 * next run does the rest.
 * @throws KeyMissingError when the ring is empty
 */
export async function rotate(database: Database, keys: KeyRing): Promise<Rotation> {
  let [resealed, unreadable] = [0, 0];
  const step = async (reseal: (tx: Db) => Promise<boolean>): Promise<void> => {
    try {
      if (await database.transaction(reseal)) resealed += 1;
    } catch (error) {
      if (!(error instanceof KeyMissingError) && !(error instanceof SealBrokenError)) throw error;
      unreadable += 1;
    }
  };
  const newest = keys.newest;
  const oldLinks = await database.run((db) => db.select({ id: links.id }).from(links).where(ne(links.keyId, newest)));
  for (const { id } of oldLinks) await step((tx) => resealLink(tx, keys, id));
  const oldAttempts = await database.run((db) =>
    db.select({ stateHash: attempts.stateHash }).from(attempts).where(ne(attempts.keyId, newest)),
  );
  for (const { stateHash } of oldAttempts) await step((tx) => resealAttempt(tx, keys, stateHash));
  return { resealed, unreadable };
}

/** Whether every row is sealed with the ring's newest key. */
export async function isRotated(database: Database, keys: KeyRing): Promise<boolean> {
  const old = await Promise.all([
    database.run((db) => db.select({ id: links.id }).from(links).where(ne(links.keyId, keys.newest)).limit(1)),
    database.run((db) =>
      db.select({ id: attempts.stateHash }).from(attempts).where(ne(attempts.keyId, keys.newest)).limit(1),
    ),
  ]);
  return old.flat().length === 0;
}

/** False: the row has gone. */
async function resealLink(tx: Db, keys: KeyRing, id: string): Promise<boolean> {
  const [row] = await tx.select().from(links).where(eq(links.id, id)).for("update");
  if (!row) return false;
  const { keyId } = row;
  const identity = linkIdentity(id);
  const access = keys.reseal({ keyId, bytes: row.accessToken }, identity.accessToken);
  const refresh = row.refreshToken && keys.reseal({ keyId, bytes: row.refreshToken }, identity.refreshToken);
  await tx
    .update(links)
    .set({ accessToken: access.bytes, refreshToken: refresh?.bytes ?? null, keyId: access.keyId })
    .where(eq(links.id, id));
  return true;
}

/** False: the row has gone. */
async function resealAttempt(tx: Db, keys: KeyRing, stateHash: string): Promise<boolean> {
  const [row] = await tx.select().from(attempts).where(eq(attempts.stateHash, stateHash)).for("update");
  if (!row) return false;
  const { keyId } = row;
  const identity = attemptIdentity(stateHash);
  const name = keys.reseal({ keyId, bytes: row.discordName }, identity.discordName);
  const token = keys.reseal({ keyId, bytes: row.interactionToken }, identity.interactionToken);
  await tx
    .update(attempts)
    .set({ discordName: name.bytes, interactionToken: token.bytes, keyId: token.keyId })
    .where(eq(attempts.stateHash, stateHash));
  return true;
}
