import { API, Token, TokenType } from "@zonewire/stalcraft";
import { landmarks } from "@zonewire/sandbox/game";
import { sql } from "drizzle-orm";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { History } from "../../src/history/index.js";
import { HistoryReader } from "../../src/history/reading/reader.js";
import type { Database } from "../../src/store/database.js";
import type { HistoryStore } from "../../src/store/index.js";
import { KeyRing } from "../../src/store/index.js";
import { rowsOf } from "../../src/store/rows.js";
import { Store } from "../../src/store/store.js";
import { readMembersWith } from "../../src/zonewire/history.js";
import { ClansOfLinks } from "../../src/watch/roster/clans-of-links.js";
import { Readers } from "../../src/watch/roster/readers.js";
import { DAY_MS, systemClock } from "../../src/time.js";
import { DAY, inPlace, link, WatchedClock, wren, type Place } from "../accounts/place.js";
import { pass } from "../store/history/days.js";
import { borrowDatabase } from "../store/shared.js";

const { leader, alt, loner, hidden } = landmarks.characters;
const SOURCE = "simulator";
/** After so many days everything is due again: each is read at its own time of the day. */
const NEXT_DAY = 1.25;

interface Reading extends Place {
  readonly database: Database;
  readonly history: History;
  readonly kept: HistoryStore;
  readonly roster: ReturnType<Place["simulator"]["roster"]>;
  readonly outcomes: string[];
  readonly warnings: string[];
  /** Another process. */
  readonly reader: () => HistoryReader;
  /** Reads all that is due, however many minutes that takes. */
  readonly readAll: (reader?: HistoryReader) => Promise<void>;
  /** What the client has the API rest for after failures is over. */
  readonly restsOver: () => void;
  /** So many days go by, for the game and for the database. */
  readonly days: (count: number) => Promise<void>;
}

/** The busy clan of the simulated game; Wren has linked its leader's account. */
async function inGame(test: (place: Reading) => Promise<void>): Promise<void> {
  const { database, giveBack } = await borrowDatabase();
  onTestFinished(giveBack);
  const clock = new WatchedClock();
  const store = new Store(database, KeyRing.parse(KeyRing.newKey()), clock);
  await inPlace({ store, clock }, { game: { tokenLifetime: 1_000 * DAY_MS } }, async (place) => {
    const { simulator, accounts } = place;
    await link(place);
    const tokens = new Token(simulator.credentials.appToken, TokenType.APPLICATION);
    let aheadMs = 0;
    const apiClock = { ...systemClock, now: () => systemClock.now() + aheadMs };
    const api = new API({ server: simulator.apiUrl, tokens, cache: false, tryTimeout: 20_000, clock: apiClock });
    const clansOfLinks = new ClansOfLinks({ store, clock, onFailure: (error) => place.failures.push(error) });
    const kept = store.history(SOURCE);
    const [outcomes, warnings]: [string[], string[]] = [[], []];
    const log = {
      debug: () => undefined,
      info: () => undefined,
      warn: (_fields: object, text: string) => void warnings.push(text),
    };
    const reader = () =>
      new HistoryReader({
        ...{ store: kept, api, accounts, clock, log },
        readMembers: readMembersWith(new Readers({ api, accounts, store, clansOfLinks })),
        observer: { snapshot: (outcome) => void outcomes.push(outcome) },
      });
    const days = async (count: number) => {
      await pass(database, count);
      clock.advance(count * DAY);
    };
    const mine = reader();
    try {
      await test({
        ...{ ...place, database, kept, outcomes, warnings, reader, days },
        history: new History(kept),
        roster: simulator.roster("RU"),
        restsOver: () => void (aheadMs += DAY_MS),
        async readAll(one = mine) {
          one.wake();
          for (let rounds = 0; rounds < 40; rounds++) {
            await one.round();
            if ((await kept.archive.queue()).waiting === 0) return;
            // The share of a minute is spent.
            await pass(database, 1 / 1_440);
          }
          throw new Error("it never ends");
        },
      });
    } finally {
      await api.close();
    }
  });
}

describe("the history", () => {
  test("of a clan's members is read day by day, with what grew; hidden ones are told as such", () =>
    inGame(async ({ history, roster, readAll, days, simulator, outcomes }) => {
      const names = roster.members().map(({ character }) => character.name);
      const [, second, third] = names;
      await history.keep("RU", roster.clanId, wren.discordId);
      await readAll();
      expect(outcomes).toHaveLength(names.length);
      expect(new Set(outcomes)).toEqual(new Set(["first"]));

      await days(NEXT_DAY);
      simulator.hideProfile("RU", second!);
      await readAll();
      simulator.setBackProfile("RU", third!);
      await days(NEXT_DAY);
      await readAll();
      expect(new Set(outcomes)).toContain("changed");

      const grown = await history.growth("RU", names, "pla-tim", 30);
      const of = (name?: string) => grown.find((one) => one.name === name);
      const [best] = grown.filter(({ fellAt }) => !fellAt).sort((one, other) => other.growth - one.growth);
      expect(best!.growth).toBeGreaterThan(0);
      expect(best!.growth).toBeLessThan(3 * DAY_MS);
      const progress = await history.progress("RU", best!.name, 30);
      expect(progress).toMatchObject({ name: best!.name, shared: false, clans: [roster.clanId], gaps: [] });
      const time = progress?.stats.find(({ id }) => id === "pla-tim");
      expect(time).toMatchObject({ type: "DURATION", fellAt: undefined, growth: best!.growth });
      expect(progress?.stats.some(({ type }) => type === "DATE")).toBe(false);
      const series = progress!.series("pla-tim");
      expect(series.at(-1)!.value - series[0]!.value).toBe(best!.growth);
      // It was seen once, and is hidden since.
      expect(of(second)).toBeUndefined();
      expect(await history.progress("RU", second!, 30)).toMatchObject({ gaps: [{ reason: "hidden" }] });
      expect(of(third)!.growth).toBeLessThanOrEqual(of(third)!.last);
      expect(of(third)!.fellAt).toBeDefined();

      const clan = await history.clanSeries("RU", roster.clanId, 30);
      expect(clan.map(({ members }) => members)).toEqual([names.length, names.length, names.length]);
      expect(clan[2]!.levelPoints).toBeGreaterThan(clan[0]!.levelPoints);
      const logins = await history.lastLogins("RU", names);
      expect(logins).toHaveLength(names.length);
    }));

  test("of a person who agreed holds all of their characters, under their names of today", () =>
    inGame(async ({ history, readAll, days, roster, outcomes, simulator }) => {
      await history.setConsent(wren.discordId, true);
      // EXBO took the token back before its time: there is another one at once.
      simulator.faults.add({ kind: "status", status: 401 }, { path: "/characters", times: 1 });
      await readAll();
      expect(await history.progress("EU", alt, 7)).toMatchObject({ shared: true, clans: [] });
      expect(outcomes).toHaveLength(8);
      await days(NEXT_DAY);
      roster.rename(leader, "Pine_Marten");
      await readAll();
      const renamed = await history.progress("RU", "Pine_Marten", 7);
      expect(renamed?.from).not.toEqual(renamed?.until);
      expect(await history.progress("RU", leader, 7)).toBeUndefined();
      await history.setConsent(wren.discordId, false);
      expect(await history.progress("RU", "Pine_Marten", 7)).toBeUndefined();
    }));

  test("has a gap where the API was away, and no zeros; it goes on by itself", () =>
    inGame(async ({ history, roster, readAll, days, restsOver, simulator, reader, warnings }) => {
      await history.keep("RU", roster.clanId, wren.discordId);
      await readAll();
      await days(3);
      const stop = simulator.faults.add({ kind: "status", status: 500 });
      const mine = reader();
      for (const ms of [30_000, 60_000, 120_000]) expect(await mine.round()).toBe(ms);
      expect(warnings).toHaveLength(1);
      stop();
      restsOver();
      await readAll(mine);
      const progress = await history.progress("RU", leader, 30);
      expect(progress?.gaps).toMatchObject([{ reason: "unread" }]);
      for (const { first, last } of progress?.stats ?? []) expect(last).toBeGreaterThanOrEqual(first);
    }));

  test("is read once by two processes, and by the other one where the first was killed", () =>
    inGame(async ({ history, roster, reader, readAll, outcomes, kept }) => {
      await history.keep("RU", roster.clanId, wren.discordId);
      await Promise.all([readAll(reader()), readAll(reader())]);
      const names = roster.members().map(({ character }) => character.name);
      expect(outcomes).toHaveLength(names.length);
      expect(await kept.archive.lastLogins("RU", names)).toHaveLength(names.length);
    }));

  test("has the clan's own figures where the operator's key for the account is missing, and goes on with the key", () =>
    inGame(async ({ history, roster, readAll, days, database, failures }) => {
      const underKey = (id: string) =>
        database.run((db) => db.execute(sql`update links set key_id = ${id} returning 1`));
      const [{ keyId } = { keyId: "" }] = await database.run((db) =>
        rowsOf(db, sql`select key_id as "keyId" from links`, z.object({ keyId: z.string() })),
      );
      await history.keep("RU", roster.clanId, wren.discordId);
      await history.setConsent(wren.discordId, true);
      await underKey("gone");
      await readAll();
      expect(await history.clanSeries("RU", roster.clanId, 30)).toMatchObject([{ members: roster.members().length }]);
      expect(await history.progress("RU", leader, 7)).toBeUndefined();
      await underKey(keyId);
      await days(NEXT_DAY);
      await readAll();
      expect(await history.progress("RU", leader, 7)).toBeDefined();
      expect(await history.clanSeries("RU", roster.clanId, 30)).toHaveLength(2);
      expect(failures).toEqual([]);
    }));

  test("is not kept of who objects; where lists lie, nobody is lost", () =>
    inGame(async ({ history, roster, readAll, days, simulator, outcomes, kept }) => {
      await history.keep("RU", roster.clanId, wren.discordId);
      roster.join(loner);
      await readAll();
      const past = await kept.archive.past("RU", loner, 7);
      expect(past).toBeDefined();
      const { character } = roster.members().find((one) => one.character.name === loner)!;
      await history.object("RU", character.id, loner);
      outcomes.length = 0;
      await days(NEXT_DAY);
      const stop = simulator.faults.add({ kind: "short", missing: 9 }, { path: "/members" });
      await readAll();
      stop();
      expect(outcomes).toHaveLength(roster.members().length - 1);
      expect(await history.progress("RU", loner, 7)).toBeUndefined();
      await days(NEXT_DAY);
      roster.rename(loner, "Grey_Heron");
      await readAll();
      expect(outcomes).toContain("objected");
      expect(await history.progress("RU", "Grey_Heron", 7)).toBeUndefined();
    }));

  test("tells a profile that is always hidden from a name that nobody has", () =>
    inGame(async ({ history, roster, readAll, outcomes, simulator }) => {
      await history.keep("RU", roster.clanId, wren.discordId);
      roster.join(hidden);
      const gone = roster.members().at(-2)!.character.name;
      const stop = simulator.faults.add(
        { kind: "status", status: 404 },
        { path: `/${encodeURIComponent(gone)}/profile` },
      );
      await readAll();
      stop();
      expect(outcomes.filter((one) => one !== "first").sort()).toEqual(["hidden", "missing"]);
      expect(await history.progress("RU", hidden, 7)).toBeUndefined();
    }));
});
