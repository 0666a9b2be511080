import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { KeyRing, type Store, type Tokens } from "../../src/store/index.js";
import { isRotated, rotate } from "../../src/store/rotation.js";
import { embedded, engines, opened, workbench } from "./engines.js";
import { environmentOf, run } from "./processes.js";

const [one, two] = ["one", "two"].map((id) => KeyRing.newKey().replace(/^[^:]+/, id));
const ring = (...keys: (string | undefined)[]) => KeyRing.parse(keys.join(","));
const tokens = (n: number): Tokens => ({
  access: `a${n}`,
  refresh: n % 2 === 0 ? null : `r${n}`,
  accessExpiresAt: new Date(n),
});

async function fill(store: Store, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    await store.links.insertOrRenew({ discordId: "1", account: { exboId: `${n}`, login: "x" }, tokens: tokens(n) });
  }
  await store.attempts.add({
    stateHash: "hash",
    discordId: "1",
    discordName: "a name",
    locale: "en-US",
    interaction: { applicationId: "1", token: "token" },
    createdAt: new Date(0),
    expiresAt: new Date(1),
  });
}

async function expectAll(store: Store, count: number): Promise<void> {
  const links = await store.links.of("1");
  const read = new Map(
    await Promise.all(links.map(async ({ id, exboId }) => [exboId, await store.links.tokens(id)] as const)),
  );
  expect(read).toEqual(new Map(Array.from({ length: count }, (_, n) => [`${n}`, tokens(n)])));
}

describe.each(engines)("on $name", (engine) => {
  const bench = workbench(engine);

  test("rotation seals everything with the newest key, once; the old key is then not needed", async () => {
    await fill(bench.store({ keys: ring(one) }), 20);
    const { database } = bench;
    expect(await isRotated(database, ring(two, one))).toBe(false);
    expect(await rotate(database, ring(two, one))).toEqual({ resealed: 21, unreadable: 0 });
    expect(await rotate(database, ring(two, one))).toEqual({ resealed: 0, unreadable: 0 });
    expect(await isRotated(database, ring(two, one))).toBe(true);
    const after = bench.store({ keys: ring(two) });
    await expectAll(after, 20);
    expect(await after.attempts.take("hash")).toMatchObject({
      discordName: "a name",
      interaction: { token: "token" },
    });
  });

  test("rows whose key is missing are counted and left alone; an interrupted rotation is finished by the next", async () => {
    await fill(bench.store({ keys: ring(one) }), 3);
    const { database } = bench;
    expect(await rotate(database, ring(two))).toEqual({ resealed: 0, unreadable: 4 });
    await expectAll(bench.store({ keys: ring(one) }), 3);
    // Some rows are sealed with one key and some with another, as an interruption leaves them.
    await bench.store({ keys: ring(two) }).links.insertOrRenew({
      discordId: "1",
      account: { exboId: "3", login: "x" },
      tokens: tokens(3),
    });
    expect(await rotate(database, ring(two, one))).toEqual({ resealed: 4, unreadable: 0 });
    await expectAll(bench.store({ keys: ring(two) }), 4);
  });
});

test("the program makes a new key for a ring in the data folder, and keeps the old one", async () => {
  const settings = await embedded.fresh();
  const store = await opened(settings);
  await fill(store, 3);
  await store.close();
  const file = join(settings.dataDir, "encryption-keys");
  const before = readFileSync(file, "utf8");

  const rotation = run("src/store/bin/rotate-keys.ts", [], environmentOf(settings));
  expect(await rotation.ended).toBe(0);
  const after = readFileSync(file, "utf8");
  expect(after.endsWith(before)).toBe(true);
  const [newest] = KeyRing.parse(after).ids;
  expect(rotation.lines).toEqual([expect.stringContaining(`4 rows are now encrypted with the key ${String(newest)}`)]);
  const secrets = after.split(/[\s:]+/).filter((part) => part.length > 40);
  expect(secrets.length).toBeGreaterThan(1);
  for (const secret of secrets) expect(rotation.lines.join("\n")).not.toContain(secret);
  await expectAll(await opened({ ...settings, keys: ring(after.split("\n")[0]) }), 3);
});
