import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../database.js";
import { rowsFrom, rowsOf } from "../rows.js";
import { bytes, hex } from "./characters.js";
import { packFigures, unpackFigures } from "./packed.js";

/** Everything is kept so long, in days. */
export const DAILY_DAYS = 90;
/** After that one snapshot a week is, until this. */
export const KEPT_DAYS = 400;
const WEEK_SECONDS = 7 * 24 * 60 * 60;

interface Kept {
  readonly character: number;
  /** As the database writes it: JavaScript has no microseconds. */
  readonly at: string;
  readonly week: number;
  readonly marks: number;
  readonly changed: Uint8Array;
  readonly figures: Uint8Array;
}

const row = z.object({
  character: z.number(),
  at: z.string(),
  week: z.number(),
  marks: z.number(),
  changed: bytes,
  figures: bytes,
});

/**
 * Thins what is old of these characters: of each week the first snapshot stays, and takes over what later ones of the week hold
 * and it does not, so that the totals of those that stay are what they were. What is marked stays, and what follows it.
 * Returns how many snapshots went.
 */
export async function thin(database: Database, characters: readonly number[]): Promise<number> {
  const given = sql`(select * from ${rowsFrom(
    characters.map((number) => ({ number })),
    "number int",
  )}) given`;
  return database.transaction(async (tx) => {
    // Two do not thin the same at once.
    const held = sql`select c.number from history_characters c join ${given} on given.number = c.number for update of c skip locked`;
    const ours = await rowsOf(tx, held, z.object({ number: z.number() }));
    if (ours.length === 0) return 0;
    const mine = sql`(select * from ${rowsFrom(ours, "number int")}) mine`;
    const over = sql`delete from history_snapshots h using ${mine} where h.character = mine.number
      and h.until < now() - ${KEPT_DAYS} * interval '1 day' returning 1`;
    const gone = (await rowsOf(tx, over, z.unknown())).length;
    const old = sql`with placed as (
        select h.character, h.at, floor(extract(epoch from h.at) / ${WEEK_SECONDS})::int as week
        from history_snapshots h join ${mine} on h.character = mine.number where h.at < now() - ${DAILY_DAYS} * interval '1 day'
      ),
      crowded as materialized (
        select character, at, week from (select placed.*, count(*) over (partition by character, week) as many from placed) counted
        where many > 1
      )
      select h.character, h.at::text as at, h.marks, h.changed, h.figures, crowded.week from history_snapshots h
      join crowded on crowded.character = h.character and crowded.at = h.at order by h.character, h.at`;
    const { merged, dropped } = merge(await rowsOf(tx, old, row));
    if (dropped.length === 0) return gone;
    const changes = merged.map(({ character, at, changed, figures }) => ({
      ...{ character, at, changed: hex(changed), figures: hex(figures) },
    }));
    await tx.execute(sql`update history_snapshots h set changed = decode(given.changed, 'hex'), figures = decode(given.figures, 'hex')
      from ${rowsFrom(changes, "character int, at timestamptz, changed text, figures text")}
      where h.character = given.character and h.at = given.at`);
    const drops = dropped.map(({ character, at }) => ({ character, at }));
    await tx.execute(sql`delete from history_snapshots h using ${rowsFrom(drops, "character int, at timestamptz")}
      where h.character = given.character and h.at = given.at`);
    return gone + dropped.length;
  });
}

/** @param rows of each character the oldest first */
function merge(rows: readonly Kept[]): { readonly merged: readonly Kept[]; readonly dropped: readonly Kept[] } {
  const merged = new Map<Kept, Map<number, number | undefined>>();
  const dropped: Kept[] = [];
  let stays: Kept | undefined;
  for (const next of rows) {
    const joins =
      stays?.character === next.character && stays.week === next.week && stays.marks === 0 && next.marks === 0;
    if (!stays || !joins) {
      stays = next;
      continue;
    }
    const figures = merged.get(stays) ?? unpackFigures(stays);
    for (const [number, value] of unpackFigures(next)) if (!figures.has(number)) figures.set(number, value);
    merged.set(stays, figures);
    dropped.push(next);
  }
  return { merged: [...merged].map(([kept, figures]) => ({ ...kept, ...packFigures(figures) })), dropped };
}
