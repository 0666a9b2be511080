import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { describe, expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../src/time.js";
import { createLog } from "../../src/log.js";
import { KeyRing, openStore, StoreSetupError, StoreUnavailableError, type Tokens } from "../../src/store/index.js";
import { migrate } from "../../src/store/migrate.js";
import { rotate } from "../../src/store/rotation.js";
import { openServer } from "../../src/store/server/open.js";
import { openDatabase, Store } from "../../src/store/store.js";
import { freshDatabase, hasServer, opened, postgres, quiet } from "./engines.js";
import { environmentOf, run } from "./processes.js";
import { proxyTo, type Proxy } from "./proxy.js";

const OLD_KEY = KeyRing.newKey();
const keys = KeyRing.parse(OLD_KEY);
const tokens = (access: string): Tokens => ({ access, refresh: `${access}-refresh`, accessExpiresAt: new Date(0) });

describe.skipIf(!hasServer)("a PostgreSQL server", () => {
  /** A store that reaches its server through a proxy, and does not wait for long. */
  async function behindProxy(): Promise<{ store: Store; proxy: Proxy; direct: string; warned: Promise<string> }> {
    const direct = await freshDatabase();
    const proxy = await proxyTo(direct);
    let warn: (message: string) => void = () => undefined;
    const warned = new Promise<string>((resolve) => (warn = resolve));
    const store = await opened(
      { dataDir: "unused", databaseUrl: proxy.url, keys },
      {
        log: {
          warn: (_details, message) => {
            warn(message);
          },
        },
        patience: { connectMs: 2_000, queryMs: 500, holdMs: 500 },
      },
    );
    return { store, proxy, direct, warned };
  }

  test("that goes away is reported by every query, and serves again by itself when it is back", async () => {
    const { store, proxy, warned } = await behindProxy();
    await store.people.save("1", { region: "EU" });
    proxy.cut();
    expect(await warned).toContain("connection to the database broke");
    await expect(store.people.get("1")).rejects.toThrow(StoreUnavailableError);
    await expect(store.people.save("1", { region: "NA" })).rejects.toThrow(StoreUnavailableError);
    await expect(store.links.chooseMain("1", "x")).rejects.toThrow(StoreUnavailableError);
    await expect(store.links.withRow("x", () => Promise.resolve())).rejects.toThrow(StoreUnavailableError);
    await expect(store.ping()).rejects.toThrow(StoreUnavailableError);
    proxy.mend();
    expect(await store.people.get("1")).toMatchObject({ region: "EU" });
  });

  test("that no longer answers is given up in time, and serves again by itself when it does", async () => {
    const { store, proxy } = await behindProxy();
    await store.people.save("1", { region: "EU" });
    proxy.freeze();
    await Promise.all([
      expect(store.people.get("1")).rejects.toThrow(StoreUnavailableError),
      expect(store.links.chooseMain("1", "x")).rejects.toThrow(StoreUnavailableError),
      expect(store.links.withRow("x", () => Promise.resolve())).rejects.toThrow(StoreUnavailableError),
    ]);
    proxy.mend();
    expect(await store.people.get("1")).toMatchObject({ region: "EU" });
    expect(await store.links.chooseMain("1", "x")).toBe(false);
  });

  test("tells who listens from when on, also when it goes away and comes back: what was sent before may be missed", async () => {
    const proxy = await proxyTo(await freshDatabase());
    const settings = { dataDir: "unused", databaseUrl: proxy.url, keys };
    const { database } = await openDatabase({ settings, clock: systemClock, log: quiet });
    onTestFinished(() => database.close());
    const heard: (string | undefined)[] = [];
    const leave = database.listen("news", (payload) => heard.push(payload));
    onTestFinished(leave);
    await expect.poll(() => heard).toEqual([undefined]);
    await database.run((db) => db.execute(sql`select pg_notify('news', 'first')`));
    await expect.poll(() => heard).toEqual([undefined, "first"]);
    proxy.cut();
    proxy.mend();
    await expect.poll(() => heard).toEqual([undefined, "first", undefined]);
  });

  test("whose database belongs to somebody else: one line says what gives the right to it", async () => {
    const url = new URL(await freshDatabase());
    const database = url.pathname.slice(1);
    const user = `${database}_user`;
    const owner = await openServer(url.href, { clock: systemClock, onLost: () => undefined, onBack: () => undefined });
    onTestFinished(async () => {
      await owner.run((db) => db.execute(sql.raw(`drop owned by ${user}; drop role ${user}`)));
      await owner.close();
    });
    await owner.run((db) => db.execute(sql.raw(`create role ${user} login password 'hush'`)));
    Object.assign(url, { username: user, password: "hush" });
    const settings = { dataDir: "unused", databaseUrl: url.href, keys };
    const starting = () => openStore({ settings, clock: systemClock, log: quiet });
    await expect(starting()).rejects.toThrow(StoreSetupError);
    await expect(starting()).rejects.toThrow(`let a superuser run ALTER DATABASE ${database} OWNER TO ${user}`);
    const program = run("src/store/bin/migrate.ts", [], environmentOf(settings));
    expect(await program.ended).toBe(1);
    expect(program.lines).toEqual([expect.stringContaining(`GRANT CREATE ON SCHEMA public TO ${user}`)]);

    await owner.run((db) => db.execute(sql.raw(`grant create on schema public to ${user}`)));
    await migrate(owner);
    await expect(starting()).rejects.toThrow(`REASSIGN OWNED BY … TO ${user}`);
  });

  test("that no longer answers does not hold up the end, nor that of listening", async () => {
    const { store, proxy } = await behindProxy();
    const listening = new Promise<() => Promise<void>>((resolve) => {
      const leave = store
        .gateway("a token")
        .among("a")
        .leases.listen(() => {
          resolve(leave);
        });
    });
    const leave = await listening;
    proxy.freeze();
    await leave();
    await store.close();
    await expect(store.ping()).rejects.toThrow(StoreUnavailableError);
  });

  test("that goes away after a token was renewed has the new one when it is back", async () => {
    const { store, proxy } = await behindProxy();
    await store.links.insertOrRenew({ discordId: "1", account: { exboId: "a", login: "a" }, tokens: tokens("old") });
    const [{ id } = { id: "" }] = await store.links.of("1");
    await store.links.withRow(id, async (row) => {
      expect(await row?.save(tokens("renewed"))).toBe(true);
      // The transaction is lost with its connection.
      proxy.cut();
      proxy.mend();
    });
    expect(await store.links.tokens(id)).toEqual(tokens("renewed"));
  });

  test("that goes away before a renewed token is stored has it when it is back, and nobody is bothered", async () => {
    const { store, proxy } = await behindProxy();
    await store.links.insertOrRenew({ discordId: "1", account: { exboId: "a", login: "a" }, tokens: tokens("old") });
    const [{ id } = { id: "" }] = await store.links.of("1");
    const given = await store.links.withRow(id, async (row) => {
      proxy.cut();
      proxy.mend();
      expect(await row?.save(tokens("renewed"))).toBe(true);
      return "renewed";
    });
    expect(given).toBe("renewed");
    expect(await store.links.tokens(id)).toEqual(tokens("renewed"));
  });

  test.each(["before", "after"])(
    "a rotation of keys %s the commit that was lost loses no renewed token",
    async (when) => {
      const { store, proxy, direct } = await behindProxy();
      await store.links.insertOrRenew({ discordId: "1", account: { exboId: "a", login: "a" }, tokens: tokens("old") });
      const [{ id } = { id: "" }] = await store.links.of("1");
      const ring = KeyRing.parse(`new:${randomBytes(32).toString("base64")} ${OLD_KEY}`);
      const elsewhere = await openDatabase({
        settings: { dataDir: "unused", databaseUrl: direct, keys: ring },
        clock: systemClock,
        log: quiet,
      });
      onTestFinished(() => elsewhere.database.close());
      await store.links.withRow(id, async (row) => {
        if (when === "after") await row?.save(tokens("renewed"));
        proxy.cut();
        await rotate(elsewhere.database, ring);
        proxy.mend();
        if (when === "before") await row?.save(tokens("renewed"));
      });
      const seen = new Store(elsewhere.database, ring, systemClock);
      expect(await seen.links.tokens(id)).toEqual(tokens("renewed"));
    },
  );

  test("cut in the middle of anything, is away politely: no other error, and no parameter of a query in the log", async () => {
    const { store, proxy } = await behindProxy();
    const account = { exboId: "hush-exbo", login: "hush-login" };
    await store.links.insertOrRenew({ discordId: "hush-person", account, tokens: tokens("hush-token") });
    const [{ id } = { id: "" }] = await store.links.of("hush-person");
    const written: string[] = [];
    const log = createLog("debug", { terminal: false, destination: { write: (line) => void written.push(line) } });
    const key = { region: "EU", itemId: "hush-item" };
    const doings: (() => Promise<unknown>)[] = [
      () => store.people.get("hush-person"),
      () => store.people.save("hush-person", { region: "hush-region" }),
      () => store.servers.get("hush-guild"),
      () => store.servers.save("hush-guild", { language: "hush" }),
      () => store.links.of("hush-person"),
      () => store.links.main("hush-person"),
      () => store.links.chooseMain("hush-person", id),
      () => store.links.chooseCharacter("hush-person", id, null),
      () => store.links.withRow(id, async (row) => row?.save(tokens("hush-token"))),
      () => store.links.withRow(id, async (row) => row?.markDead()),
      () => store.links.insertOrRenew({ discordId: "hush-person", account, tokens: tokens("hush-token") }),
      () => store.attempts.take("hush-state"),
      () => store.personal.export("hush-person"),
      () => store.sales.read(key, new Date(0)),
      () => store.sales.save(key, { revision: undefined, restart: true, added: [], whole: true, now: new Date(0) }),
      () => store.sales.prune(new Date(0)),
      () => store.ping(),
    ];
    for (const doing of doings) {
      for (const wait of [0, 1, 2]) {
        const done = doing().then(
          () => "done",
          (error: unknown) => {
            log.error({ err: error }, "failed");
            log.error({ err: new Error("around it", { cause: error }) }, "failed");
            return error instanceof StoreUnavailableError ? "away" : String(error);
          },
        );
        for (let turn = 0; turn < wait; turn += 1) await new Promise((resolve) => setImmediate(resolve));
        proxy.cut();
        proxy.mend();
        expect(["done", "away"]).toContain(await done);
      }
    }
    expect(written.join("")).not.toContain("hush");
  });

  test("stays usable while others hold rows and wait for something", async () => {
    const settings = await postgres.fresh();
    const store = await opened(settings);
    for (let n = 0; n < 12; n += 1) {
      await store.links.insertOrRenew({ discordId: "1", account: { exboId: `${n}`, login: "a" }, tokens: tokens("t") });
    }
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const all = await store.links.of("1");
    const held = all.map(({ id }) => store.links.withRow(id, () => released));
    await store.ping();
    expect(await store.links.of("1")).toHaveLength(12);
    release();
    await Promise.all(held);
  });

  test("is brought up to date by one of three processes that start at once", async () => {
    const settings = await postgres.fresh();
    const processes = Array.from({ length: 3 }, () => run("test/store/holder.ts", ["close"], environmentOf(settings)));
    expect(await Promise.all(processes.map(({ ended }) => ended))).toEqual([0, 0, 0]);
    expect(processes.map(({ lines }) => lines)).toEqual(processes.map(({ pid }) => [`open ${pid}`]));
    await (await opened(settings)).people.save("1", {});
  });

  test("is brought up to date by one of many stores of one process", async () => {
    const settings = await postgres.fresh();
    const stores = await Promise.all(Array.from({ length: 10 }, () => opened(settings)));
    await Promise.all(stores.map((store, n) => store.people.save(String(n), { region: "EU" })));
    expect(await stores[0]?.people.get("9")).toMatchObject({ region: "EU" });
  });

  test("that is not there may be tried again; one that lets nobody in may not; neither tells the password", async () => {
    const url = new URL(await freshDatabase());
    const attempt = async (change: (url: URL) => void) => {
      const changed = new URL(url);
      changed.password = "hush-hush";
      change(changed);
      return opened({ dataDir: "unused", databaseUrl: changed.href, keys }).catch((error: unknown) => error);
    };
    const gone = await proxyTo(url.href);
    gone.cut();
    const away = await attempt((changed) => (changed.host = new URL(gone.url).host));
    expect(away).toBeInstanceOf(StoreUnavailableError);
    const stranger = await attempt((changed) => (changed.username = "stranger"));
    expect(stranger).toBeInstanceOf(StoreSetupError);
    expect(String(stranger)).toMatch(/DATABASE_URL/);
    const missing = await attempt((changed) => {
      changed.password = url.password;
      changed.pathname = "/no_such_database";
    });
    expect(missing).toBeInstanceOf(StoreSetupError);
    for (const error of [away, stranger]) expect(String((error as Error).stack)).not.toContain("hush-hush");
  });

  test("without a key ring has everything but tokens", async () => {
    const store = await opened({ ...(await postgres.fresh()), keys: undefined });
    await store.people.save("1", { language: "en" });
    const linking = store.links.insertOrRenew({
      discordId: "1",
      account: { exboId: "a", login: "a" },
      tokens: tokens("t"),
    });
    await expect(linking).rejects.toThrow("ENCRYPTION_KEYS");
    expect(await store.links.of("1")).toEqual([]);
  });
});
