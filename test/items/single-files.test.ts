import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isPlainPath } from "../../src/items/source/index.js";
import { card, entry, FileHost, itemsOf, PNG, temporaryFolder } from "./file-host.js";

const DAY = 24 * 3_600_000;
const CARD = "/global/items/misc/0aaa.json";
const ICON = "/global/icons/misc/0aaa.png";

async function start(copies?: string) {
  const host = await FileHost.start();
  host.files.set(CARD, card("0aaa", "Lantern"));
  host.files.set("/global/items/misc/_variants/0aaa/7.json", card("0aaa", "Lantern +7"));
  host.files.set(ICON, PNG);
  const place = itemsOf({ source: host.server.url, copies });
  await place.items.start();
  host.take();
  const item = place.items.get("0aaa", "EU")!;
  return { host, item, ...place };
}

describe("an item's card and picture", () => {
  test("are read on request, by level, and once for many requests", async () => {
    const { host, items, item } = await start(await temporaryFolder());
    const cards = await Promise.all(Array.from({ length: 50 }, () => items.file("0aaa", "EU")));
    expect(new Set(cards.map((read) => read?.names.en))).toEqual(new Set(["Lantern"]));
    expect((await items.file("0aaa", "EU", 7))?.names.en).toBe("Lantern +7");
    expect(await items.picture(item, "EU")).toEqual(PNG);
    expect(host.take()).toEqual([CARD, "/global/items/misc/_variants/0aaa/7.json", ICON]);
  });

  test("are kept for a day, then requested again, and stay without an answer", async () => {
    for (const copies of [undefined, await temporaryFolder()]) {
      const { host, items, item, clock, failures } = await start(copies);
      await items.file("0aaa", "EU");
      await items.picture(item, "EU");
      clock.advance(DAY - 1);
      await items.file("0aaa", "EU");
      expect(host.take().filter((path) => !path.endsWith("s.json") && !path.endsWith("g.json"))).toEqual([CARD, ICON]);

      clock.advance(1);
      expect((await items.file("0aaa", "EU"))?.names.en).toBe("Lantern");
      host.files.set(CARD, card("0aaa", "Lamp"));
      clock.advance(DAY);
      expect((await items.file("0aaa", "EU"))?.names.en).toBe("Lamp");

      clock.advance(DAY);
      host.script = () => "reset";
      failures.length = 0;
      expect((await items.file("0aaa", "EU"))?.names.en).toBe("Lamp");
      expect(await items.picture(item, "EU")).toEqual(PNG);
      expect(failures).toContain("global/items/misc/0aaa.json could not be reached (ECONNRESET)");
    }
  });

  test("that are missing are not requested again within an hour", async () => {
    const { host, items, clock, failures } = await start();
    const crate = items.get("0bbb", "EU")!;
    for (let times = 0; times < 3; times++) {
      expect(await items.picture(crate, "EU")).toBeUndefined();
      expect(await items.file("0bbb", "EU", 3)).toBeUndefined();
    }
    expect(host.take()).toEqual(["/global/icons/misc/0bbb.png", "/global/items/misc/_variants/0bbb/3.json"]);
    expect(failures).toEqual([]);
    host.files.set("/global/icons/misc/0bbb.png", PNG);
    clock.advance(3_600_000);
    expect(await items.picture(crate, "EU")).toEqual(PNG);
  });

  test("that are not what they should be are none, are told of, and are left alone for a while", async () => {
    const { host, items, item, failures, clock } = await start(await temporaryFolder());
    const large = Buffer.concat([PNG, Buffer.alloc(1_100_000)]);
    for (const bad of [Buffer.from("<html>"), Buffer.alloc(0), large]) {
      host.files.set(ICON, bad);
      expect(await items.picture(item, "EU")).toBeUndefined();
      expect(await items.picture(item, "EU")).toBeUndefined();
      expect(host.take()).toEqual([ICON]);
      clock.advance(30_000);
    }
    expect(failures).toEqual([
      "global/icons/misc/0aaa.png is not what it should be",
      "global/icons/misc/0aaa.png is not what it should be",
      "global/icons/misc/0aaa.png is larger than such a file can be",
    ]);
    host.files.set(CARD, { id: 7 });
    expect(await items.file("0aaa", "EU")).toBeUndefined();
    host.files.set(CARD, card("0aaa", "Lantern"));
    clock.advance(30_000);
    expect((await items.file("0aaa", "EU"))?.names.en).toBe("Lantern");
  });

  test("an id that the listing lacks has none, nor has a level that cannot be", async () => {
    const { host, items } = await start();
    for (const id of ["zzzz", "", "../0aaa"]) expect(await items.file(id, "EU")).toBeUndefined();
    for (const level of [-1, 16, 1.5, NaN]) expect(await items.file("0aaa", "EU", level)).toBeUndefined();
    expect(host.take()).toEqual([]);
  });
});

describe("paths out of the data", () => {
  const HOSTILE = [
    "/icons/../../secret.png",
    "/icons/%2e%2e/secret.png",
    "//host/x.png",
    "/icons/a\\..\\x.png",
    "C:/x.png",
    "/icons/./x.png",
    "/icons//x.png",
    "/icons/x.png?y",
    "/icons/x.png#y",
    "/icons/\u0000.png",
    "/icons/..",
    "https://elsewhere/x.png",
    `/icons/${"a".repeat(300)}.png`,
  ];

  test("that would leave the realm's folder are nobody's picture, and no item's", async () => {
    const host = await FileHost.start();
    const listing = HOSTILE.flatMap((path, n) => [
      { ...entry(`${n}aaa`, "Odd"), icon: path },
      { ...entry(`${n}bbb`, "Odd"), data: path.replace("icons", "items").replace(".png", ".json") },
    ]);
    host.files.set("/global/listing.json", listing);
    const { items } = itemsOf({ source: host.server.url, copies: await temporaryFolder() });
    await items.start();
    host.take();
    expect(items.state("EU").count).toBe(HOSTILE.length);
    const listed = items.search("", "EU", { language: "en", limit: 100 });
    expect(listed).toHaveLength(HOSTILE.length);
    for (const {
      item: { id },
    } of listed) {
      const item = items.get(id, "EU")!;
      expect([item.icon, items.icon(item, "EU")]).toEqual(["", undefined]);
      expect(await items.picture(item, "EU")).toBeUndefined();
      for (const icon of HOSTILE) expect(await items.picture({ ...item, icon }, "EU")).toBeUndefined();
    }
    expect(host.take()).toEqual([]);
  });

  test("never lead out of a folder, whatever they say", () => {
    const pieces = fc.constantFrom("..", ".", "a", "%2e", "/", "\\", ":", "~", "\u0000", "..%2f", " ");
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((parts) => parts.join("")),
        ),
        (path) => {
          const taken = isPlainPath(path) ? path : "plain";
          expect(join("/home/data", taken).startsWith("/home/data/")).toBe(true);
          expect(new URL(`https://host/data/${taken}`).pathname).toBe(`/data/${taken}`);
        },
      ),
    );
  });
});

describe("a folder as the source", () => {
  test("is read as it is, without copies; what changed in it is seen", async () => {
    const [source, copies] = [await temporaryFolder(), await temporaryFolder()];
    await mkdir(join(source, "global/items/misc"), { recursive: true });
    await mkdir(join(source, "global/icons/misc"), { recursive: true });
    await writeFile(join(source, "global/listing.json"), JSON.stringify([entry("0aaa", "Lantern")]));
    await writeFile(join(source, CARD), JSON.stringify(card("0aaa", "Lantern")));
    await writeFile(join(source, ICON), PNG);
    const { items, clock } = itemsOf({ source, copies });
    await items.start();
    const item = items.get("0aaa", "EU")!;
    expect((await items.file("0aaa", "EU"))?.names.en).toBe("Lantern");
    expect(await items.picture(item, "EU")).toEqual(PNG);
    expect(items.icon(item, "EU")).toBeUndefined();
    await writeFile(join(source, CARD), JSON.stringify(card("0aaa", "Lamp")));
    await writeFile(join(source, "global/listing.json"), JSON.stringify([entry("0aaa", "Lamp of iron")]));
    clock.advance(3_600_000);
    expect((await items.file("0aaa", "EU"))?.names.en).toBe("Lamp");
    await expect.poll(() => items.get("0aaa", "EU")?.names.en).toBe("Lamp of iron");
  });
});
