import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database, Db } from "../database.js";
import { rowsOf } from "../rows.js";
import { lockNumbers, nextNumber, nameKey } from "./names.js";
import type { ClaimedCharacter, Figures } from "./records.js";
import type { Statistics } from "./statistics.js";

/** "objected": its player objects, and nothing is kept; "lost": somebody else has it now. */
export type Identified = { readonly number: number; readonly figures: Figures | undefined } | "objected" | "lost";

const row = z.object({
  number: z.number(),
  present: z.instanceof(Uint8Array).nullable(),
  figures: z.instanceof(Uint8Array).nullable(),
});

/** See `Characters.identify`. */
export async function identify(
  database: Database,
  source: string,
  statistics: Statistics,
  { number, lease, region, characterId, name, figures }: ClaimedCharacter,
  profile: { readonly id: string; readonly name: string },
): Promise<Identified> {
  if (characterId === profile.id) return { number, figures };
  const found = await database.transaction(async (tx) => {
    await lockNumbers(tx);
    const ours = await rowsOf(
      tx,
      sql`select number from history_characters where number = ${number} and lease = ${lease} for update`,
      z.object({ number: z.number() }),
    );
    if (ours.length === 0) return "lost";
    if (await isObjected(tx, source, region, profile)) {
      await tx.execute(sql`delete from history_characters where source = ${source} and region = ${region}
        and (number = ${number} and character_id is null or character_id = ${profile.id})`);
      await freeName(tx, number);
      return "objected";
    }
    const ofProfile = sql`select number, present, figures from history_characters
      where source = ${source} and region = ${region} and character_id = ${profile.id} for update`;
    const [other] = await rowsOf(tx, ofProfile, row);
    if (!other && characterId === null) {
      await tx.execute(sql`update history_characters set character_id = ${profile.id} where number = ${number}`);
      return { number, present: null, figures: null };
    }
    const into = other?.number ?? (await nextNumber(tx));
    if (characterId !== null) await freeName(tx, number);
    if (!other) {
      await tx.execute(sql`insert into history_characters (number, source, region, character_id, name, due_at, failures)
        values (${into}, ${source}, ${region}, ${profile.id}, ${name}, now(), 0)`);
    }
    await tx.execute(sql`insert into history_members (roster_id, character, seen_at)
      select roster_id, ${into}::int, seen_at from history_members where character = ${number} on conflict do nothing`);
    await tx.execute(sql`delete from history_members where character = ${number}`);
    if (characterId === null) await tx.execute(sql`delete from history_characters where number = ${number}`);
    await tx.execute(sql`update history_characters set name = ${name}, name_key = ${nameKey(name)}, lease = ${lease},
      unwanted_since = null, due_at = now() where number = ${into}`);
    return { number: into, present: other?.present ?? null, figures: other?.figures ?? null };
  });
  if (typeof found === "string") return found;
  const { present, figures: packed } = found;
  return {
    number: found.number,
    figures: present && packed ? await statistics.unpack({ changed: present, figures: packed }) : undefined,
  };
}

/** The objection goes on under the name that the character has now. */
async function isObjected(tx: Db, source: string, region: string, { id, name }: { id: string; name: string }) {
  const query = sql`update history_objections set name = ${name}, name_key = ${nameKey(name)}
    where source = ${source} and region = ${region} and character_id = ${id} returning 1`;
  return (await rowsOf(tx, query, z.unknown())).length > 0;
}

/** Nobody knows what the character is called now: it is read again when a list tells. */
async function freeName(tx: Db, number: number): Promise<void> {
  await tx.execute(
    sql`update history_characters set name_key = null, lease = null, leased_until = null where number = ${number}`,
  );
}
