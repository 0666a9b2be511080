import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { snapshotMarks, type HistoryStore, type Past } from "../../../src/store/index.js";
import { allowByName, objectByName } from "../../../src/store/history/object-by-name.js";
import { embedded, engines, opened, workbench } from "../engines.js";
import { environmentOf, run } from "../processes.js";
import { claim, figures, pass, readAll, reading, told } from "./days.js";

const said = (past: Past | undefined) =>
  past?.snapshots.map(({ values, marks }) => [Object.fromEntries(values), marks] as const);
const of = (past: Past | undefined) =>
  past && Object.fromEntries([...past.figures].map(([id, { value }]) => [id, value]));

describe.each(engines)("on $name", (engine) => {
  const bench = workbench(engine);
  const store = (): HistoryStore => bench.store().history("production");
  const days = (count: number) => pass(bench.database, count);
  const find = (name: string, here = store()) => here.archive.past("EU", name, 400);
  const kept = async (here: HistoryStore, ...names: readonly string[]) => {
    await here.keeping.keep("EU", "c1", "7");
    await told(here, names);
  };

  test("what was read is read back, day by day; a day without change takes no room", async () => {
    const here = store();
    await kept(here, "Wren", "Robin");
    let day = 0;
    for (const kil of [10, 12, 12, 12, 20]) {
      day += 1;
      const seen = (name: string) => figures(name === "Wren" ? { kil, dea: 3 } : { kil: 1, dea: day });
      expect(await readAll(here, seen)).toEqual(["Robin", "Wren"]);
      await days(1);
    }
    const past = await find("wren");
    expect(past).toMatchObject({ name: "Wren", absence: null, shared: false, clans: ["c1"] });
    expect(said(past)).toEqual([
      [{ kil: 10 }, 0],
      [{ kil: 12 }, 0],
    ]);
    expect(of(past)).toEqual({ kil: 20, dea: 3 });
    const [, second] = past?.snapshots ?? [];
    expect(Number(second?.until) - Number(second?.at)).toBeGreaterThan(1.9 * 86_400_000);
    const spans = await here.archive.spans("EU", ["WREN", "Robin", "nobody"], "kil", 30);
    expect(spans.map(({ name, first, last }) => [name, first, last])).toEqual([
      ["WREN", 10, 20],
      ["Robin", 1, 1],
    ]);
    const short = await here.archive.spans("EU", ["Wren"], "kil", 3.5);
    expect(short.map(({ first, last }) => [first, last])).toEqual([[12, 20]]);
    expect(await here.archive.spans("EU", ["Wren"], "unheard-of", 30)).toEqual([]);
    expect(await bench.store().history("demo").archive.past("EU", "Wren", 30)).toBeUndefined();
  });

  test("a statistic that comes or goes is told from one that is 0", async () => {
    const here = store();
    await kept(here, "Wren");
    for (const seen of [{ kil: 0 }, { kil: 0, dea: 1.5 }, { dea: 1.5 }]) {
      await readAll(here, () => figures(seen));
      await days(1);
    }
    expect(said(await find("Wren"))).toEqual([
      [{ dea: undefined }, 0],
      [{ kil: 0 }, 0],
    ]);
    const [span] = await here.archive.spans("EU", ["Wren"], "dea", 30);
    expect(span).toMatchObject({ first: undefined, last: 1.5 });
  });

  test("a hidden profile is a time of which nothing is known, also where nothing has changed", async () => {
    const here = store();
    await kept(here, "Wren");
    for (const seen of [figures({ kil: 1 }), "hidden", "hidden", figures({ kil: 1 }), "missing"] as const) {
      await readAll(here, () => seen);
      await days(1);
    }
    const past = await find("Wren");
    expect(past?.absence).toBe("missing");
    expect(said(past)).toEqual([[{}, snapshotMarks.hidden]]);
    expect(Number(past?.now) - Number(past?.readAt)).toBeGreaterThan(1.9 * 86_400_000);
  });

  test("what could not be read changes nothing, and comes again", async () => {
    const here = store();
    await kept(here, "Wren");
    await readAll(here, () => figures({ kil: 1 }));
    await readAll(here, () => undefined);
    const [again] = (await here.characters.claim(claim("again"))).claimed;
    expect(again?.failures).toBe(1);
    expect(of(await find("Wren"))).toEqual({ kil: 1 });
  });

  test("of several processes one gets a character; what a killed one had comes again, and its late word counts for nothing", async () => {
    const [here, there] = [store(), bench.elsewhere().history("production")];
    const names = Array.from({ length: 20 }, (_, n) => `Member${String(n).padStart(2, "0")}`);
    await kept(here, ...names);
    const claims = await Promise.all(
      [here, there, here, there].map(({ characters }, n) => characters.claim(claim(`lease-${n}`, { most: 7 }))),
    );
    const all = claims.flatMap(({ claimed }) => claimed);
    expect(all.map(({ name }) => name).sort()).toEqual(names);
    expect((await there.characters.claim(claim("late"))).claimed).toEqual([]);
    const [killed] = all;
    await bench.database.run((db) =>
      db.execute(sql`update history_characters set leased_until = now() - interval '1 second', due_at = now()
        where number = ${killed!.number}`),
    );
    const { claimed } = await there.characters.claim(claim("other"));
    expect(claimed.map(({ name }) => name)).toEqual([killed!.name]);
    expect(await here.characters.identify(killed!, { id: "id", name: killed!.name })).toBe("lost");
    expect(await here.characters.commit([{ ...killed!, next: { inMs: 0 }, seen: { absence: "hidden" } }])).toBe(0);
    const mine = await reading(there, claimed[0]!, figures({ kil: 1 }));
    expect(await there.characters.commit([mine])).toBe(1);
    expect(await there.characters.commit([mine])).toBe(0);
  });

  test("all processes together take no more than their share of a minute; what is left comes in the next", async () => {
    const [here, there] = [store(), bench.elsewhere().history("production")];
    await kept(here, ...Array.from({ length: 12 }, (_, n) => `Member${n}`));
    await pass(bench.database, 0.001);
    const take = async (one: HistoryStore, lease: string) =>
      (await one.characters.claim(claim(lease, { most: 4, perMinute: 6 }))).claimed.length;
    expect(await take(here, "a")).toBe(4);
    expect(await take(there, "b")).toBe(2);
    const { claimed, nextInMs } = await here.characters.claim(claim("c", { perMinute: 6 }));
    expect(claimed).toEqual([]);
    expect(nextInMs).toBeGreaterThan(10_000);
    expect(nextInMs).toBeLessThanOrEqual(60_000);
    await bench.database.run((db) => db.execute(sql`update history_pace set since = since - interval '1 minute'`));
    expect(await take(there, "d")).toBe(4);
  });

  test("what is read comes again the next day at its own time; who is given back at once", async () => {
    const here = store();
    await kept(here, "Wren");
    const [wren] = (await here.characters.claim(claim("a"))).claimed;
    await here.characters.giveBack("a");
    const [again] = (await here.characters.claim(claim("b"))).claimed;
    expect(again?.number).toBe(wren?.number);
    const seen = await reading(here, again!, figures({ kil: 1 }));
    await here.characters.commit([{ ...seen, next: { dayMs: 3_600_000 } }]);
    const { claimed, nextInMs } = await here.characters.claim(claim("c"));
    expect(claimed).toEqual([]);
    expect(nextInMs).toBeGreaterThan(6 * 3_600_000 - 60_000);
    expect(nextInMs).toBeLessThanOrEqual(30 * 3_600_000);
    const due = sql`select (extract(epoch from due_at)::bigint % 86400)::int as second from history_characters`;
    expect(await bench.database.run((db) => db.execute(due))).toMatchObject({ rows: [{ second: 3_600 }] });
  });

  test("a renamed character keeps its past; whoever has the old name begins anew", async () => {
    const here = store();
    await kept(here, "Wren");
    await readAll(here, () => figures({ kil: 1 }));
    await days(1);
    const roster = "again";
    await told(here, ["Jenny"], { lease: roster });
    const { claimed } = await here.characters.claim(claim("b"));
    const jenny = await reading(
      here,
      claimed.find(({ name }) => name === "Jenny")!,
      figures({ kil: 5 }),
      "id-Wren",
    );
    await here.characters.commit([jenny]);
    expect(said(await find("Jenny"))).toEqual([[{ kil: 1 }, 0]]);
    expect(await find("Wren")).toBeUndefined();

    await days(1);
    await told(here, ["Wren", "Jenny"], { lease: "third" });
    await readAll(
      here,
      (name) => (name === "Wren" ? figures({ kil: 900 }) : figures({ kil: 5 })),
      "d",
      (name) => (name === "Wren" ? "id-new" : "id-Wren"),
    );
    expect(of(await find("Wren"))).toEqual({ kil: 900 });
    expect(said(await find("Wren"))).toEqual([]);
    expect(of(await find("Jenny"))).toEqual({ kil: 5 });
  });

  test("where somebody else has a name now, each keeps its own past", async () => {
    const here = store();
    await kept(here, "Wren");
    await readAll(here, () => figures({ kil: 1 }));
    await days(1);
    const [wren] = (await here.characters.claim(claim("b"))).claimed;
    await here.characters.commit([await reading(here, wren!, figures({ kil: 700 }), "another")]);
    expect(of(await find("Wren"))).toEqual({ kil: 700 });
    expect(said(await find("Wren"))).toEqual([]);
    await told(here, ["Wren", "Jenny"], { lease: "again" });
    const { claimed } = await here.characters.claim(claim("c"));
    const jenny = claimed.find(({ name }) => name === "Jenny");
    await here.characters.commit([await reading(here, jenny!, figures({ kil: 2 }), "id-Wren")]);
    expect(said(await find("Jenny"))).toEqual([[{ kil: 1 }, 0]]);
  });

  test("an objection deletes the past and stops it, whoever wants it; it outlasts its player's data and a new name", async () => {
    const here = store();
    await kept(here, "Wren", "Robin");
    await readAll(here, () => figures({ kil: 1 }));
    await here.keeping.object("EU", "id-Wren", "Wren");
    expect(await find("Wren")).toBeUndefined();
    await bench.store().personal.delete("7");
    await here.keeping.keep("EU", "c1", "8");
    await days(1);
    await told(here, ["wren", "Robin"], { lease: "again" });
    expect(await readAll(here, () => figures({ kil: 2 }))).toEqual(["Robin"]);

    await days(1);
    await told(here, ["Jenny", "Robin"], { lease: "third" });
    const { claimed } = await here.characters.claim(claim("b"));
    const jenny = claimed.find(({ name }) => name === "Jenny");
    expect(await here.characters.identify(jenny!, { id: "id-Wren", name: "Jenny" })).toBe("objected");
    expect(await find("Jenny")).toBeUndefined();
    const mine = [{ region: "EU", characterId: "id-Wren" }];
    expect(await here.keeping.objections(mine)).toMatchObject([{ characterId: "id-Wren", name: "Jenny" }]);
    expect(await here.keeping.objections([{ region: "RU", characterId: "id-Wren" }])).toEqual([]);

    await here.keeping.allow("EU", "id-Wren");
    expect(await here.keeping.objections(mine)).toEqual([]);
    await days(1);
    await told(here, ["Jenny"], { lease: "fourth" });
    await readAll(here, () => figures({ kil: 9 }), "c");
    expect(of(await find("Jenny"))).toEqual({ kil: 9 });
  });

  test("an operator objects for somebody by name, known or not, and takes it back", async () => {
    const here = store();
    await kept(here, "Wren", "Robin");
    await readAll(here, () => figures({ kil: 1 }));
    expect(await objectByName(bench.database, "EU", "wren")).toBe(true);
    expect(await objectByName(bench.database, "EU", "Jenny")).toBe(false);
    expect(await find("Wren")).toBeUndefined();
    expect(await here.keeping.objections([{ region: "EU", characterId: "id-Wren" }])).toHaveLength(1);
    await days(1);
    await told(here, ["Wren", "Jenny", "Robin"], { lease: "again" });
    expect(await readAll(here, () => figures({ kil: 2 }))).toEqual(["Robin"]);
    expect(await allowByName(bench.database, "EU", "JENNY")).toBe(true);
    expect(await allowByName(bench.database, "EU", "JENNY")).toBe(false);
    await told(here, ["Wren", "Jenny"], { lease: "third" });
    expect(await readAll(here, () => figures({ kil: 2 }))).toEqual(["Jenny"]);
  });

  test("an objection that comes while a profile is read is heard", async () => {
    const here = store();
    await kept(here, "Wren");
    await readAll(here, () => figures({ kil: 1 }));
    const [wren] = (await here.characters.claim(claim("b"))).claimed;
    const seen = await reading(here, wren!, figures({ kil: 2 }));
    await here.keeping.object("EU", "id-Wren", "Wren");
    expect(await here.characters.commit([seen])).toBe(0);
    expect(await find("Wren")).toBeUndefined();
  });

  test("who no longer wants it is forgotten at once, but for what a clan keeps", async () => {
    const here = store();
    await kept(here, "Wren");
    await here.keeping.setConsent("5", true);
    await told(here, ["Wren", "Alt"], { lease: "person", kind: "person" });
    await readAll(here, () => figures({ kil: 1 }));
    expect(await here.keeping.consent("5")).toBe(true);
    expect(await find("Alt")).toMatchObject({ shared: true, clans: [] });
    expect(await find("Wren")).toMatchObject({ shared: true, clans: ["c1"] });
    const exported = await bench.store().personal.history("5");
    expect(exported.map(({ name, snapshots }) => [name, snapshots.map((one) => one.figures)])).toEqual([
      ["Alt", [{ kil: 1 }]],
      ["Wren", [{ kil: 1 }]],
    ]);
    await here.keeping.setConsent("5", false);
    expect(await here.keeping.consent("5")).toBe(false);
    expect(await find("Alt")).toBeUndefined();
    expect(await find("Wren")).toMatchObject({ shared: false });
    expect(await bench.store().personal.history("5")).toEqual([]);
  });

  test("what nobody wants any more is not read, is kept for 30 days, and goes on when it is wanted again", async () => {
    const here = store();
    await kept(here, "Wren", "Robin");
    await readAll(here, () => figures({ kil: 1 }));
    await days(1);
    await told(here, ["Robin"], { lease: "again" });
    await here.tidy();
    expect(await readAll(here, () => figures({ kil: 1 }))).toEqual(["Robin"]);
    await days(20);
    await told(here, ["Wren", "Robin"], { lease: "third" });
    expect(await readAll(here, () => figures({ kil: 3 }))).toEqual(["Robin", "Wren"]);
    expect(said(await find("Wren"))).toEqual([[{ kil: 1 }, 0]]);

    await here.keeping.unkeep("EU", "c1", "7");
    await here.tidy();
    expect((await here.characters.claim(claim("b"))).nextInMs).toBeUndefined();
    await days(29);
    await here.tidy();
    expect(await find("Wren")).toBeDefined();
    await days(2);
    await here.tidy();
    expect(await find("Wren")).toBeUndefined();
  });

  test("members whom a list that is not whole does not tell stay for a week", async () => {
    const here = store();
    await kept(here, "Wren", "Robin");
    await days(6);
    await told(here, ["Robin"], { whole: false, lease: "b" });
    expect(await readAll(here, () => undefined)).toEqual(["Robin", "Wren"]);
    await days(2);
    await told(here, ["Robin"], { whole: false, lease: "c" });
    expect(await readAll(here, () => undefined)).toEqual(["Robin"]);
  });

  test("members are not read where the list was not told for two weeks", async () => {
    const here = store();
    await kept(here, "Wren");
    await days(15);
    expect((await here.characters.claim(claim("b"))).claimed).toEqual([]);
  });

  test("who keeps a clan without being shown its members keeps it for a week", async () => {
    const here = store();
    await kept(here, "Wren");
    const refuse = async (lease: string) => {
      const [roster] = (await here.rosters.claim(claim(lease))).claimed;
      if (!roster) return undefined;
      const keepers = [{ personId: "7", refused: true }];
      await here.rosters.commit({ id: roster.id, lease, next: { inMs: 0 }, members: undefined, keepers });
      return roster;
    };
    expect(await refuse("b")).toMatchObject({ kind: "clan", keepers: ["7"] });
    await days(6);
    await refuse("c");
    expect(await here.keeping.keptBy("EU", "c1")).toMatchObject({ keepers: ["7"], byAlerts: false });
    await days(2);
    await refuse("d");
    expect(await here.keeping.keptBy("EU", "c1")).toBeUndefined();
    expect(await refuse("e")).toBeUndefined();
  });

  test("a clan's days are kept one by one for 90 days, then one a week", async () => {
    const here = store();
    await here.keeping.keep("EU", "c1", "7");
    await bench.database.run((db) =>
      db.execute(sql`insert into history_clan_days (source, region, clan_id, day, at, members, level, level_points)
        select 'production', 'EU', 'c1', floor(extract(epoch from at) / 86400)::int, at, 149 - ago, 3, 5000000000 - ago
        from generate_series(2, 120) ago, lateral (select now() - ago * interval '1 day' as at) moment`),
    );
    await here.rosters.ensure();
    const [roster] = (await here.rosters.claim(claim("a"))).claimed;
    const { id, lease } = roster!;
    for (const members of [147, 148]) {
      const clan = { members, level: 3, levelPoints: 5e9 };
      await here.rosters.commit({ id, lease, next: { inMs: 0 }, members: undefined, clan });
    }
    await days(1);
    await here.tidy();
    const found = await here.archive.clanDays("EU", "c1", 400);
    expect(found.at(-1)).toMatchObject({ members: 147, level: 3, levelPoints: 5e9 });
    expect(found[0]).toMatchObject({ members: 29 });
    expect(found.length).toBeGreaterThanOrEqual(90 + 3);
    expect(found.length).toBeLessThanOrEqual(90 + 6);
    expect(await here.archive.clanDays("EU", "c1", 7.5)).toHaveLength(6);
  });
});

test("the operator's program refuses a region that the game does not have, and names those that it has", async () => {
  const settings = await embedded.fresh();
  await (await opened(settings)).close();
  const object = async (...words: string[]) => {
    const { ended, lines } = run("src/store/bin/object.ts", words, environmentOf(settings));
    return [await ended, ...lines];
  };
  expect(await object("XX", "Wren")).toEqual([1, "there is no region XX: it must be one of RU, EU, NA, SEA"]);
  expect(await object("eu", "Wren")).toEqual([0, expect.stringContaining("Nothing was kept of Wren (EU)")]);
  expect(await object("EU", "Wren", "--undo")).toEqual([0, expect.stringContaining("may be kept again")]);
});
