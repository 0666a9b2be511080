import { describe, expect, test } from "vitest";
import { KeyMissingError, KeyRing, type Store, type Tokens } from "../../src/store/index.js";
import { ManualClock } from "../manual-clock.js";
import { engines, workbench } from "./engines.js";

const tokens = (name: string): Tokens => ({
  access: `access-${name}`,
  refresh: `refresh-${name}`,
  accessExpiresAt: new Date(5_000),
});
const link = (store: Store, discordId: string, exboId: string, name = exboId) =>
  store.links.insertOrRenew({ discordId, account: { exboId, login: `login-${exboId}` }, tokens: tokens(name) });

describe.each(engines)("on $name", (engine) => {
  const bench = workbench(engine);

  test("a person links accounts: the first is the main one, another can be chosen, and takes its place", async () => {
    const clock = new ManualClock();
    const store = bench.store({ clock });
    for (const exboId of ["a", "b", "c"]) {
      expect(await link(store, "1", exboId)).toBe("linked");
      clock.advance(1_000);
    }
    const mains = async () => (await store.links.of("1")).map(({ exboId, isMain }) => (isMain ? `${exboId}!` : exboId));
    expect(await mains()).toEqual(["a!", "b", "c"]);
    const [, , c] = await store.links.of("1");
    expect(await store.links.chooseMain("1", c!.id)).toBe(true);
    expect(await mains()).toEqual(["c!", "a", "b"]);
    expect(await store.links.remove("1", c!.id)).toBe(true);
    expect(await mains()).toEqual(["a!", "b"]);
    expect(await store.links.byExboId("b")).toMatchObject({
      discordId: "1",
      login: "login-b",
      state: "live",
      character: null,
      linkedAt: new Date(clock.now() - 2_000),
    });
  });

  test("nobody touches the link of somebody else", async () => {
    const store = bench.store();
    await link(store, "1", "a");
    const [own] = await store.links.of("1");
    expect(await link(store, "2", "a", "stolen")).toBe("taken");
    for (const id of [own!.id, "no-such-link", "'; drop table links"]) {
      expect(await store.links.chooseMain("2", id)).toBe(false);
      expect(await store.links.chooseCharacter("2", id, null)).toBe(false);
      expect(await store.links.remove("2", id)).toBe(false);
    }
    expect(await store.links.of("1")).toEqual([own]);
    // Who was refused is as unknown as before.
    expect(await store.personal.export("2")).toEqual({});
    expect(await store.links.of("2")).toEqual([]);
    expect(await store.links.tokens(own!.id)).toEqual(tokens("a"));
  });

  test("linking the same account again renews it, also after it went dead, and keeps what was chosen", async () => {
    const store = bench.store();
    await link(store, "1", "a");
    const [{ id } = { id: "" }] = await store.links.of("1");
    const character = { id: "7", name: "Marten", region: "EU" };
    expect(await store.links.chooseCharacter("1", id, character)).toBe(true);
    expect(await store.links.withRow(id, async (row) => row?.markDead())).toBe(true);
    expect(await store.links.get(id)).toMatchObject({ state: "dead", character });
    expect(await link(store, "1", "a", "new")).toBe("renewed");
    expect(await store.links.get(id)).toMatchObject({ state: "live", character, isMain: true });
    expect(await store.links.tokens(id)).toEqual(tokens("new"));
    expect(await store.links.chooseCharacter("1", id, null)).toBe(true);
    expect(await store.links.get(id)).toMatchObject({ character: null });
  });

  test("of all who link one account at once, one person gets it; of one person's links, one is the main one", async () => {
    const [store, other] = [bench.store(), bench.elsewhere()];
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, index) => link(index % 2 === 0 ? store : other, String(index % 3), "wanted")),
    );
    expect(outcomes.filter((outcome) => outcome === "linked")).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === "renewed")).toHaveLength(3);
    await Promise.all(Array.from({ length: 12 }, (_, n) => link(n % 2 === 0 ? store : other, "5", `own-${n}`)));
    const own = await store.links.of("5");
    expect(own).toHaveLength(12);
    await Promise.all(own.map(({ id }, n) => (n % 2 === 0 ? store : other).links.chooseMain("5", id)));
    expect((await store.links.of("5")).filter(({ isMain }) => isMain)).toHaveLength(1);
  });

  test("work on one link is done one after the other, also from two processes: a token is renewed once", async () => {
    const [store, other] = [bench.store(), bench.elsewhere()];
    await link(store, "1", "a", "old");
    const [{ id } = { id: "" }] = await store.links.of("1");
    let [working, renewals] = [0, 0];
    const used = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 === 0 ? store : other).links.withRow(id, async (row) => {
          working += 1;
          // Somebody else's request in between, on which the others could come in.
          await store.ping();
          expect(working).toBe(1);
          working -= 1;
          if (row!.tokens.access !== "access-old") return row!.tokens;
          renewals += 1;
          expect(await row!.save(tokens("new"))).toBe(true);
          return tokens("new");
        }),
      ),
    );
    expect(renewals).toBe(1);
    expect(used).toEqual(used.map(() => tokens("new")));
  });

  test("what work has saved stays when it fails afterwards, and its error comes through as it is", async () => {
    const store = bench.store();
    await link(store, "1", "a");
    const [{ id } = { id: "" }] = await store.links.of("1");
    const failure = new Error("EXBO went away");
    const work = store.links.withRow(id, async (row) => {
      await row?.save(tokens("rotated"));
      throw failure;
    });
    await expect(work).rejects.toBe(failure);
    expect(await store.links.tokens(id)).toEqual(tokens("rotated"));
    expect(await store.links.withRow("unknown", (row) => Promise.resolve(row))).toBeUndefined();
    expect(await store.links.tokens("unknown")).toBeUndefined();
  });

  test("a link without a key says so, is counted, and comes back with its key", async () => {
    const [old, young] = [KeyRing.parse(KeyRing.newKey()), KeyRing.parse(KeyRing.newKey())];
    const before = bench.store({ keys: old });
    await link(before, "1", "a");
    const [{ id } = { id: "" }] = await before.links.of("1");

    const without = bench.store({ keys: young });
    expect(await without.links.countUnreadable()).toBe(1);
    await expect(without.links.tokens(id)).rejects.toThrow(KeyMissingError);
    await expect(without.links.withRow(id, () => Promise.resolve())).rejects.toThrow(KeyMissingError);
    expect(await without.links.of("1")).toHaveLength(1);
    expect(await bench.store({ keys: KeyRing.empty }).links.countUnreadable()).toBe(1);

    expect(await before.links.countUnreadable()).toBe(0);
    expect(await before.links.tokens(id)).toEqual(tokens("a"));

    // Whoever cannot wait for the key links again.
    expect(await link(without, "1", "a", "again")).toBe("renewed");
    expect(await without.links.countUnreadable()).toBe(0);
    expect(await without.links.tokens(id)).toEqual(tokens("again"));
  });
});
