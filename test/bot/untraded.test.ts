import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { landmarks } from "@zonewire/sandbox/game";
import { SAMPLE } from "../items/real-database.js";
import { startBot, textOf, type Bot } from "./bot.js";

/** The simulated auction knows nothing of the real items: to each question about them it answers 400. */
describe("an item that is listed, and that the auction does not know", () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await startBot({ itemsSource: SAMPLE });
  });
  afterAll(() => bot.close());

  const untraded = {
    "en-US": (name: string, region: string) => `The auction in **${region}** does not trade **${name}**.`,
    ru: (name: string, region: string) => `На аукционе региона **${region}** предмет **${name}** не торгуется.`,
  };

  test.each([
    ["price", "en-US", { item: "gv16", region: "EU" }, "Electronics Kit"],
    ["price", "ru", { item: "gv16", region: "RU" }, "Набор для работы с электроникой"],
    ["lots", "en-US", { item: "Tin Can", region: "NA" }, "Tin Can"],
    ["lots", "ru", { item: "vrld", region: "SEA" }, "Консервная банка"],
    ["history", "en-US", { item: "zz7y2", region: "EU" }, "M4A1"],
    ["history", "ru", { item: "M4A1", region: "RU" }, "M4A1"],
  ] as const)("/%s in %s of %j says so by its name, privately", async (command, locale, options, name) => {
    const { message, ephemeral } = await bot.as(locale).slash(command, options);
    expect(textOf(message)).toContain(untraded[locale](name, options.region));
    expect(textOf(message)).not.toContain(options.item === name ? "400" : options.item);
    expect(ephemeral).toBe(true);
  });

  test.each([
    ["craft", "en-US", { item: "gv16", region: "EU" }, "Electronics Kit"],
    ["craft", "ru", { item: "v25p", region: "RU" }, "Операционный усилитель"],
    ["barter", "en-US", { item: "zz7y2", region: "NA" }, "M4A1"],
    ["barter", "ru", { item: "5ln7q", region: "RU" }, "Сайга-12К"],
  ] as const)("/%s in %s of %j says so where it would tell the price", async (command, locale, options, name) => {
    const { message } = await bot.as(locale).slash(command, options);
    await bot.discord.until("all prices", () => !/Checking|Узнаю/.test(textOf(message)));
    expect(textOf(message)).toContain(untraded[locale](name, options.region));
  });

  test("all regions: the one where it is not traded says so, and the others have prices", async () => {
    const { message } = await bot.as().slash("price", { item: landmarks.items.popular, region: "RU" });
    const end = bot.game.faults.add({ kind: "status", status: 400 }, { path: "/NA/auction/" });
    const all = await bot.as().click(message!, "All regions");
    end();
    const { title, fields = [] } = all.message?.embeds[0] ?? {};
    expect(title).toContain(landmarks.items.popular);
    const there = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
    expect(there.NA).toBe("the auction does not trade it here");
    expect(there.RU).toContain("₽");
    expect(there.EU).not.toContain("does not trade");
  });
});
