import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getTableName, sql } from "drizzle-orm";
import { generateDrizzleJson } from "drizzle-kit/api";
import type { PgTable } from "drizzle-orm/pg-core";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Database } from "../../src/store/database.js";
import { allMigrations } from "../../src/store/migrate.js";
import { rowsOf } from "../../src/store/rows.js";
import * as schema from "../../src/store/schema.js";
import type { Store } from "../../src/store/index.js";
import { engines, workbench } from "./engines.js";

const MIGRATIONS = join(import.meta.dirname, "../../src/store/migrations");
/** Told apart from everything else that is stored. */
const [PERSON, OTHER] = ["111222333444555666", "999888777666555444"];

test("the migrations make what the schema says", () => {
  const last = String(allMigrations().at(-1)?.slice(0, 4));
  const made: unknown = JSON.parse(readFileSync(join(MIGRATIONS, `meta/${last}_snapshot.json`), "utf8"));
  const structure = z.object({ tables: z.unknown(), enums: z.unknown(), schemas: z.unknown(), views: z.unknown() });
  expect(structure.parse(generateDrizzleJson(schema))).toEqual(structure.parse(made));
});

describe.each(engines)("on $name", (engine) => {
  const bench = workbench(engine);

  test("every table says where a person's rows are in it, or that they are about nobody", async () => {
    const inDatabase = await bench.database.run((db) =>
      rowsOf(
        db,
        sql`select table_name as name from information_schema.tables
          where table_schema = 'public' and table_name <> 'schema_migrations' order by 1`,
        z.object({ name: z.string() }),
      ),
    );
    expect(Object.values(schema.tables).map(getTableName).sort()).toEqual(inDatabase.map(({ name }) => name));
    expect(Object.keys(schema.personColumn)).toEqual(Object.keys(schema.tables));
  });

  test("no table of a backup counts by itself: a restored one would count from the beginning", async () => {
    const counting = await bench.database.run((db) =>
      rowsOf(
        db,
        sql`select table_name as name from information_schema.columns
          where table_schema = 'public' and (is_identity = 'YES' or column_default like 'nextval%')`,
        z.object({ name: z.string() }),
      ),
    );
    const restored = Object.values(schema.kept).map((table: PgTable) => getTableName(table));
    const names = counting.map(({ name }) => name).sort();
    expect(names).toEqual(["crossposts", "deliveries"]);
    for (const name of names) expect(restored).not.toContain(name);
  });

  test("a person gets all that is stored about them, without what is sealed; then it is gone from every table", async () => {
    const { database } = bench;
    const store = bench.store();
    for (const person of [PERSON, OTHER]) await fill(store, person);

    const exported = await store.personal.export(PERSON);
    expect(Object.keys(exported).sort()).toEqual(
      Object.entries(schema.personColumn)
        .flatMap(([, column]) => (column ? [getTableName(column.table)] : []))
        .sort(),
    );
    expect(JSON.parse(JSON.stringify(exported))).toEqual(exported);
    expect(exported.links?.[0]).toMatchObject({ login: `login-${PERSON}`, accessToken: "encrypted" });
    expect(JSON.stringify(exported)).not.toContain(OTHER);

    expect(await mentions(database, PERSON)).toBeGreaterThan(0);
    const others = await mentions(database, OTHER);
    expect(await store.personal.delete(PERSON)).toBe(18);
    expect(await mentions(database, PERSON)).toBe(0);
    expect(await mentions(database, OTHER)).toBe(others);
    expect(await store.personal.export(PERSON)).toEqual({});
    expect(await store.personal.delete(PERSON)).toBe(0);
  });
});

async function fill(store: Store, discordId: string): Promise<void> {
  const { people, links, clanLinks, attempts } = store;
  await people.save(discordId, { region: "EU", privateAnswers: true });
  await links.insertOrRenew({
    discordId,
    account: { exboId: `exbo-${discordId}`, login: `login-${discordId}` },
    tokens: { access: "a", refresh: null, accessExpiresAt: new Date(0) },
  });
  const [link] = await links.of(discordId);
  await clanLinks.are(link!.id, "EU", ["a-clan"]);
  await attempts.add({
    stateHash: `hash-${discordId}`,
    discordId,
    discordName: "v",
    locale: "en-US",
    interaction: { applicationId: "1", token: "t" },
    createdAt: new Date(0),
    expiresAt: new Date(1),
  });
  const { watches, outbox, panels } = store.watching("production");
  const [target, rule, locale] = [`dm:${discordId}`, {}, "en"];
  await watches.add(
    {
      ...{ kind: "price", subject: "EU:zyv9", ownerId: discordId, guildId: null, target, roleId: null },
      ...{ crosspost: false, silent: false, rule, locale, lifetimeDays: 30 },
    },
    { perPerson: 1, perServer: 1 },
    { periodMs: 60_000, points: 2 },
  );
  const event = { kind: "notice" };
  await outbox.post([{ target, watchId: null, ownerId: discordId, guildId: null, event, silent: false, locale }]);
  const { keeping } = store.history("production");
  await keeping.setConsent(discordId, true);
  await keeping.keep("EU", "a-clan", discordId);
  const roles = store.roles("production");
  await roles.match("1", { region: "EU", clanId: "c" }, `name-${discordId}`, discordId, new Date(0));
  await roles.keepGraces("1", [{ discordId, roleId: "2", since: new Date(0) }], []);
  await panels.add({ channelId: `1${discordId}`.slice(0, 18), region: "EU", guildId: "1", ownerId: discordId, locale });
  await goToWar(store, discordId);
}

/** With a squad, an excuse, what was seen of them, and what an officer says, who is the person too. */
async function goToWar(store: Store, personId: string): Promise<void> {
  const { wars, signUps, squads, excuses, presence } = store.warring("production");
  const [warId, guildId, name] = [`war-${personId.slice(0, 3)}`, "1", "v"];
  const [from, until] = [new Date(Date.now() + 60_000), new Date(Date.now() + 120_000)];
  await wars.announce({ guildId, scheduleId: warId }, [{ id: warId, startsAt: from, endsAt: until, terms: {} }]);
  await signUps.put(warId, guildId, { personId, name, character: null, answer: "yes", reason: null });
  await squads.add({ warId, guildId }, warId, "Alpha");
  await squads.assign({ warId, guildId }, warId, [personId]);
  await excuses.add(guildId, { id: warId, personId, name, from, until, reason: "away", by: personId });
  await presence.sawVoice({ warId, sinceMs: 1_000, people: [{ personId, present: true }], whole: false });
  await presence.readLogins(warId, [{ personId, character: "c", region: "EU", outcome: "hidden", lastLogin: null }]);
  await presence.correct({ warId, guildId }, [{ personId, name }], { verdict: "present", reason: null, by: personId });
}

/** In how many rows of all tables of the database this text stands, in whatever column. */
async function mentions(database: Database, text: string): Promise<number> {
  return database.run(async (db) => {
    const named = z.object({ name: z.string() });
    const found = await rowsOf(
      db,
      sql`select table_name as name from information_schema.tables where table_schema = 'public'`,
      named,
    );
    let total = 0;
    for (const { name } of found) {
      const query = sql`select 1 from ${sql.identifier(name)} t where strpos(row_to_json(t)::text, ${text}) > 0`;
      total += (await rowsOf(db, query, z.unknown())).length;
    }
    return total;
  });
}
