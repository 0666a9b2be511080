import { describe, expect, test } from "vitest";
import type { Store } from "../../src/store/index.js";
import { engines, workbench } from "./engines.js";

describe.each(engines)("which accounts are in which clan, on $name", (engine) => {
  const bench = workbench(engine);

  const linked = async (store: Store, discordId: string): Promise<string> => {
    const tokens = { access: "a", refresh: null, accessExpiresAt: new Date(0) };
    await store.links.insertOrRenew({ discordId, account: { exboId: `exbo-${discordId}`, login: "x" }, tokens });
    return (await store.links.of(discordId))[0]!.id;
  };
  const inClan = async (store: Store, clan: string) =>
    (await store.clanLinks.of("EU", clan)).map(({ discordId }) => discordId);

  test("is what the game told last of each region", async () => {
    const store = bench.store();
    const [one, two] = [await linked(store, "1"), await linked(store, "2")];
    await store.clanLinks.are(one, "EU", ["a", "b"]);
    await store.clanLinks.are(one, "RU", ["c"]);
    await store.clanLinks.are(two, "EU", ["a"]);
    expect(await inClan(store, "a")).toEqual(["1", "2"]);
    await store.clanLinks.are(one, "EU", ["b"]);
    expect(await inClan(store, "a")).toEqual(["2"]);
    expect(await store.clanLinks.of("RU", "c")).toEqual([{ linkId: one, discordId: "1", lent: true }]);
    await store.people.save("1", { lendsAccount: false });
    expect(await store.clanLinks.of("RU", "c")).toEqual([{ linkId: one, discordId: "1", lent: false }]);
    await store.people.save("1", { lendsAccount: true });
    expect(await store.clanLinks.of("RU", "c")).toMatchObject([{ lent: true }]);
    await store.clanLinks.is(one, "EU", "a");
    await store.clanLinks.is(one, "EU", "a");
    await store.clanLinks.isNot(two, "EU", "a");
    expect(await inClan(store, "a")).toEqual(["1"]);
    expect(await inClan(store, "b")).toEqual(["1"]);
    await store.clanLinks.are(one, "EU", []);
    expect(await inClan(store, "b")).toEqual([]);
  });

  test("goes with the link, and with its owner; one that does not work is not among them", async () => {
    const store = bench.store();
    const [one, two, three] = [await linked(store, "1"), await linked(store, "2"), await linked(store, "3")];
    for (const id of [one, two, three]) await store.clanLinks.is(id, "EU", "a");
    await store.links.withRow(three, async (link) => link?.markDead());
    expect(await inClan(store, "a")).toEqual(["1", "2"]);
    await store.links.remove("1", one);
    expect(await inClan(store, "a")).toEqual(["2"]);
    await store.personal.delete("2");
    expect(await inClan(store, "a")).toEqual([]);
    await store.clanLinks.are(one, "EU", ["a"]);
    await store.clanLinks.is(two, "EU", "a");
    expect(await inClan(store, "a")).toEqual([]);
  });
});
