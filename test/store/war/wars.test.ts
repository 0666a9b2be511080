import { describe, expect, test } from "vitest";
import type { GivenAnswer } from "../../../src/store/index.js";
import { HOUR_MS, MINUTE_MS, systemClock } from "../../../src/time.js";
import { Wars } from "../../../src/war/index.js";
import { pass } from "../../war/passing.js";
import { terms } from "../../war/terms.js";
import { engines, workbench } from "../engines.js";

const answer = (personId: string, given: GivenAnswer["answer"] = "yes", reason: string | null = null): GivenAnswer => ({
  ...{ personId, name: `Person ${personId}`, character: null, answer: given, reason },
});

describe.each(engines)("on $name", (engine) => {
  const bench = workbench(engine);
  const open = (store = bench.store()) => {
    const { watches, outbox } = store.watching("production");
    const rows = store.warring("production");
    return { rows, store, wars: new Wars({ store: rows, watches, outbox, clock: systemClock }) };
  };
  const scheduled = async (changes = {}) => {
    const place = open();
    const added = await place.wars.add("9", "1", terms(changes));
    if (added.kind !== "added") throw new Error("there are too many");
    const [war] = await place.wars.next("9", 1);
    return { ...place, schedule: added.schedule, war: war! };
  };

  test("wars lie ahead as the schedule says, before anything is kept of them", async () => {
    const { wars, schedule } = await scheduled();
    const next = await wars.next("9", 5);
    expect(next.map(({ state }) => state)).toEqual(Array(5).fill("planned"));
    expect(next[0]!.startsAt).toEqual(schedule.next);
    expect(await wars.war(next[3]!.id, "9")).toEqual(next[3]);
    expect(await wars.war(next[3]!.id, "8")).toBeUndefined();
    expect(await wars.war("nonsense", "9")).toBeUndefined();
    expect(await wars.war(`${schedule.id}-aaaaa`, "9")).toBeUndefined();
  });

  test("people answer until it begins, also before it is announced, each once", async () => {
    const { wars, war, schedule } = await scheduled();
    expect(await wars.signUp(war.id, "9", answer("1"))).toMatchObject({ kind: "done" });
    await Promise.all([
      wars.signUp(war.id, "9", answer("2", "late")),
      open(bench.elsewhere()).wars.signUp(war.id, "9", answer("3", "no", "ill")),
    ]);
    const changed = await wars.signUp(war.id, "9", answer("1", "late"));
    expect(changed).toMatchObject({ kind: "done", roll: { war: { state: "planned", revision: 4 } } });
    const signUps = changed.kind === "done" ? changed.roll.signUps : [];
    expect(new Map(signUps.map(({ personId, answer: said, reason }) => [personId, [said, reason]]))).toEqual(
      new Map([
        ["1", ["late", null]],
        ["2", ["late", null]],
        ["3", ["no", "ill"]],
      ]),
    );
    expect(await wars.signUp(war.id, "8", answer("4"))).toEqual({ kind: "gone" });
    await pass(bench.database, schedule.id, war.startsAt.getTime() - Date.now() + 1_000);
    expect(await wars.signUp(war.id, "9", answer("4"))).toMatchObject({ kind: "closed" });
  });

  test("a war that is cancelled takes nobody until it is restored", async () => {
    const { wars, war, schedule } = await scheduled();
    expect(await wars.cancel(war.id, "9")).toMatchObject({ id: war.id, state: "cancelled" });
    expect(await wars.signUp(war.id, "9", answer("1"))).toMatchObject({ kind: "cancelled" });
    expect((await wars.schedule(schedule.id, "9"))!.next!.getTime()).toBeGreaterThan(war.startsAt.getTime());
    expect((await wars.next("9", 2)).map(({ state }) => state)).toEqual(["cancelled", "planned"]);
    expect(await wars.restore(war.id, "8")).toBeUndefined();
    expect(await wars.restore(war.id, "9")).toMatchObject({ state: "planned" });
    expect(await wars.restore(war.id, "9")).toBeUndefined();
    expect(await wars.signUp(war.id, "9", answer("1"))).toMatchObject({ kind: "done" });
  });

  test("who is in a squad is in no other, and leaves it with a no", async () => {
    const { wars, war } = await scheduled();
    await wars.addSquad(war.id, "9", "Alpha");
    const two = (await wars.addSquad(war.id, "9", "Bravo"))!;
    const [alpha, bravo] = two.squads;
    await wars.setSquad(war.id, "9", alpha!.id, ["1", "2", "2"]);
    const members = async () => (await wars.roll(war.id, "9"))!.squads.map((squad) => [squad.name, squad.members]);
    expect(await wars.setSquad(war.id, "9", bravo!.id, ["2", "3"])).toMatchObject({ war: { id: war.id } });
    expect(await members()).toEqual([
      ["Alpha", ["1"]],
      ["Bravo", ["2", "3"]],
    ]);
    await wars.signUp(war.id, "9", answer("3", "no"));
    await wars.setSquad(war.id, "9", null, ["1"]);
    await wars.renameSquad(war.id, "9", alpha!.id, "Anton");
    expect(await members()).toEqual([
      ["Anton", []],
      ["Bravo", ["2"]],
    ]);
    await wars.removeSquad(war.id, "9", bravo!.id);
    expect(await members()).toEqual([["Anton", []]]);
    expect(await wars.setSquad(war.id, "9", bravo!.id, ["1"])).toBeUndefined();
    expect(await wars.addSquad(war.id, "8", "Theirs")).toBeUndefined();
  });

  test("a changed schedule takes announced wars along, and cancels those of days that it does not have any more", async () => {
    const { wars, rows, war, schedule } = await scheduled();
    await rows.wars.announce({ guildId: "9", scheduleId: schedule.id }, [war]);
    const later = terms({ at: 1_260, title: "Later" });
    await wars.change(schedule.id, "9", later);
    expect(await wars.war(war.id, "9")).toMatchObject({
      ...{ startsAt: new Date(war.startsAt.getTime() + HOUR_MS), endsAt: new Date(war.endsAt.getTime() + HOUR_MS) },
      ...{ state: "open", terms: later },
    });
    // The day has one war, under the name that it was announced with.
    const [first, second] = await wars.next("9", 2);
    expect(first!.id).toBe(war.id);
    expect(second!.startsAt.getTime() - first!.startsAt.getTime()).toBeGreaterThan(20 * HOUR_MS);
    const day = ((first!.startsAt.getUTCDay() + 1) % 7) + 1;
    await wars.change(schedule.id, "9", terms({ days: [day] }));
    expect(await wars.war(war.id, "9")).toMatchObject({ state: "cancelled" });
    expect(await wars.change(schedule.id, "8", later)).toBeUndefined();
  });

  test("a schedule that goes takes the wars along that have not begun, and leaves those that were", async () => {
    const { wars, rows, war, schedule } = await scheduled();
    await rows.wars.announce({ guildId: "9", scheduleId: schedule.id }, [war]);
    await wars.signUp(war.id, "9", answer("1"));
    await pass(bench.database, schedule.id, war.endsAt.getTime() - Date.now() + MINUTE_MS);
    await rows.wars.is(war.id, "over");
    const [, ahead] = await wars.next("9", 2);
    await wars.signUp(ahead!.id, "9", answer("1"));
    expect(await wars.remove(schedule.id, "8")).toBe(false);
    expect(await wars.remove(schedule.id, "9")).toBe(true);
    expect(await wars.schedules("9")).toEqual([]);
    expect((await wars.past("9", 5)).map(({ id }) => id)).toEqual([war.id]);
    expect(await wars.war(ahead!.id, "9")).toMatchObject({ state: "cancelled" });
    expect((await wars.stats("9", new Date(0))).people).toMatchObject([{ personId: "1", wars: 1, yes: 1, unknown: 1 }]);
  });

  test("excuses are those of the wars that begin while they last", async () => {
    const { wars, war } = await scheduled();
    const from = new Date(Date.now() - HOUR_MS);
    const given = { personId: "4", name: "Four", reason: "away", by: "1" };
    const excuse = await wars.excuse("9", { ...given, from, until: new Date(war.startsAt.getTime() + 1) });
    await wars.excuse("9", { ...given, personId: "5", from, until: war.startsAt });
    await wars.signUp(war.id, "9", answer("1"));
    expect((await wars.roll(war.id, "9"))!.excused).toEqual([excuse]);
    expect((await wars.attendance(war.id, "9"))!.people).toMatchObject([
      { personId: "1", verdict: "unknown" },
      { personId: "4", verdict: "excused", excuse },
    ]);
    expect(await wars.removeExcuse(excuse.id, "8")).toBe(false);
    expect(await wars.removeExcuse(excuse.id, "9")).toBe(true);
    expect(await wars.excuses("9")).toMatchObject([{ personId: "5" }]);
  });

  test("what an officer says holds until it is taken back", async () => {
    const { wars, war } = await scheduled();
    await wars.signUp(war.id, "9", answer("1", "no"));
    const said = { verdict: "present", reason: "played with us", by: "7" } as const;
    const corrected = await wars.correct(war.id, "9", [{ personId: "1", name: "One" }], said);
    expect(corrected!.people).toMatchObject([{ verdict: "present", correction: said, answer: "no" }]);
    const back = await wars.correct(war.id, "9", [{ personId: "1", name: "One" }], null);
    expect(back!.people).toMatchObject([{ verdict: "absent", correction: null }]);
    expect(await wars.correct(war.id, "8", [{ personId: "1", name: "One" }], said)).toBeUndefined();
  });

  test("whoever deletes what is kept about them is in no war any more, also as the officer who wrote something down", async () => {
    const { wars, war, store } = await scheduled();
    await wars.signUp(war.id, "9", answer("2"));
    await wars.signUp(war.id, "9", answer("3"));
    const said = { verdict: "absent", reason: null, by: "2" } as const;
    await wars.correct(war.id, "9", [{ personId: "3", name: "Three" }], said);
    expect(Object.keys(await store.personal.export("2"))).toEqual(["war_sign_ups"]);
    await store.personal.delete("2");
    expect((await wars.attendance(war.id, "9"))!.people).toMatchObject([
      { personId: "3", correction: { verdict: "absent", by: null } },
    ]);
  });

  test("there are never more schedules than the limit", async () => {
    const { wars } = open();
    const added = await Promise.all(Array.from({ length: 22 }, (_, n) => wars.add("9", "1", terms({ at: n }))));
    expect(added.filter(({ kind }) => kind === "added")).toHaveLength(20);
    expect(added.find(({ kind }) => kind === "limit")).toEqual({ kind: "limit", limit: 20 });
  });
});
