import { sql } from "drizzle-orm";
import { landmarks, World } from "@zonewire/sandbox/game";
import { profileAt } from "../../packages/sandbox/src/game/world/profile.js";
import { KeyRing } from "../../src/store/index.js";
import type { Database } from "../../src/store/database.js";
import { Store } from "../../src/store/store.js";
import { DAY_MS, type Clock } from "../../src/time.js";
import { grow } from "../history/growing.js";
import { borrowDatabase } from "../store/shared.js";

const REGION = "EU";
/** How far the past reaches. */
const DAYS = 30;
const TYPES = { "pla-tim": "DURATION", "par-tim": "DURATION", "dis-on-foo": "DECIMAL" };
/** Those that the pictures show: all of them would take minutes. */
const STATISTICS = new Set(["pla-tim", "kil", "dea", "ast", "npc-kil", "mut-kil", "art-col", "que-fin", "dis-on-foo"]);

/** The store's clock goes so much slower than the machine's: a picture shows the same second each time. */
const SLOWER = 10;

/** An empty store in which it is `now`, and its database. */
export async function storeOfNow(
  now: number,
  clock: Clock,
): Promise<{ readonly database: Database; readonly store: Store }> {
  const { database } = await borrowDatabase();
  await database.run(async (db) => {
    await db.execute(sql`create schema still`);
    const [from, began] = [now, Date.now()].map((ms) => `timestamptz ''${new Date(ms).toISOString()}''`);
    await db.execute(sql`create function still.now() returns timestamptz language sql stable as
      ${sql.raw(`'select ${from} + (pg_catalog.now() - ${began}) / ${SLOWER}'`)}`);
    await db.execute(sql`set search_path = still, public, pg_catalog`);
  });
  return { database, store: new Store(database, KeyRing.parse(KeyRing.newKey()), clock) };
}

/** Those of the busy clan, of the simulated game. */
export function busyClan(now: number) {
  const { population } = new World({ seed: 1, clansPerRegion: 36, lateLots: false }).region(REGION);
  return { population, members: population.rosterAt(landmarks.clans.busy, now).map(({ character }) => character) };
}

/** A store in which it is `now`, where the past of the busy clan was kept, as its members' profiles were in the simulated game. */
export async function storeWithPast(now: number, clock: Clock): Promise<Store> {
  const { database, store } = await storeOfNow(now, clock);
  const { population, members } = busyClan(now);
  const characters = members.map((character) => {
    const days = Array.from({ length: DAYS }, (_, day) => {
      const profile = profileAt(population, character, now - (DAYS - 1 - day) * DAY_MS);
      const stats = profile?.stats.filter(({ id }) => STATISTICS.has(id)) ?? [];
      return profile ? Object.fromEntries(stats.map(({ id, value }) => [id, Number(value)])) : "hidden";
    });
    return [character.name, { id: character.id, days }] as const;
  });
  await grow(database, {
    ...{ source: "simulator", region: REGION, clanId: population.clanId(landmarks.clans.busy), types: TYPES },
    characters: Object.fromEntries(characters),
    clan: Array.from({ length: DAYS }, (_, day) => {
      const { level, levelPoints } = population.clanAt(landmarks.clans.busy, now - (DAYS - 1 - day) * DAY_MS);
      const count = population.rosterAt(landmarks.clans.busy, now - (DAYS - 1 - day) * DAY_MS).length;
      return { members: count, level, levelPoints };
    }),
  });
  return store;
}
