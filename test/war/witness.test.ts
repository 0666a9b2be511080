import { API, Token, TokenType } from "@zonewire/stalcraft";
import { GameSimulator, landmarks } from "@zonewire/sandbox/game";
import { expect, onTestFinished, test } from "vitest";
import { KeyRing, type WarStore } from "../../src/store/index.js";
import { Store } from "../../src/store/store.js";
import { MINUTE_MS, systemClock } from "../../src/time.js";
import type { VoicePlace, War } from "../../src/war/index.js";
import { readRoll } from "../../src/war/war.js";
import { Witness } from "../../src/war/witness.js";
import { borrowDatabase } from "../store/shared.js";
import { pass } from "./passing.js";
import { terms } from "./terms.js";

const { leader, hidden, loner } = landmarks.characters;
const region = "RU";
const PLACE = { guildId: "9", scheduleId: "a" };
/** Of the clan, with an answer, and in a squad. */
const ALL = ["1", "2", "3", "5", "6"];
const { signal } = new AbortController();

interface Field {
  readonly store: WarStore;
  readonly game: GameSimulator;
  readonly witness: Witness;
  /** Where people are in voice, as Discord tells it; of others it does not. */
  readonly places: Map<string, VoicePlace>;
  /** Whom Discord was asked for. */
  readonly asked: string[];
  readonly war: () => Promise<War>;
  readonly pass: (minutes: number) => Promise<void>;
  /** Looks into voice, `ago` minutes after the look before; undefined: the first time. */
  readonly look: (ago?: number) => Promise<void>;
  readonly readLogins: () => Promise<boolean>;
  /** Of the game's API, whose profiles were read. */
  readonly profiles: () => readonly string[];
}

/** A war of an hour that begins now; the characters belong to people, each to the one whose place in the list it is. */
async function onField(
  {
    changes = {},
    characters = [leader, hidden, "Nobody_At_All"],
  }: { changes?: object; characters?: readonly string[] },
  test: (field: Field) => Promise<void>,
): Promise<void> {
  const { database, giveBack } = await borrowDatabase();
  onTestFinished(giveBack);
  const whole = new Store(database, KeyRing.parse(KeyRing.newKey()), systemClock);
  const store = whole.warring("production");
  const game = await GameSimulator.start();
  onTestFinished(() => game.close());
  const tokens = new Token(game.credentials.appToken, TokenType.APPLICATION);
  const api = new API({ server: game.apiUrl, tokens, cache: false, tryTimeout: 20_000, attempts: 1 });
  onTestFinished(() => api.close());
  const roles = whole.roles("production");
  for (const [index, name] of characters.entries())
    await roles.match(PLACE.guildId, { region, clanId: "c" }, name, String(index + 1), new Date());
  const [startsAt, endsAt] = [new Date(Date.now() + MINUTE_MS), new Date(Date.now() + 61 * MINUTE_MS)];
  const planned = { id: "a-1", startsAt, endsAt, terms: terms({ region, clanId: "c", ...changes }) };
  await store.wars.announce(PLACE, [planned]);
  // Somebody who is in no clan says no, and somebody is put into a squad.
  const answer = { personId: "5", name: "Five", character: null, answer: "no", reason: null } as const;
  expect(await store.signUps.put("a-1", PLACE.guildId, answer)).toBe("done");
  const of = { warId: "a-1", guildId: PLACE.guildId };
  await store.squads.add(of, "q", "Alpha");
  expect(await store.squads.assign(of, "q", ["6"])).toBe(true);
  await pass(database, PLACE.scheduleId, MINUTE_MS + 1_000);
  const places = new Map<string, VoicePlace>();
  const asked: string[] = [];
  const voice = (guildId: string, personId: string) => {
    asked.push(personId);
    return Promise.resolve(guildId === PLACE.guildId ? (places.get(personId) ?? "unknown") : "unknown");
  };
  const witness = new Witness({ store, api, voice });
  const war = async () => {
    const roll = readRoll((await store.wars.evidence("a-1"))!);
    if (!roll) throw new Error("the war cannot be read");
    return roll.war;
  };
  await test({
    ...{ store, game, witness, places, asked, war },
    pass: (minutes) => pass(database, PLACE.scheduleId, minutes * MINUTE_MS),
    look: async (ago) => {
      const now = Date.now();
      await witness.lookIntoVoice(await war(), ago === undefined ? undefined : now - ago * MINUTE_MS, now, signal);
    },
    readLogins: async () => witness.readLogins(await war(), Date.now(), signal),
    profiles: () =>
      game.requests
        .all()
        .flatMap(({ path }) => /\/character\/by-name\/([^/]+)\/profile$/.exec(path)?.[1] ?? [])
        .map((name) => decodeURIComponent(name))
        .sort(),
  });
}

const evidenceOf = async ({ store }: Field) => (await store.wars.evidence("a-1"))!;
/** `1: there 2 min`, of each stretch that is known. */
const seen = async (field: Field) =>
  (await evidenceOf(field)).voice
    .map(({ personId, present, from, until }) => {
      const minutes = Math.round((until.getTime() - from.getTime()) / MINUTE_MS);
      return `${personId}: ${present ? "there" : "away"} ${minutes} min`;
    })
    .sort();

test("whoever may be there is asked for one by one, and of whom Discord says nothing, nothing is known", () =>
  onField({}, async (field) => {
    const { places, asked } = field;
    places.set("1", { channelId: "77" }).set("2", "out").set("5", { channelId: "78" });
    await field.look();
    await field.pass(2);
    await field.look(2);
    expect(asked.toSorted()).toEqual([...ALL, ...ALL].sort());
    expect(await seen(field)).toEqual(["1: there 2 min", "2: away 2 min", "5: there 2 min"]);
  }));

test("only the channel of the war counts, where it has one", () =>
  onField({ changes: { voiceChannelId: "77" } }, async (field) => {
    field.places.set("1", { channelId: "77" }).set("2", { channelId: "78" });
    await field.look();
    expect(await seen(field)).toEqual(["1: there 0 min", "2: away 0 min"]);
  }));

test("of what was between two looks that are far apart nothing is said", () =>
  onField({}, async (field) => {
    field.places.set("1", { channelId: "77" });
    await field.look();
    await field.pass(5);
    await field.look(5);
    expect(await seen(field)).toEqual(["1: there 0 min", "1: there 0 min"]);
  }));

test("nobody is asked for while all of the server is followed, and everybody again once it is not", () =>
  onField({}, async (field) => {
    await field.store.presence.sawVoice({ warId: "a-1", sinceMs: 0, people: [], whole: true });
    await field.pass(1);
    await field.look();
    expect(field.asked).toEqual([]);
    await field.pass(1);
    await field.look();
    expect(field.asked.toSorted()).toEqual(ALL);
  }));

test("a look that is called off asks for nobody more, and says nothing of those", () =>
  onField({}, async (field) => {
    await field.witness.lookIntoVoice(await field.war(), undefined, Date.now(), AbortSignal.abort());
    expect(field.asked).toEqual([]);
    expect(await seen(field)).toEqual([]);
  }));

test("logins are read once while it runs, not before ten minutes have passed, and once after it", () =>
  onField({}, async (field) => {
    const all = [leader, hidden, "Nobody_At_All"].sort();
    expect(await field.readLogins()).toBe(false);
    expect(field.profiles()).toEqual([]);
    await field.pass(11);
    expect(await field.readLogins()).toBe(false);
    expect(field.profiles()).toEqual(all);
    expect(await field.readLogins()).toBe(true);
    expect(field.profiles()).toEqual(all);
    await field.pass(50);
    expect(await field.readLogins()).toBe(false);
    expect(await field.readLogins()).toBe(true);
    expect(field.profiles()).toEqual([...all, ...all].sort());
    const { logins } = await evidenceOf(field);
    expect(logins.map(({ personId, outcome, lastLogin }) => [personId, outcome, lastLogin !== null]).sort()).toEqual([
      ["1", "seen", true],
      ["2", "hidden", false],
      ["3", "gone", false],
    ]);
  }));

test("a profile without a last login is seen, and says nothing", () =>
  onField({ characters: [loner] }, async (field) => {
    await field.pass(11);
    await field.readLogins();
    expect((await evidenceOf(field)).logins).toMatchObject([{ outcome: "seen", lastLogin: null }]);
  }));

test("what the game does not answer is asked once more, and is not known meanwhile", () =>
  onField({ characters: [leader] }, async (field) => {
    const mend = field.game.faults.add({ kind: "status", status: 500 }, { path: "/profile" });
    await field.pass(11);
    expect(await field.readLogins()).toBe(false);
    expect((await evidenceOf(field)).logins).toEqual([]);
    mend();
    expect(await field.readLogins()).toBe(false);
    expect(await field.readLogins()).toBe(true);
    expect((await evidenceOf(field)).logins).toMatchObject([{ personId: "1", outcome: "seen" }]);
  }));

test("one look reads no more than twelve profiles; the next ones read the rest", () =>
  onField({ characters: [...landmarks.flock, leader, loner] }, async (field) => {
    await field.pass(11);
    await field.readLogins();
    expect(field.profiles()).toHaveLength(12);
    expect(await field.readLogins()).toBe(false);
    expect(field.profiles()).toHaveLength(14);
    expect(await field.readLogins()).toBe(true);
  }));

test("a war without a region reads no logins", () =>
  onField({ changes: { region: null, clanId: null } }, async (field) => {
    await field.pass(61);
    expect(await field.readLogins()).toBe(true);
    expect(field.profiles()).toEqual([]);
  }));
