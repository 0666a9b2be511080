import { expect, test } from "vitest";
import { StalcraftError, type API } from "../src/index.js";
import { artefact, character, clan, emission, lot, operationText, profile } from "./bodies.js";
import { client } from "./client.js";
import { manyOf, oddInPlaceOf, oddlyWritten, placesIn, putAt, seeded, valueAt, write } from "./oddities.js";
import { limits, ScriptedServer } from "./scripted-server.js";

const SEED = 20_261_128;
/** Of several changes at once, beside every single one. */
const RUNS = 60;

const sale = { amount: 1, price: 5, time: "2024-01-05T21:51:12Z", additional: artefact };
const operation: unknown = JSON.parse(operationText);

/** Each endpoint with an answer of it. */
const ENDPOINTS: readonly [string, unknown, (api: API, region: string) => Promise<unknown>][] = [
  ["regions", [{ id: "EU", name: "EUROPE" }], (api) => api.regions().getAll({ maxAge: 0 })],
  ["emission", { ...emission, currentStart: emission.previousEnd }, (api, region) => api.emissions(region).getInfo()],
  [
    "lots",
    { lots: [{ ...lot, additional: artefact }], total: 1 },
    (api, region) => api.auction(region).getItemLots("x"),
  ],
  ["history", { prices: [sale], total: 1 }, (api, region) => api.auction(region).getItemHistory("x")],
  ["profile", profile, (api, region) => api.characters(region).getProfile("x")],
  ["characters", [character], (api, region) => api.characters(region).getAll()],
  ["friends", ["Wren"], (api, region) => api.friends(region).getAll("Wren")],
  ["clans", { data: [clan], totalClans: 1 }, (api, region) => api.clans(region).getAll()],
  ["clan", clan, (api, region) => api.clans(region).getInfo("id")],
  ["clan members", [character.clan.member], (api, region) => api.clans(region).getMembers("id")],
  ["operations", { sessions: [operation], total: 1 }, (api, region) => api.operations(region).getSessions()],
];

const longer = (value: unknown) => (Array.isArray(value) ? [manyOf(value)] : []);

/** Numbers and dates in what the client gave that are none, by where they stand. Values that are as sent are not ours. */
function wrongIn(value: unknown, path = ""): string[] {
  if (typeof value === "number") return Number.isFinite(value) ? [] : [`${path}: ${value}`];
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? [`${path}: no date`] : [];
  if (typeof value !== "object" || value === null) return [];
  return [...Object.entries(value), ...madeWhenAsked(value)].flatMap(([key, one]) => wrongIn(one, `${path}.${key}`));
}

/** What an object of a class makes only when it is asked for, such as the times of a lot. */
function madeWhenAsked(value: object): [string, unknown][] {
  const kind = Reflect.getPrototypeOf(value);
  if (kind === null || kind === Object.prototype) return [];
  return Object.entries(Object.getOwnPropertyDescriptors(kind)).flatMap(([key, property]) =>
    "get" in property ? [[key, Reflect.get(value, key)] satisfies [string, unknown]] : [],
  );
}

test.each(ENDPOINTS)("%s: whatever is odd in an answer, it is read or refused", async (_name, good, ask) => {
  const random = seeded(SEED);
  const single = placesIn(good).flatMap((place) => [
    ...oddInPlaceOf(valueAt(good, place)).map((odd) => write(putAt(good, place, odd))),
    ...longer(valueAt(good, place)).map((list) => write(putAt(good, place, list))),
    write(putAt(good, place, null, "twice")),
    write(putAt(good, place, null, "missing")),
  ]);
  const bodies = ["", " ", "null", "{", "NaN", ...single];
  for (let run = 0; run < RUNS; run += 1) bodies.push(oddlyWritten(good, random));

  let next = 0;
  const server = await ScriptedServer.start(() => ({
    body: bodies[next],
    headers: limits(100_000, Date.now() + 60_000),
  }));
  const api = client(server, { cache: false, attempts: 1 });
  let read = 0;
  for (; next < bodies.length; next += 1) {
    const body = bodies[next]?.slice(0, 300);
    const value = await ask(api, "EU").catch((error: unknown) => error);
    if (value instanceof StalcraftError) continue;
    expect(value, body).toBeTypeOf("object");
    expect(value, body).not.toBeInstanceOf(Error);
    expect(wrongIn(value), body).toEqual([]);
    read += 1;
  }
  expect(server.seen).toHaveLength(bodies.length);
  // Of both there is enough for the test to say something.
  expect(read).toBeGreaterThan(bodies.length / 20);
  expect(read).toBeLessThan(bodies.length);
});
