import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { createLog } from "../../src/log.js";
import type { Store } from "../../src/store/index.js";
import { engines, workbench } from "./engines.js";

/** What people store, to be found again wherever it goes. */
const MARK = "marked-value";

const sale = { time: new Date(0), amount: 1, price: 2, quality: 3, level: 4 };
const PATHS: Readonly<Record<string, (store: Store) => Promise<unknown>>> = {
  people: (store) => store.people.save(MARK, { region: MARK }),
  "what a person chose": (store) => store.people.get(MARK),
  servers: (store) => store.servers.save(MARK, { language: MARK }),
  "a server that is left": (store) => store.servers.left(MARK),
  links: (store) =>
    store.links.insertOrRenew({
      discordId: MARK,
      account: { exboId: MARK, login: MARK },
      tokens: { access: MARK, refresh: MARK, accessExpiresAt: new Date(0) },
    }),
  "a person's links": (store) => store.links.of(MARK),
  "a main link": (store) => store.links.main(MARK),
  "a link that is locked": (store) => store.links.withRow(MARK, () => Promise.resolve()),
  "a linking": (store) =>
    store.attempts.add({
      stateHash: MARK,
      discordId: MARK,
      discordName: MARK,
      locale: MARK,
      interaction: { applicationId: MARK, token: MARK },
      createdAt: new Date(0),
      expiresAt: new Date(0),
    }),
  "a linking that ends": (store) => store.attempts.take(MARK),
  "an export": (store) => store.personal.export(MARK),
  "a deletion": (store) => store.personal.delete(MARK),
  sales: (store) =>
    store.sales
      .of(MARK)
      .save(
        { region: MARK, itemId: MARK },
        { revision: undefined, restart: true, added: [sale], whole: true, now: new Date(1) },
      ),
  "sales that are read": (store) => store.sales.of(MARK).read({ region: MARK, itemId: MARK }, new Date(0)),
};

const TABLES = ["people", "servers", "links", "link_attempts", "sales_pages", "sales_stretches"];

describe.each(engines)("a failing database ($name)", (engine) => {
  const bench = workbench(engine);
  const change = (statement: string) => bench.database.run((db) => db.execute(sql.raw(statement)));

  /** What the log says of each path that fails. */
  async function logged(): Promise<Record<string, string>> {
    const said: Record<string, string> = {};
    for (const [path, use] of Object.entries(PATHS)) {
      let text = "";
      const log = createLog("debug", {
        terminal: false,
        destination: { write: (line: string) => void (text += line) },
      });
      await use(bench.store()).catch((err: unknown) => {
        log.error({ err }, "failed");
      });
      if (text !== "") said[path] = text;
    }
    return said;
  }

  test.each([
    ["refuses a value, and quotes it", "22P02"],
    ["refuses a row, and shows it", "23514"],
    ["lets nobody write", "42501"],
    ["says something of its own", "P0001"],
    ["is shutting down", "57P01"],
    ["has a full disk", "53100"],
    ["is corrupt", "XX001"],
  ])("that %s: the log has its code and nothing that was stored", async (_what, code) => {
    const words = ["22P02", "P0001"].includes(code) ? "row_to_json(new)::text" : "'no'";
    await change(`create or replace function refuse() returns trigger language plpgsql as $$ begin
      raise exception using message = ${words}, detail = row_to_json(new)::text, errcode = '${code}'; end $$`);
    for (const table of TABLES) {
      await change(
        `create or replace trigger refuse before insert or update on ${table} for each row execute function refuse()`,
      );
    }
    const said = await logged();
    for (const table of TABLES) await change(`drop trigger refuse on ${table}`);
    expect(Object.keys(said)).toEqual(expect.arrayContaining(["people", "servers", "links", "a linking", "sales"]));
    for (const text of Object.values(said)) {
      expect(text).not.toContain(MARK);
      expect(text).toContain(code);
    }
  });

  test("that has lost its tables: every path fails, and the log says which table", async () => {
    for (const table of TABLES) await change(`alter table ${table} rename to ${table}_gone`);
    const said = await logged();
    for (const table of TABLES) await change(`alter table ${table}_gone rename to ${table}`);
    expect(Object.keys(said)).toEqual(Object.keys(PATHS));
    for (const text of Object.values(said)) {
      expect(text).not.toContain(MARK);
      expect(text).toMatch(/42P01/);
      expect(text).toMatch(/relation \\"\w+\\" does not exist/);
    }
  });
});
