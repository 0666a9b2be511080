import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { landmarks } from "@zonewire/sandbox/game";
import type { Message } from "@zonewire/sandbox/discord";
import { entry, FileHost } from "../items/file-host.js";
import { menuOf } from "./linking.js";
import { labels, startBot, StillClock, textOf, type Bot } from "./bot.js";

const { items } = landmarks;
const money = (text: string | undefined) => Number(text?.replace(/[^\d.]/g, ""));

describe("/craft", () => {
  const clock = new StillClock();
  let bot: Bot;
  beforeAll(async () => {
    bot = await startBot({ clock, game: { clock, limitPerMinute: 100_000 } });
  });
  afterEach(() => {
    bot.game.faults.clear();
  });
  afterAll(() => bot.close());

  async function craft(options: Record<string, string | number>, locale = "en-US"): Promise<Message> {
    const { message } = await bot.as(locale).slash("craft", { region: "EU", ...options });
    if (!message) throw new Error("no answer");
    // Prices that take a while are told of first.
    await bot.discord.until("the answer", () => labels(message).length > 0);
    return message;
  }

  test("compares making with buying, down to what is bought, and adds up", async () => {
    const text = textOf(await craft({ item: items.crafted, amount: 120 }));
    expect(text).toContain("×120 · craft or buy · EU");
    const buy = money(/Buy\n\*\*([\d,.]+)\u00a0₽/.exec(text)?.[1]);
    const make = money(/Craft\n\*\*([\d,.]+)\u00a0₽/.exec(text)?.[1]);
    const [, verdict, saved, percent] = /\*\*(Crafting|Buying) is cheaper\*\*: saves ([\d,.]+)\u00a0₽ \((\d+)%\)/.exec(
      text,
    )!;
    expect(verdict).toBe(make < buy ? "Crafting" : "Buying");
    expect(Math.abs(money(saved) - Math.abs(buy - make))).toBeLessThanOrEqual(1);
    expect(Math.abs(Number(percent) - (Math.abs(buy - make) / Math.max(buy, make)) * 100)).toBeLessThanOrEqual(1);
    expect(text).toContain("Armorer 4 · workbench, precision tools, lathe");
    expect(text).toMatch(/Shopping list · [\d,.]+\u00a0₽/);
    expect(text).toMatch(/Steps\n.*M855 Round ×120: Workbench, 2×\n↳ /);
  });

  test("offers what was looked up last only if it can be crafted", async () => {
    const person = bot.as("en-US", { person: "warden" });
    for (const item of ["7kyon", items.crafted]) await person.slash("item", { item, region: "EU" });
    await person.slash("item", { item: "7kyon", region: "EU" });
    const first = async (command: string) =>
      (await person.autocomplete(command, "item", "", { region: "EU" }))[0]?.value;
    expect([await first("item"), await first("craft")]).toEqual(["7kyon", items.crafted]);
  });

  test("what is made of things that are made shows each step further in", async () => {
    const text = textOf(await craft({ item: "p0kgm", amount: 2, region: "RU" }, "ru"));
    expect(text).toContain("Шприц «Заря-2» ×2 · крафт или покупка · RU");
    expect(text).toMatch(/↳ Таблетки от радиации ×4: Лабораторный стол, 2×\n\u2003↳ /);
    expect(text).toContain("Останется\nСтерильный бинт ×2");
    expect(text).toContain("Химик 5 · центрифуга");
  });

  test("where there are several recipes they are compared, and each can be looked at", async () => {
    const message = await craft({ item: "gk4nd", amount: 40 });
    const menu = menuOf(message, "recipe");
    const price = (label: string) => money(/· ([\d,.]+)\s₽/.exec(label)?.[1]);
    const [cheaper, dearer, ...others] = menu.options;
    expect(others).toEqual([]);
    expect(price(cheaper!.label)).toBeLessThanOrEqual(price(dearer!.label));
    expect(cheaper).toMatchObject({ default: true });
    await bot.as().select(message, menu.customId, [dearer!.value]);
    expect(money(/Craft\n\*\*([\d,.]+)\u00a0₽/.exec(textOf(message))?.[1])).toBe(price(dearer!.label));
    expect(textOf(message)).toContain("×40 · craft or buy");
    expect(menuOf(message, "recipe").options[1]).toMatchObject({ default: true });
  });

  test("a part that has no price makes it incomplete, and it is named", async () => {
    const text = textOf(await craft({ item: items.popular }));
    expect(text).toContain("🛒 **Incomplete**: some parts have no price");
    expect(text).toContain("Craft\n**incomplete**");
    expect(text).toContain("No price now\nMarsh Extract ×1: nobody sells it");
    expect(text).toMatch(/↳ Marsh Extract ×1: ❔/);
  });

  test.each([
    ["en-US", "not enough of some parts for sale", "Not enough for sale\nCold Tea ×"],
    ["ru", "некоторых составляющих в продаже не хватает", "В продаже столько нет\nХолодный чай ×"],
  ])("a part of which there are too few is told apart from one without a price, in %s", async (locale, why, part) => {
    bot.game.addLot("RU", "l0qrv", { unitPrice: 4_000, amount: 2_000 });
    clock.time += 60_000;
    const text = textOf(await craft({ item: "l0qrv", amount: 2_000, region: "RU" }, locale));
    expect(text).toContain(why);
    expect(text).toContain(part);
    expect(text).not.toMatch(/No price|без цены/);
  });

  test("the price of energy is the caller's own", async () => {
    const free = textOf(await craft({ item: "l0qrv", amount: 10 }));
    expect(free).toContain("energy counts as free: change it in </settings me:");
    await bot.as().slash("settings me", { energy_price: "40" });
    const paid = textOf(await craft({ item: "l0qrv", amount: 10 }));
    expect(paid).toContain("125 energy at 40\u00a0₽");
    const cost = (text: string) => money(/Craft\n\*\*([\d,.]+)\u00a0₽/.exec(text)?.[1]);
    expect(Math.abs(cost(paid) - cost(free) - 5_000)).toBeLessThanOrEqual(1);
    await bot.as().slash("settings me", { energy_price: "0" });
  });

  test("of goods that are not there tells how many there are, and neither sum nor verdict", async () => {
    const text = textOf(await craft({ item: "jn6rd", amount: 100_000 }));
    expect(text).toMatch(/[\d,]+ for [\d,]+\u00a0₽, the rest is not for sale/);
    expect(text).not.toMatch(/is cheaper|cost the same/);
  });

  test("what the hideout does not make is told, with the ways to go on", async () => {
    const message = await craft({ item: items.artefact }, "fr");
    expect(textOf(message)).toContain("Cela ne se fabrique pas au refuge.");
    expect(labels(message)).toEqual(["Prix", "Lots", "Historique", "Objet"]);
  });

  test("is reached from the item, and parts without an answer of the auction count as not sold", async () => {
    const { message } = await bot.as().slash("item", { item: "l0qrv", region: "SEA" });
    bot.game.faults.add({ kind: "status", status: 500 }, { path: "/SEA/auction/n7mjz/lots" });
    await bot.as().click(message!, "Craft or buy");
    await bot.discord.until("the answer", () => textOf(message).includes("Steps"));
    const text = textOf(message);
    expect(text).toContain("Pine Brew ×1 · craft or buy · SEA");
    expect(text).toContain("no answer from the auction for 1 part");
    expect(text).toContain("No price now\nCold Tea ×2: price unknown");
  });

  test("asks the auction for the item itself first, and once for each part", async () => {
    const before = bot.game.requests.all().length;
    await craft({ item: "p0kgm", region: "NA" });
    const paths = bot.game.requests
      .all()
      .slice(before)
      .map(({ path }) => path)
      .filter((path) => path.endsWith("/lots"));
    const asked = paths.map((path) => path.split("/").at(-2));
    // Only this one has this many lots that it takes several pages.
    const once = asked.filter((id) => id !== items.popular);
    expect(new Set(once).size).toBe(once.length);
    expect(asked[0]).toBe("p0kgm");
  });

  test("an auction that does not answer at all is said, to the caller alone", async () => {
    bot.game.faults.add({ kind: "status", status: 500 }, { path: "/auction/" });
    const { message, ephemeral } = await bot.as("ru").slash("craft", { item: "q3dwp", region: "SEA" });
    expect(ephemeral).toBe(true);
    expect(textOf(message)).toContain("не работает");
  });
});

test("no question asks the auction for more than thirty items, nor for what nobody can sell; the answer says so", async () => {
  const host = await FileHost.start();
  const parts = Array.from({ length: 50 }, (_, n) => `part${n}`);
  const listing = ["whole", "bound", ...parts].map((id) => entry(id, `The ${id}`));
  host.files.set(
    "/global/listing.json",
    listing.map((one) => (one.data.includes("bound") ? { ...one, status: { state: "PERSONAL_ON_GET" } } : one)),
  );
  const ingredients = ["bound", ...parts].map((item) => ({ item, amount: 1 }));
  const recipe = { bench: "forge", result: [{ item: "whole", amount: 1 }], ingredients, energy: 0 };
  host.files.set("/global/hideout_recipes.json", { perks: [], recipes: [recipe] });
  const bot = await startBot({ itemsSource: host.server.url });
  try {
    await expect
      .poll(async () => (await bot.as().autocomplete("craft", "item", "The whole")).length)
      .toBeGreaterThan(0);
    const { message } = await bot.as().slash("craft", { item: "whole", region: "EU" });
    await bot.discord.until("the answer", () => labels(message).length > 0);
    const text = textOf(message);
    expect(text).toContain("only the 30 closest of 51 parts were priced");
    expect(text).toContain("❔ **Incomplete**");
    expect(text).toContain("The whole ×1: forge, 1×");
    expect(text).toMatch(/and \d+ more/);
    const asked = bot.game.requests.all().filter(({ path }) => path.endsWith("/lots"));
    expect(asked).toHaveLength(30);
    expect(asked.map(({ path }) => path)).not.toContain("/EU/auction/bound/lots");
  } finally {
    await bot.close();
  }
});
