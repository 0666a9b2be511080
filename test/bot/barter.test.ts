import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { landmarks } from "@zonewire/sandbox/game";
import type { Message } from "@zonewire/sandbox/discord";
import { labels, startBot, StillClock, textOf, type Bot } from "./bot.js";
import { menuOf } from "./linking.js";

const { items } = landmarks;

describe("/barter", () => {
  const clock = new StillClock();
  let bot: Bot;
  beforeAll(async () => {
    bot = await startBot({ clock, game: { clock } });
  });
  afterAll(() => bot.close());

  async function barter(options: Record<string, string>, locale = "en-US"): Promise<Message> {
    const { message } = await bot.as(locale).slash("barter", { region: "EU", ...options });
    if (!message) throw new Error("no answer");
    // Prices that take a while are told of first.
    await bot.discord.until("the answer", () => labels(message).length > 0);
    return message;
  }
  const rouble = (text: string | undefined) => Number(text?.replace(/\D/g, ""));

  test("resolves what is bartered from what is bartered, with a sum that adds up", async () => {
    const text = textOf(await barter({ item: items.bartered }));
    expect(text).toContain("AK-12 «Nord» · barter · EU");
    expect(text).toMatch(/Bartering is cheaper|Buying is cheaper/);
    expect(text).toMatch(/Copper Strand ×48: [\d,]+\u00a0₽/);
    expect(text).toMatch(/↳ M4A1 ×1: Staging Yard · level 5\n\u2003↳ AK-74M ×1: /);
    const [sum, paid, bought] = [
      /Total: \*\*([\d,]+)\u00a0₽/,
      /Pay the traders\n([\d,]+)\u00a0₽/,
      /Shopping list · ([\d,]+)\u00a0₽/,
    ].map((pattern) => rouble(pattern.exec(text)?.[1]));
    expect(Math.abs(sum! - paid! - bought!)).toBeLessThanOrEqual(1);
    const [, lines = ""] = /Shopping list[^\n]*\n([^]*?)\nSteps/.exec(text)!;
    const each = lines.split("\n").map((line) => rouble(/: ([\d,]+)\u00a0₽/.exec(line)?.[1]));
    expect(Math.abs(each.reduce((total, one) => total + one, 0) - bought!)).toBeLessThanOrEqual(each.length);
  });

  test("offers of all settlements are compared, and each can be looked at", async () => {
    const message = await barter({ item: "m4vwz", region: "RU" }, "ru");
    const menu = menuOf(message, "offer");
    expect(menu.options).toHaveLength(3);
    expect(menu.options.map(({ description }) => description)).toContain("Перевалочный двор · уровень 3");
    const sleeves = menu.options.find(({ label }) => label.includes("40 гильз"))!;
    await bot.as("ru").select(message, menu.customId, [sleeves.value]);
    const text = textOf(message);
    expect(text).toContain("Заплатить торговцам\n40 гильз");
    expect(text).toMatch(/Всего: \*\*.+\u00a0₽ \+ 40 гильз\*\*/);
    expect(text).toContain("На аукционе: ");
  });

  test("what nobody sells or barters is named, and the sum is incomplete", async () => {
    const message = await barter({ item: "p9jrw" });
    const menu = menuOf(message, "offer");
    await bot.as().select(message, menu.customId, [menu.options.find(({ label }) => label.includes("sleeves"))!.value]);
    const text = textOf(message);
    expect(text.match(/incomplete/g)).toHaveLength(1);
    expect(text).toMatch(/Known so far: \*\*.*400 sleeves\*\*, incomplete/);
    expect(text).toMatch(/(Not tradable: earn these|not enough of it)\n(.*\n)*Golden Token ×1/);
    // Nor twice in the menu.
    for (const { label } of menu.options) expect(label.match(/incomplete/g)?.length ?? 0).toBeLessThanOrEqual(1);
  });

  test("speaks five languages", async () => {
    const words = { ru: "Список покупок", "es-ES": "Lista de la compra", fr: "Liste de courses", ko: "구매 목록" };
    for (const [locale, word] of Object.entries(words))
      expect(textOf(await barter({ item: items.bartered }, locale))).toContain(word);
  });

  test("what no trader gives is told, with the ways to go on", async () => {
    const message = await barter({ item: items.popular });
    expect(textOf(message)).toContain("Traders do not barter for this item.");
    expect(labels(message)).toEqual(["Price", "Lots", "History", "Item", "Craft or buy"]);
    expect(textOf(await barter({ item: items.unlisted }))).toContain("Traders do not barter");
  });
});
