import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sql, type SQL } from "drizzle-orm";
import { describe, expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../src/time.js";
import type { Database } from "../../src/store/database.js";
import { KeyRing, openStore, StoreSetupError, type StoreSettings } from "../../src/store/index.js";
import { allMigrations, appliedMigrations, migrate, readMigration } from "../../src/store/migrate.js";
import { openDatabase } from "../../src/store/store.js";
import { engines, freshFolder, quiet, workbench } from "./engines.js";
import { environmentOf, run } from "./processes.js";

const FOLDER = join(import.meta.dirname, "../../src/store/migrations");
const KEYS = KeyRing.newKey();
const names = allMigrations();
/** Those before belong to the first release, which nothing runs beside. */
const ROLLING = names.slice(names.indexOf("0006_waiting") + 1);
/** The releases after this one, of which the second takes away what the first has brought. */
const MORE = {
  "9001_hats": "create table hats (id text, colour text)",
  "9002_plain_hats": "-- needs: 9001_hats\nalter table hats drop column colour",
  "9003_caps": "create table caps (id text)",
};
const hats = [...names, "9001_hats"];
const caps = [...names, ...Object.keys(MORE)];
/** As a start with DATABASE_URL says it. */
const ROLLING_OUT = { besideNewer: true, besideOlder: true };

/** The statements that may break a process which does not know them. */
function restricting(statements: readonly string[]): string[] {
  const made = new Set<string>();
  return statements
    .map((statement) => statement.replaceAll(/^--.*$/gm, "").trim())
    .filter((statement) => {
      const [, table = ""] = /^CREATE (?:UNLOGGED )?TABLE (?:IF NOT EXISTS )?"?(\w+)"?/i.exec(statement) ?? [];
      if (table !== "") {
        made.add(table);
        return false;
      }
      const [, altered = ""] =
        /^ALTER TABLE "?(\w+)"?/i.exec(statement) ?? /^CREATE UNIQUE INDEX .* ON "?(\w+)"?/i.exec(statement) ?? [];
      if (made.has(altered)) return false;
      if (/^ALTER TABLE "?\w+"? ADD COLUMN /i.test(statement))
        return /NOT NULL/i.test(statement) && !/DEFAULT/i.test(statement);
      return statement !== "" && !/^CREATE INDEX /i.test(statement);
    });
}

describe("migrations", () => {
  test("only add something, or say which releases cannot go on after them", () => {
    expect(restricting(readMigration(FOLDER, "0002_sources").statements)).toHaveLength(8);
    for (const name of ROLLING) {
      const { statements, needs } = readMigration(FOLDER, name);
      if (needs === undefined) expect(restricting(statements), name).toEqual([]);
      else expect(names.slice(0, names.indexOf(name)), name).toContain(needs);
    }
  });

  test.each([
    ['CREATE TABLE "hats" ("id" text NOT NULL)', 'ALTER TABLE "hats" ADD CONSTRAINT "c" CHECK (true)'],
    ["-- Some words.\nCREATE UNLOGGED TABLE hats (id text)", 'CREATE UNIQUE INDEX "i" ON "hats" USING btree ("id")'],
    ['ALTER TABLE "people" ADD COLUMN "hat" text', 'CREATE INDEX "i" ON "people" USING btree ("hat")'],
    ['ALTER TABLE "people" ADD COLUMN "hats" integer DEFAULT 0 NOT NULL'],
  ])("that only add are told: %s", (...statements) => {
    expect(restricting(statements)).toEqual([]);
  });

  test.each([
    'DROP TABLE "people"',
    'ALTER TABLE "people" DROP COLUMN "region"',
    'ALTER TABLE "people" RENAME COLUMN "region" TO "place"',
    'ALTER TABLE "people" ALTER COLUMN "region" SET NOT NULL',
    'ALTER TABLE "people" ADD COLUMN "hat" text NOT NULL',
    'ALTER TABLE "people" ADD CONSTRAINT "c" CHECK (region is not null)',
    'CREATE UNIQUE INDEX "i" ON "people" USING btree ("region")',
    'DELETE FROM "people"',
  ])("that take something away are told: %s", (statement) => {
    expect(restricting([statement])).toEqual([statement]);
  });
});

describe.each(engines)("a release, on $name", (engine) => {
  describe("beside the next one", () => {
    const bench = workbench(engine);

    test("starts again where the next one has migrated, and works", async () => {
      const previous = names.slice(0, -1);
      expect(await migrate(bench.elsewhereDatabase, previous, ROLLING_OUT)).toEqual({
        applied: [],
        newer: names.slice(-1),
      });
      const [before, after] = [bench.elsewhere(), bench.store()];
      await before.people.save("1", { region: "EU" });
      await after.people.save("2", { region: "NA" });
      expect(await after.people.get("1")).toMatchObject({ region: "EU" });
      expect(await before.people.get("2")).toMatchObject({ region: "NA" });
      // Who puts a backup in, or seals everything anew, has to know all tables.
      await expect(migrate(bench.elsewhereDatabase, previous)).rejects.toThrow(StoreSetupError);
    });
  });

  test("is let in by those after it until one takes away what it needs", async () => {
    const folder = await migrationsWith(MORE);
    const { database } = await fresh();
    const start = (release: readonly string[]) => migrate(database, release, { folder, ...ROLLING_OUT });
    expect(await start(hats)).toEqual({ applied: hats, newer: [] });
    expect(await start(names)).toEqual({ applied: [], newer: ["9001_hats"] });
    expect(await start(caps)).toEqual({ applied: ["9002_plain_hats", "9003_caps"], newer: [] });
    expect(await start(hats)).toEqual({ applied: [], newer: ["9002_plain_hats", "9003_caps"] });
    await expect(start(names)).rejects.toThrow(/^[^\n]*9003_caps[^\n]*update$/);
    const fromNothing = await fresh();
    expect(await migrate(fromNothing.database, caps, { folder, ...ROLLING_OUT })).toEqual({ applied: caps, newer: [] });
  });

  test("that is left out is asked for: what would break its processes is applied by hand only", async () => {
    const folder = await migrationsWith(MORE);
    const { database } = await fresh();
    await migrate(database, names);
    await expect(migrate(database, caps, { folder, ...ROLLING_OUT })).rejects.toThrow(
      /^the migration 9002_plain_hats would break [^\n]*npm run migrate[^\n]*$/,
    );
    expect(await database.run((db) => appliedMigrations(db))).toEqual(names);
    expect((await migrate(database, caps, { folder, besideNewer: true })).applied).toEqual(caps.slice(-3));
  });

  test("has `npm run migrate`, which says what it has done; a start that cannot go on says why in one line", async () => {
    const { settings, database } = await fresh();
    await database.close();
    const program = async () => {
      const { lines, ended } = run("src/store/bin/migrate.ts", [], environmentOf(settings, KEYS));
      return { code: await ended, lines };
    };
    expect(await program()).toEqual({
      code: 0,
      lines: [`The schema is up to date. Applied: ${names.join(", ")}.`],
    });
    await change(settings, sql`insert into schema_migrations (name, needs) values ('9999_later', ${names[0]})`);
    expect(await program()).toEqual({
      code: 0,
      lines: ["Nothing to do: a newer release has applied 9999_later, and this one can go on."],
    });
    // A start of a release that the newer one has not counted on.
    await change(settings, sql`update schema_migrations set needs = null where name = '9999_later'`);
    const refused: unknown = await openStore({ settings, clock: systemClock, log: quiet }).catch(
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(StoreSetupError);
    expect(String(refused)).toMatch(/^[^\n]*9999_later[^\n]*update$/);
  });

  async function fresh(): Promise<{ settings: StoreSettings; database: Database }> {
    const settings = await engine.fresh(KeyRing.parse(KEYS));
    const { database } = await openDatabase({ settings, clock: systemClock, log: quiet });
    onTestFinished(() => database.close());
    return { settings, database };
  }
});

/** Changes a database that nobody has open. */
async function change(settings: StoreSettings, statement: SQL): Promise<void> {
  const { database } = await openDatabase({ settings, clock: systemClock, log: quiet });
  await database.run((db) => db.execute(statement)).finally(() => database.close());
}

/** A folder of all migrations with some more. */
async function migrationsWith(more: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(await freshFolder(), "migrations");
  await cp(FOLDER, folder, { recursive: true });
  for (const [name, text] of Object.entries(more)) await writeFile(join(folder, `${name}.sql`), text);
  return folder;
}
