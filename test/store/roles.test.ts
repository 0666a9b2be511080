import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Store } from "../../src/store/index.js";
import { rowsOf } from "../../src/store/rows.js";
import { engines, workbench } from "./engines.js";

const CLAN = { region: "EU", clanId: "c1" };
const OTHER = { region: "EU", clanId: "c2" };
const AT = new Date(Date.UTC(2026, 10, 28, 12));
const MOST = 3;

describe.each(engines)("roles by rank, on $name", (engine) => {
  const bench = workbench(engine);

  const linked = async (store: Store, discordId: string, character?: string): Promise<string> => {
    const tokens = { access: "a", refresh: null, accessExpiresAt: new Date(0) };
    await store.links.insertOrRenew({ discordId, account: { exboId: `exbo-${discordId}`, login: "x" }, tokens });
    const [link] = await store.links.of(discordId);
    if (character !== undefined)
      await store.links.chooseCharacter(discordId, link!.id, { id: "i", name: character, region: "EU" });
    return link!.id;
  };

  test("mappings are kept once each, up to a limit, of each server and API apart", async () => {
    const store = bench.store();
    const roles = store.roles("production");
    const officer = { ...CLAN, rank: "OFFICER", roleId: "1" };
    expect(await roles.map("9", officer, MOST)).toBe("mapped");
    expect(await roles.map("9", officer, MOST)).toBe("known");
    expect(await roles.map("9", { ...officer, roleId: "2" }, MOST)).toBe("mapped");
    const added = await Promise.all(
      ["WAR_LORD", "*", "LEADER"].map((rank) => roles.map("9", { ...CLAN, rank, roleId: "3" }, MOST)),
    );
    expect(added.sort()).toEqual(["limit", "limit", "mapped"]);
    expect(await roles.map("9", officer, MOST)).toBe("known");
    expect(await roles.mappings("8")).toEqual([]);
    expect(await store.roles("demo").mappings("9")).toEqual([]);
    expect(await roles.unmap("9", officer)).toBe(true);
    expect(await roles.unmap("9", officer)).toBe(false);
    expect(await roles.mappings("9")).toHaveLength(2);
  });

  test("lists, matches and waiting times go with the last mapping that they follow from", async () => {
    const store = bench.store();
    const roles = store.roles("production");
    const members = [{ name: "Ada\0", rank: "OFFICER", joinedAt: 5 }];
    await roles.map("9", { ...CLAN, rank: "OFFICER", roleId: "1" }, MOST);
    await roles.map("9", { ...OTHER, rank: "OFFICER", roleId: "2" }, MOST);
    await roles.keepRoster("9", CLAN, [], AT);
    await roles.keepRoster("9", CLAN, members, AT);
    await roles.keepRoster("9", OTHER, members, AT);
    expect(await roles.rosters("9")).toMatchObject([{ ...CLAN, members: [{ name: "Ada\uFFFD" }], readAt: AT }, OTHER]);
    await roles.match("9", CLAN, "Ada", "5", AT);
    await roles.match("9", OTHER, "Ada", "5", AT);
    const since = AT;
    await roles.keepGraces(
      "9",
      [
        { discordId: "5", roleId: "1", since },
        { discordId: "5", roleId: "2", since },
      ],
      [],
    );
    await roles.keepGraces("9", [{ discordId: "5", roleId: "1", since: new Date(0) }], []);
    expect((await roles.graces("9")).map((grace) => grace.since)).toEqual([AT, AT]);
    await roles.unmap("9", { ...CLAN, rank: "OFFICER", roleId: "1" });
    expect(await roles.rosters("9")).toMatchObject([OTHER]);
    expect(await roles.matches("9")).toMatchObject([OTHER]);
    expect(await roles.graces("9")).toMatchObject([{ roleId: "2" }]);
    await roles.keepGraces("9", [], [{ discordId: "5", roleId: "2" }]);
    expect(await roles.graces("9")).toEqual([]);
  });

  test("who plays whom: what an account proves counts more than what somebody said, and names change", async () => {
    const store = bench.store();
    const roles = store.roles("production");
    const link = await linked(store, "5");
    await roles.match("9", CLAN, "Ada", "6", AT);
    await roles.match("9", CLAN, "Bor", "6", AT);
    const proof = { ...CLAN, linkId: link };
    await roles.prove(
      "9",
      [
        { ...proof, name: "Ada" },
        { ...proof, name: "Cai" },
        { ...proof, name: "Cai" },
      ],
      AT,
    );
    await roles.prove("9", [{ ...proof, linkId: "gone", name: "Dov" }], AT);
    const matches = async () =>
      (await roles.matches("9")).map(({ name, discordId, origin }) => `${name} ${discordId} ${origin}`);
    expect(await matches()).toEqual(["Ada 5 link", "Bor 6 hand", "Cai 5 link"]);
    await roles.rename("9", CLAN, "Bor", "Eli");
    await roles.rename("9", CLAN, "Cai", "Ada");
    expect(await matches()).toEqual(["Ada 5 link", "Eli 6 hand"]);
    expect(
      await roles.unmatch("9", [
        { ...CLAN, name: "Eli" },
        { ...OTHER, name: "Ada" },
      ]),
    ).toBe(1);
    expect(await store.personal.export("5")).toMatchObject({ role_matches: [{ name: "Ada" }] });
    await store.personal.delete("5");
    expect(await matches()).toEqual([]);
    await roles.prove("9", [{ ...proof, name: "Ada" }], AT);
    expect(await matches()).toEqual([]);
  });

  test("accounts that may be of members: seen in the clan, or with a main character of such a name", async () => {
    const store = bench.store();
    const [seen, dead] = [await linked(store, "1"), await linked(store, "2", "Ada")];
    await linked(store, "3", "Ada");
    await linked(store, "4", "Zoe");
    await store.clanLinks.is(seen, "EU", "c1");
    await store.links.withRow(dead, async (link) => link?.markDead());
    await store.people.save("3", { lendsAccount: false });
    const found = await store.roles("production").candidates(CLAN, ["Ada", "Bor"]);
    expect(found).toMatchObject([
      { discordId: "1", lent: true, mainName: null },
      { discordId: "3", lent: false, mainName: "Ada" },
    ]);
    expect(await store.roles("production").candidates(OTHER, [])).toEqual([]);
  });

  test("one process at a time changes the members of a server, until its lease ends", async () => {
    const [here, there] = [bench.store().roles("production"), bench.elsewhere().roles("production")];
    expect(await here.hold("9", "a", 60_000)).toBe(true);
    expect(await there.hold("9", "b", 60_000)).toBe(false);
    expect(await here.hold("9", "a", -1)).toBe(true);
    expect(await there.hold("9", "b", 60_000)).toBe(true);
    await here.release("9", "a");
    expect(await here.hold("9", "a", 60_000)).toBe(false);
    await there.release("9", "b");
    expect(await here.hold("9", "a", 60_000)).toBe(true);
  });

  test("who deletes what is kept about them is named no more in reports, which stay", async () => {
    const change = (userId: string) => ({ userId, roleId: "1" });
    const report = {
      ...{ kind: "roles", given: [change("5"), change("6")], taken: [change("6")], renamed: [], doubts: [] },
      refused: [{ ...change("6"), why: "role:above" }],
    };
    const other = { kind: "price", given: [change("6")] };
    for (const event of [report, other])
      await bench.database.run((db) =>
        db.execute(sql`insert into deliveries (target, owner_id, event, crosspost, silent, locale, created_at, held, state, attempts, nonce)
          values ('channel:1', '7', ${JSON.stringify(event)}::jsonb, false, false, 'en', now(), false, 'sent', 1, ${event.kind})`),
      );
    const { role_reports } = await bench.store().personal.export("6");
    expect(role_reports).toMatchObject([
      { discordId: "6", list: "given", roleId: "1" },
      { discordId: "6", list: "taken", roleId: "1" },
      { discordId: "6", list: "refused", roleId: "1", why: "role:above" },
    ]);
    expect(await bench.store().personal.export("8")).toEqual({});
    await bench.store().personal.delete("6");
    expect(await bench.store().personal.export("6")).toEqual({});
    const kept = () =>
      bench.database.run((db) =>
        rowsOf(db, sql`select event from deliveries order by id`, z.object({ event: z.unknown() })),
      );
    expect((await kept()).map(({ event }) => event)).toEqual([
      { ...report, given: [change("5")], taken: [], refused: [] },
      other,
    ]);
    await bench.store().personal.delete("7");
    expect(await kept()).toEqual([]);
  });

  test("of a server that removed the bot long ago all of it is forgotten", async () => {
    const store = bench.store();
    const roles = store.roles("production");
    await roles.map("9", { ...CLAN, rank: "OFFICER", roleId: "1" }, MOST);
    await roles.setNickname("9", "{name}");
    await roles.match("9", CLAN, "Ada", "5", AT);
    expect(await roles.nickname("9")).toBe("{name}");
    await store.servers.left("9");
    expect(await store.servers.forgetLeftBefore(new Date(Date.now() + 60_000))).toBe(1);
    expect([await roles.mappings("9"), await roles.matches("9"), await roles.nickname("9")]).toEqual([[], [], null]);
  });
});
