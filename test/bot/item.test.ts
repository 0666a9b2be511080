import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { landmarks } from "@zonewire/sandbox/game";
import type { Message } from "@zonewire/sandbox/discord";
import { FileHost, temporaryFolder } from "../items/file-host.js";
import { labels, startBot, textOf, type Bot } from "./bot.js";
import { menuOf } from "./linking.js";

const { items } = landmarks;
const RIFLE = "m4vwz";

describe("/item", () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await startBot();
  });
  afterAll(() => bot.close());

  async function item(options: Record<string, string | number>, locale = "en-US"): Promise<Message> {
    const { message } = await bot.as(locale).slash("item", { region: "EU", ...options });
    if (!message) throw new Error("no answer");
    return message;
  }

  test("shows every figure, whether it can be sold, and its picture", async () => {
    const message = await item({ item: items.artefact });
    const text = textOf(message);
    expect(text).toContain("Cinder Seed\nArtifact · Newbie\n🔓 Can be sold until it is used, then it is personal");
    expect(text).toMatch(/Weight: \*\*.+ kg\*\*/);
    expect(text).toMatch(/🟢 Vitality: \*\*.+\*\*\n🔴 Radiation: \*\*.+\*\*/);
    expect(text).toContain("> A thing of the practice world");
    const picture = await fetch(message.embeds[0]!.thumbnail!.url);
    expect(picture.headers.get("content-type")).toBe("image/png");
    expect(message.embeds[0]?.color).toBe(0x9cb73d);
  });

  test("shows kind and rank once, and no empty rows", async () => {
    const text = textOf(await item({ item: "dk2vp" }));
    expect(text).toMatch(/^Armor · Stalker$/m);
    expect(text).toMatch(/Bullet resistance: \*\*[\d.]+\*\*/);
    expect(text).not.toMatch(/Class|Rank|Electricity|[Dd]urability/);
  });

  test("speaks the caller's language: names, values, titles", async () => {
    const text = textOf(await item({ item: RIFLE, region: "RU" }, "ru"));
    expect(text).toContain("АК-74М\nОружие · Сталкер\n🔓 Можно продать до первого использования");
    expect(text).toMatch(/Отдача: \*\*.*\d,\d+ %\*\*/);
    expect(text).toContain("Урон по дистанции");
    expect(text).toContain("Где выменять\nПеревалочный двор · уровень 2\nПеревалочный двор · уровень 3");
    expect(text).toContain("Нужен для бартера\nМ4А1");
    expect(textOf(await item({ item: "l0qrv", region: "RU" }, "ko"))).toContain(
      "은신처 제작\n주방 테이블 · 한 번에 1개",
    );
  });

  test("tells where it is made, and what it is used in", async () => {
    const text = textOf(await item({ item: "wz1ly" }));
    expect(text).toContain("Crafted in the hideout\nWorkbench · 5 per craft");
    expect(text).toMatch(/Needed to craft\n5.+45×39 PS Round\n5.+56×45 M855 Round/);
    expect(textOf(await item({ item: "v9gzo" }))).toContain("Fits\n• АК-74М\n• М4А1");
  });

  test("tells how a weapon's damage falls with the distance, or that it does not", async () => {
    const damage = async (id: string) => /Damage by distance\n(.+)/.exec(textOf(await item({ item: id })))?.[1];
    expect(await damage(RIFLE)).toMatch(/^\*\*[\d.]+\*\* up to 25 m, then falling to .* at 90 m; reaches 200 m$/);
    expect(await damage("v0nkd")).toMatch(/^\*\*[\d.]+\*\* at any distance; reaches 200 m$/);
  });

  test("goes from level to level by a menu, and to the requested level", async () => {
    const vitality = (message: Message) => Number(/Vitality: \*\*\\\[\\?\+([\d.]+)/.exec(textOf(message))?.[1]);
    const message = await item({ item: items.artefact });
    const menu = menuOf(message, "level");
    expect(menu.options.map(({ label }) => label)).toEqual([
      "No upgrade",
      ...Array.from({ length: 15 }, (_, n) => `+${n + 1}`),
    ]);
    const plain = vitality(message);
    await bot.as().select(message, menu.customId, ["15"]);
    expect(textOf(message)).toContain("Cinder Seed +15");
    expect(vitality(message) / plain).toBeCloseTo(1.3, 1);
    expect(textOf(await item({ item: items.artefact, level: 15 }))).toBe(textOf(message));
    const other = bot.as("en-US", { person: "mira" });
    const refused = await other.select(message, menuOf(message, "level").customId, ["3"]);
    expect(refused.ephemeral).toBe(true);
    expect(textOf(message)).toContain("+15");
  });

  test("keeps the level that was typed, also of what is no artefact", async () => {
    const [rifle] = await bot.as("ru").autocomplete("item", "item", "ак-74м +3", { region: "RU" });
    expect(rifle?.name).toMatch(/^АК-74М · \+3/);
    expect(rifle?.value).toBe(`${RIFLE} +3`);
    expect(textOf(await item({ item: rifle!.value }))).toContain("AK-74M +3");
    const [kit] = await bot.as("ru").autocomplete("item", "item", "полевая аптечка +3", { region: "RU" });
    expect(kit?.name).toBe("Полевая аптечка");
  });

  test("has no menu where nothing can be upgraded, and says so of a level that is not known", async () => {
    const message = await item({ item: items.popular, level: 5 });
    expect(() => menuOf(message, "level")).toThrow();
    expect(textOf(message)).toContain("No stats are known for +5");
  });

  test("leads to the price, and the price leads back, of the same item and region", async () => {
    const message = await item({ item: RIFLE, region: "NA" });
    expect(labels(message)).toEqual(["Price", "Lots", "History", "Barter"]);
    await bot.as().click(message, "Price");
    expect(textOf(message)).toContain("AK-74M · NA");
    await bot.as().click(message, "Item");
    expect(textOf(message)).toContain("AK-74M\nWeapon · Stalker\n🔓");
    await bot.as().click(message, "Barter");
    await bot.discord.until("the answer", () => textOf(message).includes("Steps"));
    expect(textOf(message)).toContain("AK-74M · barter · NA");
  });

  test("knows nothing of an item that the database lacks, and says how to ask for its price", async () => {
    const message = await item({ item: items.unlisted });
    expect(textOf(message)).toContain("does not know this item");
    expect(labels(message)).toContain("Price");
    expect((await bot.as().slash("item", { item: "no such thing anywhere!" })).ephemeral).toBe(true);
  });

  test("comes without a picture, or without figures, where there are none to be had", async () => {
    const pictureless = await item({ item: items.withoutIcon });
    expect(pictureless.embeds[0]?.thumbnail).toBeUndefined();
    expect(textOf(pictureless)).toContain("Railed Forend");
    expect(textOf(await item({ item: items.plainName }, "ko"))).toContain("К-17");
    bot.game.faults.add({ kind: "status", status: 500 }, { path: "/items/global/items" });
    const figureless = textOf(await item({ item: "r7qzl" }));
    bot.game.faults.clear();
    expect(figureless).toContain("SV-98\nWeapon · Master\n🔓 Can be sold");
    expect(figureless).toContain("stats are not available right now");
    expect(bot.complaints().map(({ msg }) => msg)).toContain("the item database could not be read");
  });

  test("of what nobody can sell says so", async () => {
    expect(textOf(await item({ item: items.untraded }))).toContain("🔒 Personal as soon as you get it: cannot be sold");
  });
});

test("a bot whose item database cannot be reached works with ids, and /status says why", async () => {
  const bot = await startBot({ itemsSource: "http://127.0.0.1:1/secret-path" });
  try {
    const status = async () => textOf((await bot.as().slash("status")).message);
    await expect.poll(status).toContain("`global/listing.json could not be reached (ECONNREFUSED)`");
    expect(await status()).toContain("not loaded yet\n⚠️ last attempt failed <t:");
    expect(textOf((await bot.as().slash("price", { item: items.popular, region: "EU" })).message)).toContain(
      "Cheapest now",
    );
    expect(JSON.stringify(bot.log.filter(({ msg }) => msg.includes("item database")))).not.toContain("secret-path");
  } finally {
    await bot.close();
  }
});

test("a bot that starts again without network has the names it had", async () => {
  const host = await FileHost.start();
  const storeSettings = { dataDir: await temporaryFolder(), databaseUrl: undefined, keys: undefined };
  const bot = await startBot({ itemsSource: host.server.url, storeSettings });
  try {
    const offered = async () => (await bot.as().autocomplete("item", "item", "Lantern", { region: "EU" })).length;
    await expect.poll(offered).toBe(1);
    host.server.stop();
    await bot.restart();
    expect(await offered()).toBe(1);
  } finally {
    await bot.close();
  }
});
