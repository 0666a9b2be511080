import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { KeyRing, type Store } from "../../src/store/index.js";
import { soundKeys } from "../../src/store/sound-keys.js";
import { engines, workbench } from "./engines.js";

const keyOf = (id: string) => KeyRing.newKey().replace(/^[^:]+/, id);
const ring = (...keys: string[]) => KeyRing.parse(keys.join(","));

async function link({ links }: Store, ...exboIds: string[]): Promise<void> {
  for (const exboId of exboIds) {
    const tokens = { access: "a", refresh: "r", accessExpiresAt: new Date(0) };
    await links.insertOrRenew({ discordId: "1", account: { exboId, login: "x" }, tokens });
  }
}

describe.each(engines)("on $name", (engine) => {
  const bench = workbench(engine);
  const check = async (keys: KeyRing) => {
    const said: string[] = [];
    const log = { warn: (_details: object, message: string) => void said.push(message) };
    const { ids } = await soundKeys(bench.database, keys, "ENCRYPTION_KEYS", log);
    return { ids, said };
  };
  const [first, second] = [keyOf("first"), keyOf("second")];

  test("keys that open what was sealed under their ids are used, and so are those under which nothing was", async () => {
    await link(bench.store({ keys: ring(first) }), "a", "b");
    expect(await check(ring(second, first))).toEqual({ ids: ["second", "first"], said: [] });
  });

  test("a key with other bytes is named and not used; the others are", async () => {
    await link(bench.store({ keys: ring(first) }), "a", "b");
    await link(bench.store({ keys: ring(second) }), "c");
    expect(await check(ring(second, keyOf("first")))).toEqual({
      ids: ["second"],
      said: [
        expect.stringMatching(/^the key first in ENCRYPTION_KEYS is not the one with which the tokens were sealed/),
      ],
    });
  });

  test("one row that was changed makes no key wrong", async () => {
    await link(bench.store({ keys: ring(first) }), "a", "b", "c");
    await bench.database.run((db) =>
      db.execute(sql`update links set access_token = refresh_token where exbo_id = 'c'`),
    );
    expect(await check(ring(first))).toEqual({ ids: ["first"], said: [] });
  });
});
