import { existsSync, readFileSync } from "node:fs";
import { chmod, mkdir, readdir, rm, stat, symlink, truncate, utimes, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { openStore, StoreInUseError, StoreSetupError } from "../../src/store/index.js";
import { allMigrations, migrate } from "../../src/store/migrate.js";
import { openDatabase } from "../../src/store/store.js";
import { lockDirectory } from "../../src/store/embedded/directory-lock.js";
import { createDatabase } from "../../src/store/embedded/seed.js";
import { databaseTrouble } from "../../src/store/embedded/trouble.js";
import { ManualClock, settled } from "../manual-clock.js";
import { embedded, freshFolder, opened, quiet } from "./engines.js";
import { command, environmentOf, programOf, run } from "./processes.js";

const HOLDER = "test/store/holder.ts";
/** Longer than a holder elsewhere may be silent. */
const SILENCE_MS = 15_000;

describe("the embedded database", () => {
  test("is for its owner alone, with a key ring of its own; refuses a second process and names the first, until it is closed", async () => {
    const fresh = await embedded.fresh();
    const dataDir = join(fresh.dataDir, "made", "by-us");
    const settings = { ...fresh, dataDir };
    const store = await opened(settings);
    const modes = async (name: string) => ((await stat(join(dataDir, name))).mode & 0o777).toString(8);
    expect([await modes("."), await modes("database")]).toEqual(["700", "700"]);
    expect(await modes("encryption-keys")).toBe("600");
    expect((await readdir(dataDir)).sort()).toEqual(["database", "encryption-keys", "lock.1"]);
    const second = run(HOLDER, ["close"], environmentOf(settings));
    expect(await second.next()).toMatch(new RegExp(`^failed StoreInUseError: .*pid ${process.pid}\\b.*DATA_DIR`));
    expect(await second.ended).toBe(1);
    await expect(opened(settings)).rejects.toThrow(StoreInUseError);
    await store.close();
    await (await opened(settings)).ping();
  });

  test("a key ring that cannot be read is named, and left as it is", async () => {
    const { dataDir } = await embedded.fresh();
    await writeFile(join(dataDir, "encryption-keys"), "garbage");
    await expect(opened({ dataDir, databaseUrl: undefined, keys: undefined })).rejects.toThrow(
      /encryption-keys must be/,
    );
    expect(readFileSync(join(dataDir, "encryption-keys"), "utf8")).toBe("garbage");
    expect(await canOpen(dataDir)).toBe(false);
  });

  test.skipIf(!existsSync("/proc/self/stat"))(
    "is taken over from a killed process that is still a zombie",
    async () => {
      const settings = await embedded.fresh();
      // The parent becomes a sleep, which does not look after children.
      const parent = command(
        ["sh", "-c", '"$@" hold & exec sleep 600', "sh", ...programOf(HOLDER)],
        environmentOf(settings),
      );
      const pid = Number((await parent.next()).replace("open ", ""));
      await expect(opened(settings)).rejects.toThrow(`pid ${pid}`);
      process.kill(pid, "SIGKILL");
      while (!readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ")) await settled();
      await (await opened(settings)).ping();
      expect(readFileSync(`/proc/${pid}/stat`, "utf8")).toMatch(/\) Z /);
    },
  );

  test("is taken over from a process whose pid somebody else has now", async () => {
    const { dataDir } = await embedded.fresh();
    const clock = new ManualClock();
    // As after a container was killed: the next one's process, too, is its first.
    const lock = await lockDirectory(dataDir, clock);
    const holder = JSON.parse(readFileSync(join(dataDir, "lock.1"), "utf8")) as Record<string, unknown>;
    lock.release();
    await writeFile(join(dataDir, "lock.9"), JSON.stringify({ ...holder, started: "1" }));
    (await lockDirectory(dataDir, clock)).release();
    await writeFile(join(dataDir, "lock.20"), JSON.stringify(holder));
    await expect(lockDirectory(dataDir, clock)).rejects.toThrow(`pid ${process.pid}`);
  });

  test("is taken over from another host only after its holder has been silent for long", async () => {
    const { dataDir } = await embedded.fresh();
    const elsewhere = JSON.stringify({ pid: 1, started: "1", host: "node-7 pid:[1]" });
    await writeFile(join(dataDir, "lock.1"), elsewhere);
    const clock = new ManualClock();

    const refused = lockDirectory(dataDir, clock);
    await utimes(join(dataDir, "lock.1"), new Date(1_000), new Date(1_000));
    clock.advance(SILENCE_MS);
    await expect(refused).rejects.toThrow("pid 1 on node-7");

    const taken = lockDirectory(dataDir, clock);
    clock.advance(SILENCE_MS - 1);
    await settled();
    expect(readFileSync(join(dataDir, "lock.1"), "utf8")).toBe(elsewhere);
    clock.advance(1);
    (await taken).release();
  });

  test("of all who take it over from the same dead holder, one gets it", async () => {
    const { dataDir } = await embedded.fresh();
    for (let round = 1; round <= 20; round += 1) {
      const clock = new ManualClock();
      await writeFile(
        join(dataDir, `lock.${round * 100}`),
        JSON.stringify({ pid: 1, started: "1", host: "elsewhere" }),
      );
      const racers = Array.from({ length: 5 }, () => lockDirectory(dataDir, clock));
      clock.advance(SILENCE_MS);
      const results = await Promise.allSettled(racers);
      const winners = results.filter((result) => result.status === "fulfilled");
      expect(winners).toHaveLength(1);
      winners[0]?.value.release();
    }
  });

  test("shows those elsewhere that it lives", async () => {
    const folder = await freshFolder();
    const clock = new ManualClock();
    const lock = await lockDirectory(folder, clock);
    const file = join(folder, "lock.1");
    await utimes(file, new Date(0), new Date(0));
    clock.advance(SILENCE_MS / 3);
    expect((await stat(file)).mtimeMs).toBeGreaterThan(0);
    lock.release();
  });

  test("of another PostgreSQL version says what to do, and is left as it is", async () => {
    const { dataDir } = await embedded.fresh();
    await mkdir(join(dataDir, "database"));
    await expect(openStore(options(dataDir))).rejects.toThrow(/holds no database/);
    await writeFile(join(dataDir, "database", "PG_VERSION"), "17\n");
    const refusal = await openStore(options(dataDir)).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(StoreSetupError);
    expect(String(refusal)).toMatch(/made by PostgreSQL 17.*works with 18.*npm run backup/);
    expect(await readdir(join(dataDir, "database"))).toEqual(["PG_VERSION"]);
  });

  test.each<[string, string, (folder: string) => Promise<unknown>]>([
    ["is a file", "bad", (folder) => writeFile(join(folder, "bad"), "")],
    ["is below a file", "bad/below/it", (folder) => writeFile(join(folder, "bad"), "")],
    ["is a link to nowhere", "bad", (folder) => symlink("/nowhere/at/all", join(folder, "bad"))],
    ["is below a link to nowhere", "bad/below", (folder) => symlink("/nowhere/at/all", join(folder, "bad"))],
    ["is a link to itself", "bad", (folder) => symlink("bad", join(folder, "bad"))],
    ["has too long a name", "x".repeat(300), () => Promise.resolve()],
    ["cannot be made by anybody", "/proc/zonewire/data", () => Promise.resolve()],
    [
      "has a folder for a key ring",
      "keys",
      (folder) => mkdir(join(folder, "keys/encryption-keys"), { recursive: true }),
    ],
  ])("in a folder that %s says so in one line, and leaves nothing there", async (_, name, spoil) => {
    const folder = await freshFolder();
    await spoil(folder);
    const dataDir = resolve(folder, name);
    const refusal: unknown = await openStore(options(dataDir)).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(StoreSetupError);
    expect(String(refusal)).toMatch(/^StoreSetupError: .*DATA_DIR \([^\n]*\) [^\n]*$/);
    expect((await readdir(folder, { recursive: true })).filter((file) => /draft|\.(tmp|new)$/.test(file))).toEqual([]);
  });

  test.skipIf(process.getuid?.() === 0)("in a folder that cannot be written says so in one line", async () => {
    const folder = await freshFolder();
    await chmod(folder, 0o500);
    await expect(openStore(options(join(folder, "data")))).rejects.toThrow(/^DATA_DIR \(.*\) cannot be written/);
  });

  test.each([
    ["short", (home: string) => truncate(join(home, "database/global/pg_control"), 100)],
    ["without tables", (home: string) => rm(join(home, "database/base"), { recursive: true })],
    ["without a log", (home: string) => rm(join(home, "database/pg_wal"), { recursive: true })],
    ["misconfigured", (home: string) => writeFile(join(home, "database/postgresql.conf"), "garbage {{{")],
  ] as const)("that is damaged (%s) says so, and what to do", async (_, spoil) => {
    const { dataDir } = await embedded.fresh();
    await createDatabase(join(dataDir, "database"));
    await spoil(dataDir);
    const refusal: unknown = await openStore(options(dataDir)).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(StoreSetupError);
    expect(String(refusal)).toMatch(/^StoreSetupError: the database in DATA_DIR \(.*\) is damaged: .*npm run restore/);
    // It can be tried again once it is repaired.
    expect(readFileSync(join(dataDir, "lock.1"), "utf8")).toBe("");
  });

  test("that refuses this release's changes says so with the database's reason; only one that is damaged is called so", async () => {
    const { dataDir } = await embedded.fresh();
    const settings = { dataDir, databaseUrl: undefined, keys: undefined };
    const { database } = await openDatabase({ settings, clock: new ManualClock(), log: quiet });
    const change = (statement: string) => database.run((db) => db.execute(sql.raw(statement)));
    const failing = (state: string) => `
      create or replace function refuse() returns trigger language plpgsql as
        $$ begin raise exception 'no "links" today' using errcode = '${state}', detail = 'Key (exbo_id)=(secret)'; end $$;
    `;
    await migrate(database, allMigrations().slice(0, 1));
    await change(failing("23514"));
    await change("create trigger refuse before insert on schema_migrations execute function refuse()");
    for (const [state, said] of [
      ["23514", /does not take the changes of this release \(no "links" today, 23514\); nothing was changed: run the/],
      ["42501", /does not take the changes of this release \(no "links" today, 42501\)/],
      ["22P02", /does not take the changes of this release \(22P02\)/],
      ["53100", /is on a full disk: make room/],
      ["XX001", /is damaged: .*npm run restore/],
    ] as const) {
      await change(failing(state));
      const refusal: unknown = await migrate(database).catch((error: unknown) => error);
      const line = String(databaseTrouble(dataDir, refusal));
      expect(line).toMatch(said);
      expect(line).toMatch(/^StoreSetupError: [^\n]*DATA_DIR \([^\n]*$/);
      expect(line).not.toContain("secret");
    }
    await change("drop trigger refuse on schema_migrations");
    await change('create table "sales_pages" (id int)');
    await database.close();
    const refusal: unknown = await openStore(options(dataDir)).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(StoreSetupError);
    expect(String(refusal)).toContain('(relation "sales_pages" already exists, 42P07)');
    // As said: nothing was changed, and without what is in the way it opens.
    const mended = await openDatabase({ settings, clock: new ManualClock(), log: quiet });
    await mended.database.run((db) => db.execute(sql.raw('drop table "sales_pages"')));
    await migrate(mended.database);
    await mended.database.close();
  });

  test("whose lock cannot be touched any more warns once, and goes on", async () => {
    const folder = await freshFolder();
    const clock = new ManualClock();
    const warnings: string[] = [];
    const lock = await lockDirectory(folder, clock, { warn: (_details, message) => warnings.push(message) });
    await rm(folder, { recursive: true });
    await writeFile(folder, "");
    for (let beat = 0; beat < 3; beat += 1) clock.advance(SILENCE_MS / 3);
    expect(warnings).toEqual([expect.stringContaining("the lock of DATA_DIR cannot be touched")]);
    await rm(folder);
    await mkdir(folder);
    await writeFile(join(folder, "lock.1"), "");
    clock.advance(SILENCE_MS / 3);
    await rm(join(folder, "lock.1"));
    clock.advance(SILENCE_MS / 3);
    expect(warnings).toHaveLength(2);
    lock.release();
  });

  test("that was not made to the end is made again", async () => {
    const { dataDir } = await embedded.fresh();
    await mkdir(join(dataDir, "database.new", "base"), { recursive: true });
    await writeFile(join(dataDir, "database.new", "PG_VERSION"), "18\n");
    expect(await canOpen(dataDir)).toBe(true);
  });
});

const options = (dataDir: string) => ({
  settings: { dataDir, databaseUrl: undefined, keys: undefined },
  clock: new ManualClock(),
  log: quiet,
});

async function canOpen(dataDir: string): Promise<boolean> {
  return openStore(options(dataDir)).then(
    (store) => store.close().then(() => true),
    () => false,
  );
}
