import { describe, expect, test } from "vitest";
import type { API, SkippedEvent } from "../src/index.js";
import { character, clan, lot, operationText, profile } from "./bodies.js";
import { client } from "./client.js";
import { ScriptedServer } from "./scripted-server.js";

const sale = { amount: 1, price: 5, time: "2024-01-05T21:51:12Z", additional: {} };
const { member } = character.clan;
const operation = JSON.parse(operationText) as { participants: object[] };

interface List {
  readonly name: string;
  readonly entry: unknown;
  readonly body: (entries: readonly unknown[]) => unknown;
  readonly ask: (api: API) => Promise<readonly unknown[] & { readonly skipped: number; readonly total: number }>;
  /** There is always something in it. */
  readonly neverEmpty?: true;
}

const lists: readonly List[] = [
  {
    name: "regions",
    entry: { id: "EU", name: "EUROPE" },
    body: (all) => all,
    ask: (api) => api.regions().getAll(),
    neverEmpty: true,
  },
  { name: "friends", entry: "Wren", body: (all) => all, ask: (api) => api.friends("EU").getAll("Wren") },
  { name: "characters", entry: character, body: (all) => all, ask: (api) => api.characters("EU").getAll() },
  { name: "members", entry: member, body: (all) => all, ask: (api) => api.clans("EU").getMembers("id") },
  {
    name: "lots",
    entry: lot,
    body: (lots) => ({ lots, total: lots.length }),
    ask: (api) => api.auction("EU").getItemLots("x"),
  },
  {
    name: "sales",
    entry: sale,
    body: (prices) => ({ prices, total: prices.length }),
    ask: (api) => api.auction("EU").getItemHistory("x"),
  },
  {
    name: "clans",
    entry: clan,
    body: (data) => ({ data, totalClans: data.length }),
    ask: (api) => api.clans("EU").getAll(),
  },
  {
    name: "operations",
    entry: operation,
    body: (sessions) => ({ sessions, total: sessions.length }),
    ask: (api) => api.operations("EU").getSessions(),
  },
];

/** An entry, each of whose fields in turn is nothing, or of another type. */
function oddOnesOf(entry: unknown): unknown[] {
  const others = [null, 7, [], [entry], {}, true];
  if (typeof entry !== "object" || entry === null) return others;
  const fields = Object.entries(entry).filter(([key]) => !["additional", "currentPrice", "clan"].includes(key));
  const spoilt = fields
    .filter(([key]) => key !== "alliance")
    .map(([key, value]) => ({ ...entry, [key]: Array.isArray(value) ? "none" : null }));
  return [...others, "text", ...spoilt, ...fields.map(([key]) => ({ ...entry, [key]: { no: "such" } }))];
}

describe("an odd entry of a list is left out and counted", () => {
  test.each(lists)("$name", async ({ entry, body, ask, neverEmpty }) => {
    const odd = oddOnesOf(entry);
    const heard: SkippedEvent[] = [];
    const server = await ScriptedServer.start(() => ({ body: body([entry, ...odd, entry]) }));
    const list = await ask(client(server, { observer: { skipped: (event) => heard.push(event) } }));
    expect(list).toHaveLength(2);
    expect(list).toMatchObject({ skipped: odd.length, total: odd.length + 2 });
    expect(heard).toEqual([
      { route: expect.any(String) as string, path: expect.any(String) as string, count: odd.length },
    ]);

    server.script = () => ({ body: body(odd.slice(0, 1)) });
    const only = ask(client(server));
    if (neverEmpty) await expect(only).rejects.toMatchObject({ name: "InvalidResponseError" });
    else await expect(only).resolves.toMatchObject({ length: 0, skipped: 1 });
    server.script = () => ({ body: body(Array.from({ length: 12 }, () => odd[0])) });
    await expect(ask(client(server))).rejects.toMatchObject({ name: "InvalidResponseError" });
    for (const whole of [{ lots: "many", total: 1 }, { data: [], totalClans: "1" }, "text", null, 7]) {
      server.script = () => ({ body: JSON.stringify(whole) });
      await expect(ask(client(server))).rejects.toMatchObject({ name: "InvalidResponseError" });
    }
  });

  test("inside of an object", async () => {
    const heard: number[] = [];
    const observer = { skipped: ({ count }: SkippedEvent) => heard.push(count) };
    const [first] = profile.stats;
    const stats = [null, { id: 7, type: "INTEGER", value: 1 }, first, "kil"];
    const server = await ScriptedServer.start(() => ({
      body: { ...profile, stats, displayedAchievements: [null, "one", 7] },
    }));
    const read = await client(server, { observer }).characters("EU").getProfile("x");
    expect(read.stats.map(({ id }) => id)).toEqual(["kil"]);
    expect(read.displayedAchievements).toEqual(["one"]);
    expect(read.skipped).toBe(5);

    const participants = [...operation.participants, { username: "Robin" }, null];
    server.script = () => ({ body: { total: 1, sessions: [{ ...operation, participants }] } });
    const [session] = await client(server, { observer }).operations("EU").getSessions();
    expect([session?.participants.length, session?.skipped]).toEqual([1, 2]);
    expect(heard).toEqual([5, 2]);
  });

  test("and does not end a walk through pages", async () => {
    const pages = [[clan, null], [null, null], [clan]];
    const server = await ScriptedServer.start(({ query }) => ({
      body: { data: pages[Number(query.get("offset")) / 2] ?? [], totalClans: 5 },
    }));
    const found: unknown[] = [];
    for await (const one of client(server).clans("EU").iterate({ pageSize: 2 })) found.push(one);
    expect([found.length, server.seen.length]).toEqual([2, 3]);
  });
});

describe("a body that is wrong as a whole is no answer", () => {
  const problem = { title: "Region not found", status: 404, details: {} };
  const nothing = [{}, problem, { unexpected: ["shape"] }, { data: {} }, null, "text", 7];
  const arrays = [[], [{}], ["text", 7]];
  const endpoints: readonly (readonly [string, (api: API) => Promise<unknown>, readonly unknown[]])[] = [
    ["emission", (api) => api.emissions("EU").getInfo(), [...nothing, ...arrays]],
    ["profile", (api) => api.characters("EU").getProfile("x"), [...nothing, ...arrays]],
    ["clan", (api) => api.clans("EU").getInfo("id"), [...nothing, ...arrays]],
    ...lists.map(({ name, ask, neverEmpty }) => [name, ask, [...nothing, ...(neverEmpty ? arrays : [])]] as const),
  ];
  test.each(endpoints)("%s", async (_name, ask, bodies) => {
    const server = await ScriptedServer.start(() => ({}));
    for (const body of bodies.map((one) => JSON.stringify(one))) {
      server.script = () => ({ body });
      await expect(ask(client(server)), body).rejects.toMatchObject({ name: "InvalidResponseError" });
    }
  });

  test.each([
    [{ currentStart: "2026-01-01T12:00:00Z" }],
    [{ previousStart: "2026-01-01T12:00:00Z", previousEnd: "2026-01-01T12:04:00Z" }],
    [{ currentStart: null, previousStart: null, previousEnd: null }],
  ])("of an emission each part may be missing, or nothing: %j", async (body) => {
    const server = await ScriptedServer.start(() => ({ body }));
    await expect(client(server).emissions("EU").getInfo()).resolves.toMatchObject({ skipped: 0 });
  });
});
