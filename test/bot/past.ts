import { landmarks, type GameSimulator } from "@zonewire/sandbox/game";
import { KeyRing, type Figures, type HistoryStore } from "../../src/store/index.js";
import { Store } from "../../src/store/store.js";
import { systemClock } from "../../src/time.js";
import { borrowDatabase } from "../store/shared.js";
import { claim, pass, reading } from "../store/history/days.js";

/** What a profile shows on a day; undefined: nobody reads it. */
export type Seen = Readonly<Record<string, number>> | "hidden" | undefined;

const TYPES: Readonly<Record<string, string>> = { "pla-tim": "DURATION", "dis-on-foo": "DECIMAL" };
const REGION = "EU";
const LEASE = "a day";

/** A store of a bot that answers only: what reads the past day by day does so when a test says it. */
export async function storeWithDays() {
  const { database, giveBack } = await borrowDatabase();
  const store = new Store(database, KeyRing.parse(KeyRing.newKey()), systemClock);
  return { store, giveBack, pass: (days: number) => pass(database, days) };
}

/** Reads lists and profiles of the simulated game as they are wanted, with these figures. */
export async function readDay(
  history: HistoryStore,
  game: GameSimulator,
  see: (name: string) => Seen,
  clan: { readonly members: number; readonly levelPoints: number },
): Promise<void> {
  const { population } = game.world.region(REGION);
  await history.rosters.ensure();
  for (const { id, ...roster } of (await history.rosters.claim(claim(LEASE))).claimed) {
    const names =
      roster.kind === "clan"
        ? population
            .rosterAt(population.findClan(roster.clanId) ?? 0, game.time.now())
            .map(({ character }) => character.name)
        : [landmarks.characters.leader, landmarks.characters.alt];
    await history.rosters.commit({
      ...{ id, lease: LEASE, next: { inMs: 0 } },
      members: { characters: names.map((name) => ({ region: REGION, name })), whole: true },
      ...(roster.kind === "clan" && { clan: { ...clan, level: 3 } }),
    });
  }
  const { claimed } = await history.characters.claim(claim(LEASE, { most: 1_000 }));
  const readings = [];
  for (const character of claimed) {
    const seen = see(character.name);
    const id = population.findCharacter(character.name)?.id;
    readings.push(await reading(history, character, typeof seen === "object" ? figuresOf(seen) : seen, id));
  }
  await history.characters.commit(readings);
}

function figuresOf(values: Readonly<Record<string, number>>): Figures {
  return new Map(Object.entries(values).map(([id, value]) => [id, { type: TYPES[id] ?? "INTEGER", value }]));
}
