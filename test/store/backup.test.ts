import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { systemClock } from "../../src/time.js";
import { BackupError, backUp } from "../../src/store/backup.js";
import type { Database } from "../../src/store/database.js";
import { KeyRing } from "../../src/store/index.js";
import { allMigrations, appliedMigrations, migrate } from "../../src/store/migrate.js";
import { restore, RestoreError } from "../../src/store/restore.js";
import { rowsOf } from "../../src/store/rows.js";
import { kept } from "../../src/store/schema.js";
import { openDatabase, Store } from "../../src/store/store.js";
import { embedded, engines, freshFolder, opened, quiet, workbench } from "./engines.js";
import { environmentOf, run } from "./processes.js";
import { empty } from "./shared.js";

/** More than are read or written at once. */
const PEOPLE = 1_203;
const KEYS = KeyRing.newKey();
const keys = KeyRing.parse(KEYS);
/** What people may call themselves. */
const NAMES = ['"quoted"\\', "два\nряда", "🐗 \u2028", '{"rows":0}', '{"table":"people"}', "$1; --", "\t", "null"];

async function fill(database: Database): Promise<void> {
  await database.run((db) =>
    db.execute(sql`insert into people (discord_id, private_answers, created_at, updated_at)
      select n::text, n % 2 = 0, now(), 'infinity' from generate_series(1, ${PEOPLE}) n`),
  );
  const store = new Store(database, keys, systemClock);
  for (const [n, name] of NAMES.entries()) {
    await store.links.insertOrRenew({
      discordId: `${n % 3}`,
      account: { exboId: `${n}`, login: name },
      tokens: {
        access: `secret-access-${n}`,
        refresh: n === 0 ? null : `secret-refresh-${n}`,
        accessExpiresAt: new Date(n),
      },
    });
  }
  await store.servers.save("7", { language: "ko" });
  await store.roles("production").match("7", { region: "EU", clanId: "c" }, "Ada", "1", new Date(0));
  await store.servers.left("7");
  // What the API tells again is in no backup.
  const sale = { time: new Date(0), amount: 1, price: 2, quality: 3, level: 4 };
  const change = { revision: undefined, restart: false, added: [sale], whole: true, now: new Date(1) };
  await store.sales.save({ region: "EU", itemId: "zyv9" }, change);
}

/** The rows of what is backed up, as the engine itself writes them. */
async function everythingIn(database: Database): Promise<unknown> {
  return database.run((db) =>
    Promise.all(
      Object.values(kept).map((table) =>
        rowsOf(db, sql`select t::text as row from ${table} t order by 1`, z.object({ row: z.string() })),
      ),
    ),
  );
}

describe.each(engines)("from $name", (from) => {
  const source = workbench(from);

  describe.each(engines)("to $name", (to) => {
    const target = workbench(to);

    test("a backup brings everything back, and holds no token in clear", async () => {
      const file = join(await freshFolder(), "backup");
      writeFileSync(file, "an older backup", { mode: 0o644 });
      await fill(source.database);
      const before = await everythingIn(source.database);
      const rows = await backUp(source.database, file);
      expect(rows).toBe(PEOPLE + NAMES.length + 2);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(readdirSync(join(file, ".."))).toEqual(["backup"]);
      expect(readFileSync(file, "utf8")).not.toMatch(/secret-(access|refresh)/);

      expect(await everythingIn(target.database)).not.toEqual(before);
      expect(await restore(target.database, file)).toBe(rows);
      expect(await everythingIn(target.database)).toEqual(before);
      const { links } = target.store({ keys });
      const link = await links.byExboId("1");
      expect(await links.tokens(link?.id ?? "")).toMatchObject({ access: "secret-access-1" });
    });
  });

  test("a backup is of one moment, also while the bot writes", async () => {
    const file = join(await freshFolder(), "backup");
    const store = source.store();
    const done = new AbortController();
    // Always one more person than servers, or as many.
    const writing = (async () => {
      for (let n = 0; !done.signal.aborted; n += 1) {
        await store.people.save(`p${n}`, {});
        await store.servers.save(`s${n}`, {});
      }
    })();
    for (let round = 0; round < 5; round += 1) {
      await backUp(source.database, file);
      const lines = readFileSync(file, "utf8").split("\n");
      const count = (what: string) => lines.filter((line) => line.includes(what)).length;
      expect([0, 1]).toContain(count('"discord_id":"p') - count('"guild_id":"s'));
    }
    done.abort();
    await writing;
  });

  test("a restore is refused by a store that has something, and by what is not a whole backup; nothing changes", async () => {
    const { database } = source;
    const folder = await freshFolder();
    const file = join(folder, "backup");
    await source.store().people.save("1", { region: "EU" });
    await backUp(database, file);
    await expect(restore(database, file)).rejects.toThrow(/not empty/);
    await expect(backUp(database, folder)).rejects.toThrow(`${folder} cannot be written: `);

    const lines = readFileSync(file, "utf8").split("\n");
    const damaged = {
      "cut in the middle": lines.slice(0, 3).join("\n"),
      "one row less": lines.filter((line) => !line.includes('"discord_id"')).join("\n"),
      "something else": "not a backup",
      nothing: "",
      "of the future": lines.join("\n").replace('"migrations":[', '"migrations":["9999_later",'),
      "with a table of the future": lines.join("\n").replace('{"table":"links"}', '{"table":"hats"}'),
    };
    await empty(database);
    for (const [name, text] of Object.entries(damaged)) {
      const bad = join(folder, name);
      writeFileSync(bad, text);
      await expect(restore(database, bad), name).rejects.toThrow(RestoreError);
    }
    expect(await restore(database, file)).toBe(1);
    expect(await source.store().people.get("1")).toMatchObject({ region: "EU" });
  });
});

describe("the programs", () => {
  const program = (name: string, args: readonly string[], env: Record<string, string>) =>
    run(`src/store/bin/${name}.ts`, args, env);

  test("back up where they can, and restore into an empty folder", async () => {
    const settings = await embedded.fresh(keys);
    const target = await embedded.fresh(keys);
    const store = await opened(settings);
    await store.people.save("1", { language: "fr" });
    const folder = await freshFolder();

    const tooEarly = program("backup", ["b"], { ...environmentOf(settings, KEYS), INIT_CWD: folder });
    expect(await tooEarly.ended).toBe(1);
    expect(tooEarly.lines.join("\n")).toMatch(new RegExp(`pid ${process.pid}.*stop the bot`));
    expect(readdirSync(folder)).toEqual([]);
    await store.close();

    const file = join(folder, "no", "folder", "b");
    const backup = program("backup", [file], environmentOf(settings, KEYS));
    expect(await backup.ended).toBe(1);
    expect(backup.lines).toEqual([expect.stringMatching(/ cannot be written: /)]);
    expect(backup.lines[0]).toContain(file);
    expect(readdirSync(folder)).toEqual([]);

    const saving = program("backup", ["b"], { ...environmentOf(settings, KEYS), INIT_CWD: folder });
    expect(await saving.ended).toBe(0);
    expect(saving.lines).toHaveLength(1);
    expect(saving.lines[0]).toContain(`1 row is in ${join(folder, "b")}`);
    const again = program("backup", [join(folder, "b")], environmentOf(settings, KEYS));
    expect(await again.ended).toBe(0);
    expect(again.lines[0]).toMatch(/b, in place of the backup of \d{4}-\d\d-\d\dT\S+Z that was there\./);
    const other = join(folder, ".env");
    writeFileSync(other, "DATA_DIR=here\n");
    const mistaken = program("backup", [other], environmentOf(settings, KEYS));
    expect(await mistaken.ended).toBe(1);
    expect(mistaken.lines).toEqual([`${other} is there, and is no backup: name another file`]);
    const loading = program("restore", [join(folder, "b")], environmentOf(target, KEYS));
    expect(await loading.ended).toBe(0);
    expect(await (await opened(target)).people.get("1")).toMatchObject({ language: "fr" });
  });

  test("say in one line what they cannot do, and make nothing", async () => {
    const { dataDir } = await embedded.fresh();
    const missing = join(dataDir, "no", "folder");
    const refusals = [
      [program("backup", [], { DATA_DIR: dataDir }), /^usage: npm run backup -- <file>$/],
      [
        program("backup", [join(dataDir, "b")], { DATA_DIR: missing }),
        /^there is no database in DATA_DIR \(.*folder\)$/,
      ],
      [program("rotate-keys", [], { DATA_DIR: missing }), /^there is no database in DATA_DIR/],
      [program("restore", ["missing"], { DATA_DIR: missing }), /ENOENT.*missing/],
      [program("restore", [dataDir], { DATA_DIR: missing }), /is a folder, and no backup$/],
      [program("backup", ["b"], { DATABASE_URL: "mysql://root:hush@h/x" }), /^DATABASE_URL must be a postgresql:\/\//],
      [program("rotate-keys", [], { DATA_DIR: dataDir, ENCRYPTION_KEYS: "hush" }), /^ENCRYPTION_KEYS must be id:key/],
    ] as const;
    for (const [{ ended, lines }, reason] of refusals) {
      expect(await ended).toBe(1);
      expect(lines).toEqual([expect.stringMatching(reason)]);
      expect(lines.join()).not.toContain("hush");
    }
    expect(readdirSync(dataDir)).toEqual([]);
  });
});

test("a backup reads a database of an older release as it is, and what no release has used not at all", async () => {
  const file = join(await freshFolder(), "backup");
  const { database } = await openDatabase({ settings: await embedded.fresh(keys), clock: systemClock, log: quiet });
  onTestFinished(() => database.close());
  await expect(backUp(database, file)).rejects.toThrow(BackupError);
  await migrate(database, allMigrations().slice(0, 1));
  await database.run((db) =>
    db.execute(sql`insert into people (discord_id, created_at, updated_at) values ('1', now(), now())`),
  );
  expect(await backUp(database, file)).toBe(1);
  expect(await database.run((db) => appliedMigrations(db))).toEqual(allMigrations().slice(0, 1));
  await database.run((db) => db.execute(sql`insert into schema_migrations (name) values ('9999_later')`));
  await expect(backUp(database, file)).rejects.toThrow(/newer release/);

  await database.run((db) => db.execute(sql`drop schema public cascade`));
  await database.run((db) => db.execute(sql`create schema public`));
  expect(await restore(database, file)).toBe(1);
  expect(await database.run((db) => appliedMigrations(db))).toEqual(allMigrations());
});
