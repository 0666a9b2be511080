import { expect, test } from "vitest";
import { emission, lot, profile } from "./bodies.js";
import { client } from "./client.js";
import { ScriptedServer } from "./scripted-server.js";

const [stat] = profile.stats;
const nested = (depth: number, inner = "1") => `${'{"a":['.repeat(depth / 2)}${inner}${"]}".repeat(depth / 2)}`;

test.each([
  ["65 levels of nesting", `{"previousStart":${nested(66)}}`],
  ["a million brackets", "[".repeat(1_000_000)],
  ["a million levels, well formed", nested(1_000_000)],
  ["more than four megabytes", JSON.stringify({ ...emission, note: "x".repeat(4 * 1024 * 1024) })],
])("an answer of %s is refused", async (_what, body) => {
  const server = await ScriptedServer.start(() => ({ body }));
  await expect(client(server).emissions("EU").getInfo()).rejects.toMatchObject({ name: "InvalidResponseError" });
});

test.each([
  ["brackets inside of texts", JSON.stringify({ ...emission, note: `${"[{".repeat(100)}\\"` })],
  ["many lists side by side", JSON.stringify({ ...emission, note: Array.from({ length: 5_000 }, () => [[]]) })],
  ["60 levels", `{"previousStart":null,"note":${nested(60)}}`],
])("%s are no reason to refuse one", async (_what, body) => {
  const server = await ScriptedServer.start(() => ({ body }));
  const read = await client(server).emissions("EU").getInfo();
  expect(Object.keys(read.raw())).toContain("note");
});

test("a list of 20,000 entries is read, or 1,000 of a listing that comes in pages; longer ones are refused", async () => {
  const lots = (count: number) => ({
    lots: Array.from({ length: count }, () => ({ ...lot, itemId: "x" })),
    total: count,
  });
  const stats = (count: number) => ({ ...profile, stats: Array.from({ length: count }, () => stat) });
  const server = await ScriptedServer.start(() => ({ body: stats(20_000) }));
  expect((await client(server).characters("EU").getProfile("x")).stats).toHaveLength(20_000);
  server.script = () => ({ body: stats(20_001) });
  await expect(client(server).characters("EU").getProfile("x")).rejects.toMatchObject({ name: "InvalidResponseError" });
  server.script = () => ({ body: lots(1_000) });
  expect(await client(server).auction("EU").getItemLots("x")).toHaveLength(1_000);
  server.script = () => ({ body: lots(1_001) });
  await expect(client(server).auction("EU").getItemLots("x")).rejects.toMatchObject({ name: "InvalidResponseError" });
});

test("of an item's properties no more is kept than any has", async () => {
  const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`key${n}`, n]));
  const additional = [
    { ...many, qlt: 3 },
    { qlt: 4, bonus_properties: Array.from({ length: 5_000 }, () => "HEALTH") },
  ];
  const all = [...additional, { qlt: 5, unheard: 1, bonus_properties: ["HEALTH"] }];
  const lots = all.map((one) => ({ ...lot, additional: one }));
  const server = await ScriptedServer.start(() => ({ body: { lots, total: 3 } }));
  const read = await client(server).auction("EU").getItemLots("x");
  expect(read.map((one) => one.additional)).toEqual([{ qlt: 3 }, { qlt: 4 }, all[2]]);
  expect(Object.keys(read[0]?.raw().additional ?? {})).toHaveLength(5_001);
});
