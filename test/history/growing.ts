import type { Database } from "../../src/store/database.js";
import type { CharacterReading, Figures } from "../../src/store/index.js";
import { HistoryStore } from "../../src/store/history/history-store.js";
import { claim, pass, reading } from "../store/history/days.js";

/** What a reading showed; undefined: it failed. */
type Seen = Readonly<Record<string, number>> | "hidden" | "missing" | undefined;

export interface Grown {
  /** The name of the API. */
  readonly source: string;
  readonly region: string;
  /** The clan that these people keep. */
  readonly clanId?: string;
  readonly keepers?: readonly string[];
  /** Whose characters they are, with `history: on`. */
  readonly personId?: string;
  /** By name: a UUID (default: "id-" and the name), and the last days, one reading a day; the last one is of now. */
  readonly characters: Readonly<Record<string, { readonly id?: string; readonly days: readonly Seen[] }>>;
  /** Of statistics that are no INTEGER. */
  readonly types?: Readonly<Record<string, string>>;
  /** The clan's days, likewise. */
  readonly clan?: readonly { readonly members: number; readonly level: number; readonly levelPoints: number }[];
}

/**
 * Puts a past into a database, as if it had been read day by day until now. What else is in it is moved into the past alike.
 * Nothing is due afterwards.
 */
export async function grow(database: Database, grown: Grown): Promise<void> {
  const { source, region, clanId, keepers = ["7"], personId, characters, types = {}, clan = [] } = grown;
  const store = new HistoryStore(database, source);
  if (clanId !== undefined) for (const keeper of keepers) await store.keeping.keep(region, clanId, keeper);
  if (personId !== undefined) await store.keeping.setConsent(personId, true);
  const lists = Object.values(characters).map(({ days }) => days.length);
  const length = Math.max(clan.length, ...lists);
  const members = { characters: Object.keys(characters).map((name) => ({ region, name })), whole: true };
  const asFigures = (values: Readonly<Record<string, number>>): Figures =>
    new Map(Object.entries(values).map(([id, value]) => [id, { type: types[id] ?? "INTEGER", value }]));

  for (let left = length; left > 0; left -= 1) {
    const next = { inMs: left > 1 ? 0 : 86_400_000 };
    const lease = `grown-${left}`;
    const rosters = (await store.rosters.claim(claim(lease, { perMinute: Infinity }))).claimed;
    for (const { id } of rosters) {
      await store.rosters.commit({ id, lease, next, members, clan: clan[clan.length - left] });
    }
    const readings: CharacterReading[] = [];
    for (const character of (await store.characters.claim(claim(lease, { perMinute: Infinity }))).claimed) {
      const { id = `id-${character.name}`, days = [] } = characters[character.name] ?? {};
      const seen = days[days.length - left];
      const known = typeof seen === "object" ? asFigures(seen) : seen;
      readings.push({ ...(await reading(store, character, known, id)), next });
    }
    await store.characters.commit(readings);
    if (left > 1) await pass(database, 1);
  }
}
