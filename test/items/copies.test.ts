import { readdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DiskCopies } from "../../src/items/copies/disk.js";
import { MemoryCopies } from "../../src/items/copies/memory.js";
import { ManualClock } from "../manual-clock.js";
import { entry, FileHost, itemsOf, temporaryFolder } from "./file-host.js";

const LISTING = "/ru/listing.json";
const HOUR = 3_600_000;

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((file) => file.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}

describe("copies of what everybody uses", () => {
  test("spare the second start everything but questions whether they are new", async () => {
    const [host, copies] = [await FileHost.start(), await temporaryFolder()];
    const first = itemsOf({ source: host.server.url, copies });
    await first.items.start();
    expect(host.take()).toHaveLength(10);
    const statuses: (string | undefined)[] = [];
    host.script = ({ headers }) => void statuses.push(headers["if-none-match"]);
    const second = itemsOf({ source: host.server.url, copies, clock: first.clock });
    await second.items.start();
    expect(statuses.filter((tag) => tag?.startsWith('W/"'))).toHaveLength(10);
    expect([second.items.state("RU").count, second.failures]).toEqual([2, []]);
  });

  test("are there before the network is asked, and without one", async () => {
    const [host, copies] = [await FileHost.start(), await temporaryFolder()];
    const source = host.server.url;
    const first = itemsOf({ source, copies });
    await first.items.start();
    const readAt = new Date(first.clock.now());
    host.server.stop();
    first.clock.advance(5 * 60_000);
    const { items, failures } = itemsOf({ source, copies, clock: first.clock });
    await items.load();
    expect(items.get("0aaa", "EU")?.names.en).toBe("Lantern");
    expect(items.state("RU")).toEqual({ count: 2, readAt, failure: undefined });
    await items.start();
    expect(items.state("RU").count).toBe(2);
    expect(items.state("RU").failure?.what).toBe("ru/listing.json could not be reached (ECONNREFUSED)");
    expect(failures).toHaveLength(10);
  });

  test("a first start without network is no failure of the bot's: it knows ids until there is one", async () => {
    const [host, copies] = [await FileHost.start(), await temporaryFolder()];
    host.script = () => "reset";
    const { items, clock } = itemsOf({ source: host.server.url, copies });
    await items.start();
    expect([items.get("0aaa", "EU"), items.search("lan", "EU", { language: "en", limit: 5 })]).toEqual([undefined, []]);
    host.script = () => undefined;
    clock.advance(5_000);
    await expect.poll(() => items.state("EU").count).toBe(2);
  });

  test("a refresh that is malformed, empty or cut off keeps what was there, file by file", async () => {
    const [host, copies] = [await FileHost.start(), await temporaryFolder()];
    const { items, clock, failures } = itemsOf({ source: host.server.url, copies });
    await items.start();
    const bad = { empty: "[]", broken: "[1", shapeless: '[{"id":1}]', other: '{"a":1}' };
    for (const body of Object.values(bad)) {
      host.script = ({ path }) => (path === LISTING ? { body } : undefined);
      host.files.set("/ru/stats.json", [{ id: body, category: "NONE", name: { type: "text", text: "" } }]);
      failures.length = 0;
      clock.advance(HOUR);
      await expect.poll(() => failures).toEqual(["ru/listing.json is not what it should be"]);
      expect(items.state("RU").count).toBe(2);
      expect(items.state("RU").failure?.at).toEqual(new Date(clock.now()));
      // The other files of the realm are new all the same.
      expect([...items.glossary("RU").statistics.keys()]).toEqual([body]);
    }
    host.script = ({ path }) => (path === LISTING ? { body: "[{}]", cutAfter: 2 } : undefined);
    failures.length = 0;
    clock.advance(HOUR);
    await expect.poll(() => failures).toHaveLength(1);
    expect(items.state("RU").count).toBe(2);

    host.script = () => undefined;
    host.files.set(LISTING, [entry("0ccc", "Rope")]);
    clock.advance(HOUR);
    await expect.poll(() => items.get("0ccc", "RU")?.names.en).toBe("Rope");
    expect(items.state("RU").failure).toBeUndefined();
  });

  test("belong to one source: another one's are not read, and removed", async () => {
    const [one, other, copies] = [await FileHost.start(), await FileHost.start(), await temporaryFolder()];
    await itemsOf({ source: one.server.url, copies }).items.start();
    expect(await filesIn(copies)).toHaveLength(10);
    other.script = () => "reset";
    const { items } = itemsOf({ source: other.server.url, copies });
    await items.start();
    expect(items.state("RU").count).toBe(0);
    expect(await filesIn(copies)).toEqual([]);
  });

  test("that are broken are as if they were not there", async () => {
    const [host, copies] = [await FileHost.start(), await temporaryFolder()];
    await itemsOf({ source: host.server.url, copies }).items.start();
    const listings = (await filesIn(copies)).filter((file) => file.endsWith("listing.json"));
    const whole = await readFile(listings[0]!);
    for (const broken of [Buffer.alloc(0), whole.subarray(0, 20), whole.subarray(0, -9), Buffer.from("{}\n[]")]) {
      for (const file of listings) await writeFile(file, broken);
      const { items, failures } = itemsOf({ source: host.server.url, copies });
      await items.load();
      expect(items.state("RU").count).toBe(0);
      await items.start();
      expect([items.state("RU").count, failures]).toEqual([2, []]);
    }
  });

  test("cannot be written: the items are there anyway, and it is logged once", async () => {
    const [host, folder] = [await FileHost.start(), await temporaryFolder()];
    const copies = join(folder, "a file");
    await writeFile(copies, "");
    const { items, failures } = itemsOf({ source: host.server.url, copies });
    await items.start();
    expect(items.state("RU").count).toBe(2);
    expect(failures).toHaveLength(1);
  });

  test("a source without ETag is asked by its date", async () => {
    const host = await FileHost.start();
    const date = "Mon, 23 Nov 2026 08:00:00 GMT";
    const asked: (string | undefined)[] = [];
    host.script = ({ path, headers }) => {
      if (path !== LISTING) return undefined;
      asked.push(headers["if-modified-since"]);
      return { headers: { "last-modified": date }, body: [entry("0aaa", "Lantern")] };
    };
    const { items, clock } = itemsOf({ source: host.server.url });
    await items.start();
    clock.advance(HOUR);
    await expect.poll(() => asked).toEqual([undefined, date]);
    expect(items.state("RU").count).toBe(1);
  });
});

describe("redirects", () => {
  test("are followed, but not for ever, and not to something else", async () => {
    const host = await FileHost.start();
    const moved = (location: string) => (seen: { path: string }) =>
      seen.path === LISTING ? { status: 302, headers: { location } } : undefined;
    host.files.set("/elsewhere.json", [entry("0ccc", "Rope")]);
    host.script = moved("/elsewhere.json");
    const { items, clock, failures } = itemsOf({ source: host.server.url });
    await items.start();
    expect(items.get("0ccc", "RU")).toBeDefined();
    for (const target of [LISTING, "ftp://127.0.0.1/", "file:///etc/passwd"]) {
      failures.length = 0;
      host.script = moved(target);
      clock.advance(HOUR);
      await expect.poll(() => failures).toEqual(["ru/listing.json redirects somewhere else"]);
    }
    expect(items.state("RU").count).toBe(1);
  });
});

describe("a folder of copies", () => {
  const copy = (text: string, checkedAt: number) => ({ bytes: Buffer.from(text), version: '"v"', checkedAt });

  test("never shows half a file, however often it is written meanwhile", async () => {
    const copies = new DiskCopies({ folder: await temporaryFolder(), source: "s", onFailure: fail });
    const texts = ["a".repeat(200_000), "b".repeat(300_000)];
    await copies.put("x.json", copy(texts[0]!, 0));
    const writing = Promise.all(Array.from({ length: 20 }, (_, n) => copies.put("x.json", copy(texts[n % 2]!, 0))));
    for (let reads = 0; reads < 40; reads++) {
      expect(texts).toContain((await copies.get("x.json"))?.bytes.toString());
    }
    await writing;
  });

  test("forgets what was confirmed longest ago once it is too much, and what was never finished", async () => {
    const folder = await temporaryFolder();
    const copies = new DiskCopies({ folder, source: "s", onFailure: fail, mostBytes: 1_000 });
    const clock = new ManualClock();
    for (const name of ["a", "b", "c", "d"]) {
      clock.advance(HOUR);
      await copies.put(`${name}.json`, copy("x".repeat(300), clock.now()));
    }
    clock.advance(HOUR);
    await copies.confirm("a.json", clock.now());
    const [somewhere] = await filesIn(folder);
    await writeFile(`${somewhere!}.0.draft`, "half");
    await copies.prune();
    const there = await Promise.all(
      ["a", "b", "c", "d"].map(async (name) => (await copies.get(`${name}.json`)) !== undefined),
    );
    expect(there).toEqual([true, false, false, true]);
    expect(await filesIn(folder)).toHaveLength(2);
    expect((await copies.get("a.json"))?.checkedAt).toBe(clock.now());
  });

  test("tells apart paths that its file system may not", async () => {
    const folder = await temporaryFolder();
    const copies = new DiskCopies({ folder, source: "s", onFailure: fail });
    await copies.put("RQxk.json", copy("one", 0));
    const [file] = await filesIn(folder);
    const { mtime } = await stat(file!);
    await writeFile(join(file!, "../rqxk.json"), await readFile(file!));
    await utimes(join(file!, "../rqxk.json"), mtime, mtime);
    expect(await copies.get("rqxk.json")).toBeUndefined();
    expect((await copies.get("RQxk.json"))?.bytes.toString()).toBe("one");
  });
});

function fail(error: unknown): never {
  throw error;
}

test("copies in memory are bounded: those that were not used for longest go first", async () => {
  const copies = new MemoryCopies();
  const bytes = Buffer.alloc(1_000_000);
  for (let n = 0; n < 40; n++) {
    await copies.put(`${n}.png`, { bytes, version: undefined, checkedAt: 0 });
    await copies.get("0.png");
  }
  const there = await Promise.all(
    Array.from({ length: 40 }, async (_, n) => (await copies.get(`${n}.png`)) !== undefined),
  );
  expect(there.filter(Boolean)).toHaveLength(16);
  expect([there[0], there[1], there[39]]).toEqual([true, false, true]);
});
