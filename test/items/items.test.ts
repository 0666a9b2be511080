import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { Items, nameOf, realmOf, type Found } from "../../src/items/index.js";
import { parseListing } from "../../src/items/listing.js";
import { GameSimulator, landmarks } from "@zonewire/sandbox/game";
import { REAL } from "./real-database.js";
import { ManualClock, settled } from "../manual-clock.js";

const entry = (id: string, ru: string, en: string, category = "weapon/pistol") => ({
  data: `/items/${category}/${id}.json`,
  icon: `/icons/${category}/${id}.png`,
  name: { type: "translation", key: "k", args: {}, lines: { ru, en } },
  color: "RANK_MASTER",
  status: { state: "NONE" },
});
const LISTING = [
  entry("0aaa", "АК-74 «Ворон»", "AK-74 Raven"),
  entry("0bbb", "Ёлка", "Christmas Tree", "misc"),
  entry("0ccc", "Большая ёлка", "Big Tree", "misc"),
  entry("0ddd", "Ворон", "Raven", "misc"),
  entry("0eee", "Ворон", "Raven", "other"),
];
const words = (ru: string, en: string) => ({ type: "translation", key: "k", args: {}, lines: { ru, en } });
const STATS = [
  { id: "kil", category: "SURVIVAL", type: "INTEGER", name: words("Убито", "Killed") },
  { id: "dea", category: "SURVIVAL", type: "INTEGER", name: { type: "text", text: "" } },
  null,
  { id: "odd" },
];
const ACHIEVEMENTS = [{ id: "first", title: words("Первый", "First"), description: words("", ""), points: 10 }, 7];

const folders: string[] = [];
async function folder(listings: Record<string, unknown>): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "items-"));
  folders.push(path);
  for (const [realm, listing] of Object.entries(listings)) await writeRealm(path, realm, listing);
  return path;
}
async function writeRealm(path: string, realm: string, listing: unknown): Promise<void> {
  await mkdir(join(path, realm));
  const files = {
    listing,
    stats: STATS,
    achievements: ACHIEVEMENTS,
    barter_recipes: [],
    hideout_recipes: { perks: [], recipes: [] },
  };
  for (const [name, content] of Object.entries(files))
    await writeFile(join(path, realm, `${name}.json`), JSON.stringify(content));
}
afterEach(async () => {
  for (const path of folders.splice(0)) await rm(path, { recursive: true });
});

async function loaded(listing: unknown = LISTING): Promise<Items> {
  const items = new Items({ source: await folder({ ru: listing, global: listing }), clock: new ManualClock() });
  await items.start();
  items.stop();
  return items;
}
const ids = (found: readonly Found[]) => found.map(({ item }) => item.id);

describe("finding items", () => {
  test("by the beginning, a word's beginning and the middle of a name, in that order", async () => {
    const items = await loaded();
    expect(ids(items.search("ел", "RU", { language: "ru", limit: 25 }))).toEqual(["0bbb", "0ccc"]);
    expect(ids(items.search("74", "EU", { language: "en", limit: 25 }))).toEqual(["0aaa"]);
    expect(ids(items.search("ave", "EU", { language: "en", limit: 25 }))).toEqual(["0ddd", "0eee", "0aaa"]);
  });

  test("in every language, whatever the reader's own is; case, ё and quotes make no difference", async () => {
    const items = await loaded();
    expect(ids(items.search("ЕЛКА", "EU", { language: "fr", limit: 25 }))).toEqual(["0bbb", "0ccc"]);
    expect(ids(items.search('ак-74 "ворон"', "EU", { language: "ko", limit: 25 }))).toContain("0aaa");
  });

  test("by id; an empty text offers something; no more than the limit", async () => {
    const items = await loaded();
    expect(ids(items.search("0ccc", "EU", { language: "en", limit: 25 }))).toEqual(["0ccc"]);
    expect(items.search("", "EU", { language: "en", limit: 3 })).toHaveLength(3);
  });

  test("items of one name are told together", async () => {
    const items = await loaded();
    expect(items.named("raven", "EU").map(({ id }) => id)).toEqual(["0ddd", "0eee"]);
    expect(items.named("Christmas Tree", "EU").map(({ id }) => id)).toEqual(["0bbb"]);
  });

  test("a name typed by hand means that item for sure, what is only like one means none", async () => {
    const items = await loaded();
    const certain = (text: string) => items.certain(text, "EU", "en")?.items.map(({ id }) => id);
    expect(certain("  ёлка ")).toEqual(["0bbb"]);
    expect(certain("big")).toEqual(["0ccc"]);
    expect(certain("0eee")).toEqual(["0eee"]);
    expect(certain("raven")).toEqual(["0ddd", "0eee"]);
    for (const text of ["rave", "ranev", "nothing like it", "tree house", "74"]) expect(certain(text)).toBeUndefined();
  });
});

describe("the listing", () => {
  test("odd entries are left out, odd names are no error", () => {
    const parsed = parseListing([
      ...LISTING,
      null,
      {},
      { data: "nonsense", name: { type: "text", text: "x" } },
      { data: "/items/misc/1abc.json", icon: "", name: { type: "text", text: "Snares" } },
      { data: "/items/misc/2abc.json", icon: "", name: { type: "translation", lines: { en: "" } } },
    ]);
    expect(parsed).toHaveLength(LISTING.length + 2);
    expect(parsed.slice(-2).map((item) => nameOf(item, "fr"))).toEqual(["Snares", "2abc"]);
    expect(() => parseListing({ not: "a list" })).toThrow();
  });

  test("each region has the items of its realm", async () => {
    expect(["RU", "ru", "EU", "NEA"].map(realmOf)).toEqual(["ru", "ru", "global", "global"]);
    const items = new Items({
      source: await folder({ ru: LISTING, global: LISTING.slice(0, 1) }),
      clock: new ManualClock(),
    });
    await items.start();
    items.stop();
    expect(items.get("0bbb", "RU")).toBeDefined();
    expect(items.get("0bbb", "EU")).toBeUndefined();
  });

  test("one that cannot be read is tried again, and what was read stays", async () => {
    const clock = new ManualClock();
    const source = await folder({ ru: LISTING });
    const failures: unknown[] = [];
    const items = new Items({ source, clock, onFailure: (error) => failures.push(error) });
    await items.start();
    expect(failures.map(String)).toContain("SourceError: global/listing.json is not there");
    expect(items.state("EU")).toEqual({
      count: 0,
      readAt: undefined,
      failure: { at: new Date(clock.now()), what: "global/listing.json is not there" },
    });
    expect(items.state("RU")).toEqual({ count: 5, readAt: new Date(clock.now()), failure: undefined });
    await writeRealm(source, "global", LISTING);
    clock.advance(10_000);
    // All files of both realms are read before the next attempt is planned.
    const wellRead = { count: 5, readAt: new Date(clock.now()), failure: undefined };
    await expect.poll(() => ["EU", "RU"].map((region) => items.state(region))).toEqual([wellRead, wellRead]);
    await settled();
    failures.length = 0;
    const { readAt } = wellRead;
    await writeFile(join(source, "global/listing.json"), "[broken");
    clock.advance(3_600_000);
    await expect.poll(() => failures.length).toBe(1);
    expect(items.state("EU")).toEqual({
      count: 5,
      readAt,
      failure: { at: new Date(clock.now()), what: "global/listing.json is not what it should be" },
    });
    items.stop();
  });

  test("is there although the words for profiles are not; they are tried again", async () => {
    const clock = new ManualClock();
    const source = await folder({ ru: LISTING, global: LISTING });
    await writeFile(join(source, "global/stats.json"), "{}");
    const failures: unknown[] = [];
    const items = new Items({ source, clock, onFailure: (error) => failures.push(error) });
    await items.start();
    expect(failures).toHaveLength(1);
    expect(items.state("EU").count).toBe(5);
    expect(items.glossary("EU").statistics.size).toBe(0);
    await writeFile(join(source, "global/stats.json"), JSON.stringify(STATS));
    clock.advance(10_000);
    await expect.poll(() => items.glossary("EU").statistics.size).toBe(2);
    items.stop();
  });

  test("is read over HTTP too", async () => {
    const game = await GameSimulator.start();
    const items = new Items({ source: `${game.itemsUrl}/`, clock: new ManualClock() });
    await items.start();
    items.stop();
    expect(items.state("EU").count).toBeGreaterThan(50);
    expect(items.get(landmarks.items.popular, "EU")).toBeDefined();
    await game.close();
  });
});

describe("the words for profiles", () => {
  test("name statistics and achievements in the reader's language; odd entries are left out", async () => {
    const { statistics, achievements } = (await loaded()).glossary("EU");
    expect([...statistics.keys()]).toEqual(["kil", "dea"]);
    expect(nameOf(statistics.get("kil")!, "ru")).toBe("Убито");
    expect(nameOf(statistics.get("kil")!, "ko")).toBe("Killed");
    expect(statistics.get("dea")).toEqual({ id: "dea", category: "SURVIVAL", type: "INTEGER", names: {} });
    expect([...achievements.values()].map((achievement) => nameOf(achievement, "en"))).toEqual(["First"]);
  });

  test("are empty before the first read", () => {
    const items = new Items({ source: ".", clock: new ManualClock() });
    expect(items.glossary("EU").statistics.size).toBe(0);
  });
});

describe.each(REAL)("%s", (_which, folder) => {
  interface Words {
    readonly key?: string;
    readonly lines?: Readonly<Record<string, string>>;
  }
  interface Raw {
    readonly name?: Words;
    readonly title?: Words;
  }
  const rawOf = (region: string, name: string) =>
    JSON.parse(readFileSync(join(folder, region === "RU" ? "ru" : "global", `${name}.json`), "utf8")) as Raw[];
  /** The game's own key in place of a name is none. */
  const isNamed = ({ name, title }: Raw) => {
    const { key, lines = {} } = name ?? title ?? {};
    return Object.values(lines).filter((line) => line !== key).length === 5;
  };

  test("has a name in five languages for all that the game has words for", async () => {
    const items = new Items({ source: folder, clock: new ManualClock() });
    await items.start();
    items.stop();
    for (const region of ["RU", "EU"]) {
      const { statistics, achievements } = items.glossary(region);
      const [stats, feats] = [rawOf(region, "stats"), rawOf(region, "achievements")];
      expect(statistics.size).toBe(stats.length);
      const named = ({ names }: { readonly names: object }) => Object.keys(names).length === 5;
      expect([...statistics.values()].filter(named)).toHaveLength(stats.filter(isNamed).length);
      expect([...achievements.values()].filter(named)).toHaveLength(feats.filter(isNamed).length);
      expect([stats.filter(isNamed).length, feats.filter(isNamed).length].every((count) => count > 3)).toBe(true);
    }
  });

  test("both realms are read, every name is found again", async () => {
    const items = new Items({ source: folder, clock: new ManualClock() });
    await items.start();
    items.stop();
    for (const region of ["RU", "EU"]) expect(items.state(region).count).toBe(rawOf(region, "listing").length);
    expect(items.state("EU").count).toBeGreaterThan(200);
    const lost = items
      .search("", "EU", { language: "en", limit: 5_000 })
      .filter((_item, index) => index % 10 === 0)
      .map(({ item }) => item)
      .filter((item) => !ids(items.search(nameOf(item, "en"), "EU", { language: "en", limit: 25 })).includes(item.id));
    // More than 25 items share some names; of such a name 25 are shown.
    expect(lost.length).toBeLessThan(10);
    expect(ids(items.search("АК-74", "RU", { language: "ru", limit: 25 })).length).toBeGreaterThan(0);
  });
});
