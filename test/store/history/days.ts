import { sql } from "drizzle-orm";
import type { Database } from "../../../src/store/database.js";
import type {
  CharacterReading,
  ClaimedCharacter,
  Figures,
  HistoryStore,
  NamedCharacter,
} from "../../../src/store/index.js";

const MOMENTS = {
  history_characters: ["known_since", "figures_since", "read_at", "due_at", "leased_until", "unwanted_since"],
  history_rosters: ["read_at", "due_at", "leased_until"],
  history_members: ["seen_at"],
  history_keeps: ["kept_at", "refused_since"],
  history_pace: ["since"],
  history_snapshots: ["at", "until"],
};

/** Moves all that is kept so many days into the past, as if these had gone by on the database's clock. */
export async function pass(database: Database, days: number): Promise<void> {
  const ago = sql`${days}::float8 * interval '1 day'`;
  const moved = Object.entries(MOMENTS).map(([table, columns]) => {
    const set = columns.map((name) => sql`${sql.identifier(name)} = ${sql.identifier(name)} - ${ago}`);
    return sql`${sql.identifier(`moved_${table}`)} as (update ${sql.identifier(table)} set ${sql.join(set, sql`, `)})`;
  });
  await database.transaction(async (tx) => {
    await tx.execute(sql`with ${sql.join(moved, sql`, `)} select`);
    // One by one they would meet each other's days.
    await tx.execute(sql`update history_clan_days
      set at = at - ${ago}, day = -floor(extract(epoch from at - ${ago}) / 86400)::int`);
    await tx.execute(sql`update history_clan_days set day = -day where day < 0`);
  });
}

export const claim = (lease: string, { most = 100, perMinute = 10_000, leaseMs = 60_000 } = {}) => ({
  ...{ lease, most, perMinute, leaseMs },
});

export const figures = (values: Readonly<Record<string, number>>): Figures =>
  new Map(Object.entries(values).map(([id, value]) => [id, { type: "INTEGER", value }]));

/** The list of a clan, or of a person, that is due, and what it told. */
export async function told(
  store: HistoryStore,
  names: readonly string[],
  { whole = true, lease = "roster", kind = "clan" }: { whole?: boolean; lease?: string; kind?: "clan" | "person" } = {},
): Promise<void> {
  await store.rosters.ensure();
  const roster = (await store.rosters.claim(claim(lease))).claimed.find((one) => one.kind === kind);
  if (!roster) throw new Error("no list is due");
  const characters: NamedCharacter[] = names.map((name) => ({ region: "EU", name }));
  await store.rosters.commit({ id: roster.id, lease, next: { inMs: 0 }, members: { characters, whole } });
  await store.rosters.giveBack(lease);
}

/** Reads the characters that are due; of each what `see` says: figures, why there are none, or undefined for a failure. */
export async function readAll(
  store: HistoryStore,
  see: (name: string) => Figures | "hidden" | "missing" | undefined,
  lease = "reading",
  idOf: (name: string) => string = (name) => `id-${name}`,
): Promise<string[]> {
  const { claimed } = await store.characters.claim(claim(lease));
  const readings: CharacterReading[] = [];
  for (const character of claimed)
    readings.push(await reading(store, character, see(character.name), idOf(character.name)));
  await store.characters.commit(readings);
  return claimed.map(({ name }) => name).sort();
}

export async function reading(
  store: HistoryStore,
  character: ClaimedCharacter,
  seen: Figures | "hidden" | "missing" | undefined,
  id = `id-${character.name}`,
): Promise<CharacterReading> {
  const { lease, name } = character;
  const base = { number: character.number, lease, next: { inMs: 0 } };
  if (seen === undefined) return { ...base, seen: undefined };
  if (typeof seen === "string") return { ...base, seen: { absence: seen } };
  const known = await store.characters.identify(character, { id, name });
  if (typeof known === "string") return { ...base, number: -1, seen: undefined };
  const values = known.figures && changesBetween(known.figures, seen);
  const fell = [...(known.figures ?? [])].some(([key, { value }]) => (seen.get(key)?.value ?? 0) < value);
  const changed = values && values.size > 0 ? { values, fell } : undefined;
  return { ...base, number: known.number, seen: { name, lastLoginAt: null, figures: seen, changed } };
}

function changesBetween(before: Figures, after: Figures): Map<string, number | undefined> {
  const ids = new Set([...before.keys(), ...after.keys()]);
  const differs = [...ids].filter((id) => before.get(id)?.value !== after.get(id)?.value);
  return new Map(differs.map((id) => [id, before.get(id)?.value]));
}
