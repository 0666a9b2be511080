import { describe, expect, test } from "vitest";
import { DAY_MS, MINUTE_MS } from "../../../src/time.js";
import { attendees, readRoll } from "../../../src/war/index.js";
import { pass } from "../../war/passing.js";
import { terms } from "../../war/terms.js";
import { engines, workbench } from "../engines.js";

describe.each(engines)("on $name", (engine) => {
  const bench = workbench(engine);
  const WAR = { warId: "a-1", guildId: "9" };
  /** A war that began just now. */
  const begun = async (changes = {}) => {
    const store = bench.store().warring("production");
    const [startsAt, endsAt] = [new Date(Date.now() - 1_000), new Date(Date.now() + 60 * MINUTE_MS)];
    const planned = { id: WAR.warId, startsAt, endsAt, terms: terms({ stages: 1, ...changes }) };
    await store.wars.announce({ guildId: "9", scheduleId: "a" }, [planned]);
    return store;
  };
  const seen = (sinceMs: number, people: Readonly<Record<string, boolean>>, whole = false) => ({
    ...{ warId: WAR.warId, sinceMs, whole },
    people: Object.entries(people).map(([personId, present]) => ({ personId, present })),
  });

  test("looks that follow each other are one stretch, and a gap between two is known to nobody", async () => {
    const { presence, wars } = await begun();
    const elsewhere = bench.elsewhere().warring("production").presence;
    await presence.sawVoice(seen(0, { 1: true, 2: false }));
    await pass(bench.database, "a", 2 * MINUTE_MS);
    await presence.sawVoice(seen(2 * MINUTE_MS, { 1: true, 2: true }));
    // Nobody looked for five minutes, as after a kill; then somebody else does.
    await pass(bench.database, "a", 5 * MINUTE_MS);
    await elsewhere.sawVoice(seen(0, { 1: true, 2: true }));
    await pass(bench.database, "a", 2 * MINUTE_MS);
    await elsewhere.sawVoice(seen(2 * MINUTE_MS, { 1: true }));
    const minutes = ({ from, until }: { readonly from: Date; readonly until: Date }) =>
      Math.round((until.getTime() - from.getTime()) / MINUTE_MS);
    const { voice } = (await wars.evidence(WAR.warId))!;
    const of = (person: string) =>
      voice.filter((one) => one.personId === person).map((one) => [one.present, minutes(one)]);
    expect(of("1")).toEqual([
      [true, 2],
      [true, 2],
    ]);
    expect(of("2")).toEqual([
      [false, 0],
      [true, 2],
      [true, 0],
    ]);
  });

  test("two that look at once, and one that looks again, count nothing twice", async () => {
    const { presence, wars } = await begun();
    const elsewhere = bench.elsewhere().warring("production").presence;
    await Promise.all([presence.sawVoice(seen(0, { 1: true }, true)), elsewhere.sawVoice(seen(0, { 1: true }, true))]);
    await pass(bench.database, "a", MINUTE_MS);
    for (const one of [presence, elsewhere, presence]) await one.sawVoice(seen(MINUTE_MS, { 1: true }, true));
    const { voice, followed } = (await wars.evidence(WAR.warId))!;
    expect(voice).toHaveLength(1);
    expect(followed).toHaveLength(1);
    const [{ from, until } = { from: new Date(0), until: new Date(0) }] = voice;
    expect(Math.round((until.getTime() - from.getTime()) / MINUTE_MS)).toBe(1);
  });

  test("nothing is seen of a war that has not begun, was cancelled, or is of another API", async () => {
    const store = await begun();
    await store.wars.cancel({ guildId: "9", scheduleId: "a" }, (await store.wars.get(WAR.warId, "9"))!);
    await store.presence.sawVoice(seen(0, { 1: true }, true));
    await bench
      .store()
      .warring("demo")
      .presence.sawVoice(seen(0, { 1: true }, true));
    expect(await store.wars.evidence(WAR.warId)).toMatchObject({ voice: [], followed: [] });
    expect(await store.presence.running()).toEqual([]);
  });

  test("of a character's logins the first and the last that were read are kept", async () => {
    const { presence, wars } = await begun();
    const reading = { personId: "1", character: "Strelok", region: "EU", outcome: "seen" } as const;
    const [first, last] = [new Date(Date.now() - DAY_MS), new Date()];
    await presence.readLogins(WAR.warId, [{ ...reading, lastLogin: first }]);
    await presence.readLogins(WAR.warId, [{ ...reading, lastLogin: last }]);
    await presence.readLogins(WAR.warId, [{ ...reading, outcome: "hidden", lastLogin: null }]);
    expect((await wars.evidence(WAR.warId))!.logins).toMatchObject([
      { personId: "1", outcome: "hidden", firstLogin: first, lastLogin: last },
    ]);
  });

  test("what is seen of somebody after the whole server was followed counts for both", async () => {
    const { presence, wars } = await begun();
    await presence.sawVoice(seen(0, { 1: true }, true));
    await pass(bench.database, "a", 20 * MINUTE_MS);
    await presence.sawVoice(seen(20 * MINUTE_MS, { 1: true }, true));
    const evidence = readRoll((await wars.evidence(WAR.warId))!)!;
    const people = attendees(evidence, [{ personId: "2", name: "Two" }]);
    expect(people.map(({ personId, voice, voiceMinutes }) => [personId, voice, voiceMinutes])).toEqual([
      ["1", "yes", 20],
      ["2", "unknown", 0],
    ]);
  });

  test("wars of more than four hundred days ago are forgotten with all that was kept of them", async () => {
    const { presence, wars } = await begun();
    await presence.sawVoice(seen(0, { 1: true }, true));
    await presence.correct(WAR, [{ personId: "1", name: "One" }], { verdict: "present", reason: null, by: "7" });
    const { upkeep } = bench.store().watching("production");
    await upkeep.forget();
    expect(await wars.get(WAR.warId, "9")).toBeDefined();
    await pass(bench.database, "a", 402 * DAY_MS);
    expect(await upkeep.forget()).toBe(4);
    expect(await wars.get(WAR.warId, "9")).toBeUndefined();
  });
});
