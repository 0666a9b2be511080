import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { REAL, SAMPLE } from "../../../../test/items/real-database.js";
import { ITEMS, landmarks } from "../../src/game/index.js";
import { type Game, request, withGame } from "./game.js";

interface ListingEntry {
  data: string;
  icon: string;
  name: { type: string; lines?: Record<string, string> };
  color: string;
  status: { state: string };
}
interface ItemFile {
  id: string;
  category: string;
  color: string;
  infoBlocks: {
    type?: string;
    elements?: { type: string; min?: number; formatted?: { value: Record<string, string> } }[];
  }[];
}
interface Settlement {
  settlementTitle: { lines: { en: string } };
  recipes: { item: string; offers: { currency: string; requiredItems: { item: string }[] }[] }[];
}
interface Hideout {
  recipes: { result: { item: string; amount: number }[]; ingredients: { item: string }[] }[];
}

async function listing({ simulator }: Game, realm: string): Promise<readonly ListingEntry[]> {
  return (await request(`${simulator.itemsUrl}/${realm}/listing.json`)).json<ListingEntry[]>();
}

describe("the item database", () => {
  it("lists every item with its file, in five languages", async () => {
    await withGame({}, async (game) => {
      for (const realm of ["ru", "global"] as const) {
        const entries = await listing(game, realm);
        expect(entries).toHaveLength(ITEMS.filter(({ listedIn }) => listedIn.includes(realm)).length);
        const blocks = new Set<string | undefined>();
        const elements = new Set<string>();
        for (const { data, icon, name, color } of entries) {
          const isPlain = data.includes(landmarks.items.plainName);
          expect(name.type).toBe(isPlain ? "text" : "translation");
          if (!isPlain) expect(Object.keys(name.lines ?? {})).toEqual(["ru", "en", "es", "fr", "ko"]);
          expect(icon).toBe(data.replace("/items/", "/icons/").replace(".json", ".png"));
          const item = (await request(`${game.simulator.itemsUrl}/${realm}${data}`)).json<ItemFile>();
          expect(data).toBe(`/items/${item.category}/${item.id}.json`);
          expect(item.color).toBe(color);
          for (const { type, elements: parts = [] } of item.infoBlocks) {
            blocks.add(type);
            for (const { type: kind, formatted } of parts) {
              elements.add(kind);
              const { ru = "", ...others } = formatted?.value ?? {};
              expect(ru).not.toMatch(/[a-z]/i);
              for (const text of Object.values(others)) expect(text).not.toMatch(/[а-яё]/i);
            }
          }
        }
        expect([...blocks].sort()).toEqual(["damage", "list", "text", undefined].sort());
        expect([...elements].sort()).toEqual(["item", "key-value", "numeric", "range", "text", "usage"]);
      }
    });
  });

  it("differs by realm, and lacks an item that is traded", async () => {
    await withGame({}, async (game) => {
      const ids = async (realm: string) =>
        new Set((await listing(game, realm)).map(({ data }) => data.replace(/.*\/|\.json/g, "")));
      const [ru, global] = [await ids("ru"), await ids("global")];
      const { ruOnly, globalOnly, unlisted, untraded } = landmarks.items;
      expect([ru.has(ruOnly), global.has(ruOnly)]).toEqual([true, false]);
      expect([ru.has(globalOnly), global.has(globalOnly)]).toEqual([false, true]);
      expect([ru.has(unlisted), ru.has(untraded)]).toEqual([false, true]);
    });
  });

  it("has the other files, which name only things that exist", async () => {
    await withGame({}, async ({ simulator }) => {
      const file = async <T>(name: string) => (await request(`${simulator.itemsUrl}/global/${name}.json`)).json<T>();
      const stats = await file<{ id: string; type: string }[]>("stats");
      expect(new Set(stats.map(({ type }) => type)).size).toBe(5);
      expect(stats.map(({ id }) => id)).toContain("sea-anienation-completed-ops");
      expect((await file<{ points: number }[]>("achievements")).length).toBeGreaterThan(0);
      const named = JSON.stringify([await file<unknown>("barter_recipes"), await file<unknown>("hideout_recipes")]);
      const ids = [...named.matchAll(/"item":"(\w+)"/g)].map(([, id]) => id);
      expect(ids.length).toBeGreaterThan(5);
      for (const id of ids) expect(ITEMS.map((item) => item.id)).toContain(id);
    });
  });

  it("answers 304 for a known ETag, and 404 for a missing file", async () => {
    await withGame({}, async ({ simulator }) => {
      const url = `${simulator.itemsUrl}/ru/listing.json`;
      const etag = (await request(url, { headers: { "accept-encoding": "identity" } })).headers.get("etag")!;
      expect(etag).toMatch(/^"\w+"$/);
      for (const tag of [etag, `W/${etag}`, `"other", ${etag}`]) {
        const reply = await request(url, { headers: { "if-none-match": tag, "accept-encoding": "identity" } });
        expect([reply.status, reply.text, reply.headers.get("etag")]).toEqual([304, "", etag]);
      }
      expect((await request(url, { headers: { "if-none-match": '"other"' } })).status).toBe(200);
      const global = await request(`${simulator.itemsUrl}/global/listing.json`);
      expect(global.headers.get("etag")).not.toBe(etag);
      for (const path of [
        "/ru/nothing.json",
        "/ru/../listing.json",
        "",
        `/ru/items/other/${landmarks.items.unlisted}.json`,
      ]) {
        expect((await request(simulator.itemsUrl + path)).status).toBe(404);
      }
      const head = await request(url, { method: "HEAD" });
      expect([head.status, head.text, head.headers.get("etag")]).toEqual([200, "", `W/${etag}`]);
    });
  });

  it("compresses on request, with the same content", async () => {
    await withGame({}, async ({ simulator }) => {
      const ask = (encoding: string) =>
        request(`${simulator.itemsUrl}/ru/listing.json`, { headers: { "accept-encoding": encoding } });
      const [packed, plain] = [await ask("gzip"), await ask("identity")];
      expect([packed, plain].map(({ headers }) => headers.get("content-encoding"))).toEqual(["gzip", null]);
      expect(packed.text).toBe(plain.text);
      expect(Number(packed.headers.get("content-length"))).toBeLessThan(plain.text.length / 4);
    });
  });

  it("has a file for each of 15 levels of what can be upgraded, with better figures", async () => {
    await withGame({}, async ({ simulator }) => {
      const id = landmarks.items.artefact;
      const best = async (file: string) => {
        const { infoBlocks } = (
          await request(`${simulator.itemsUrl}/ru/items/artefact/thermal/${file}`)
        ).json<ItemFile>();
        return Math.max(...infoBlocks.flatMap(({ elements = [] }) => elements.map(({ min = -Infinity }) => min)));
      };
      const levels = [await best(`${id}.json`)];
      for (let level = 1; level <= 15; level++) levels.push(await best(`_variants/${id}/${level}.json`));
      expect(levels).toEqual(levels.toSorted((a, b) => a - b));
      expect(levels[15]! / levels[0]!).toBeCloseTo(1.3, 1);
      const none = [`${id}/0.json`, `${id}/16.json`, `${landmarks.items.untraded}/1.json`];
      for (const file of none) {
        expect((await request(`${simulator.itemsUrl}/ru/items/artefact/thermal/_variants/${file}`)).status).toBe(404);
      }
    });
  });

  it("has recipes of every difficulty", async () => {
    await withGame({}, async ({ simulator }) => {
      const file = async <T>(name: string) => (await request(`${simulator.itemsUrl}/ru/${name}.json`)).json<T>();
      const settlements = await file<Settlement[]>("barter_recipes");
      const titles = settlements.map(({ settlementTitle }) => settlementTitle.lines.en);
      expect(new Set(titles).size).toBeLessThan(titles.length);
      const goods = settlements.flatMap(({ recipes }) => recipes);
      const offers = goods.flatMap((good) => good.offers);
      expect(new Set(offers.map(({ currency }) => currency))).toEqual(new Set(["money", "sleeves"]));
      const below = (id: string): number =>
        Math.max(
          0,
          ...goods
            .filter(({ item }) => item === id)
            .flatMap((good) =>
              good.offers.flatMap(({ requiredItems }) => requiredItems.map(({ item }) => 1 + below(item))),
            ),
        );
      expect(below(landmarks.items.bartered)).toBe(3);

      const { recipes } = await file<Hideout>("hideout_recipes");
      const makes = (id: string) => recipes.filter(({ result }) => result.some(({ item }) => item === id));
      const [rounds] = makes(landmarks.items.crafted);
      expect(rounds?.ingredients.every(({ item }) => makes(item).length > 0)).toBe(true);
      expect(recipes.some(({ result }) => result.length === 2)).toBe(true);
      expect(rounds?.result[0]?.amount).toBe(60);
      const untraded = ITEMS.find(({ id }) => id === landmarks.items.marketless);
      expect(untraded?.lotsPerDay).toBe(0);
      expect(recipes.some(({ ingredients }) => ingredients.some(({ item }) => item === untraded?.id))).toBe(true);
    });
  });

  it("has a picture of every item but one: a PNG of 64 by 64, not two alike", async () => {
    await withGame({}, async (game) => {
      const pictures = new Set<string>();
      const entries = await listing(game, "ru");
      for (const { icon } of entries) {
        const response = await fetch(`${game.simulator.itemsUrl}/ru${icon}`);
        if (icon.includes(landmarks.items.withoutIcon)) {
          expect(response.status).toBe(404);
          continue;
        }
        expect(response.headers.get("content-type")).toBe("image/png");
        const png = Buffer.from(await response.arrayBuffer());
        expect(png.subarray(1, 4).toString()).toBe("PNG");
        expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([64, 64]);
        const length = png.readUInt32BE(33);
        expect(inflateSync(png.subarray(41, 41 + length))).toHaveLength(64 * (64 * 4 + 1));
        pictures.add(png.toString("base64"));
      }
      expect(pictures.size).toBe(entries.length - 1);
    });
  });
});

it.each(REAL)("the statistics are those of %s: ids, types and categories", async (_which, folder) => {
  await withGame({}, async ({ simulator }) => {
    interface Entry {
      id: string;
      type: string;
      category: string;
      name: { lines?: Record<string, string> };
    }
    const key = ({ id, type, category, name }: Entry) => [id, type, category, Object.keys(name.lines ?? {}).length];
    const simulated = (await request(`${simulator.itemsUrl}/global/stats.json`)).json<Entry[]>();
    const real = JSON.parse(readFileSync(join(folder, "global/stats.json"), "utf8")) as Entry[];
    expect(real.length).toBeGreaterThan(5);
    expect(simulated.map(key)).toEqual(expect.arrayContaining(real.map(key)));
    if (folder !== SAMPLE) expect(simulated).toHaveLength(real.length);
  });
});
