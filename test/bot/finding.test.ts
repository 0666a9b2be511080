import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SAMPLE } from "../items/real-database.js";
import { labels, startBot, textOf, type Bot } from "./bot.js";

const isPrivate = (message: { readonly visibleTo?: unknown } | undefined) => message?.visibleTo !== undefined;

describe("what names nothing for sure", () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await startBot({ itemsSource: SAMPLE });
  });
  afterAll(() => bot.close());

  test.each([
    ["en-US", "sinder", "Did you mean"],
    ["ru", "sinder", "Возможно, вы имели в виду"],
    ["en-US", "gold prima", "Did you mean"],
  ])("in %s %s is asked about privately; the button gives a public answer", async (locale, item, question) => {
    const asked = await bot.as(locale).slash("item", { item, region: "EU" });
    if (!asked.message) throw new Error("no answer");
    expect(textOf(asked.message)).toContain(question);
    expect(isPrivate(asked.message)).toBe(true);
    const [first = ""] = labels(asked.message);
    const picked = await bot.as(locale).click(asked.message, first);
    expect(picked.answers).toBe(1);
    expect(picked.acknowledgement?.kind).toBe("reply");
    expect(isPrivate(picked.message)).toBe(false);
    expect(textOf(picked.message)).toContain(first);
  });

  test.each(["<@123456789012345678>", "zzzzzz"])("%s is answered privately", async (item) => {
    const { message } = await bot.as().slash("item", { item, region: "EU" });
    expect(isPrivate(message)).toBe(true);
  });

  test("invisible characters are dropped", async () => {
    const { message } = await bot
      .as()
      .slash("item", { item: "\u200bGauss\u00ad \u2060Rifle\ufeff", region: "E\u200bU" });
    expect(message?.embeds[0]?.title).toBe("Gauss Rifle");
    expect(isPrivate(message)).toBe(false);
  });

  test("every label of a clan and its cards' titles mean the clan, also in another region", async () => {
    const choices = await bot.as().autocomplete("clan info", "clan", "", { region: "EU" });
    expect(choices.length).toBeGreaterThan(20);
    for (const { name } of choices.slice(0, 5)) {
      const { message } = await bot.as().slash("clan info", { clan: name, region: "EU" });
      const title = message?.embeds[0]?.title ?? "";
      expect(title.replaceAll("\\", "")).toBe(name);
      const again = await bot.as().slash("clan info", { clan: title, region: "EU · EUROPE" });
      expect(again.message?.embeds[0]?.title).toBe(title);
    }
    const [first] = choices;
    if (!first) throw new Error("no clan was suggested");
    const { name, value } = first;
    const elsewhere = await bot.as().slash("clan info", { clan: value, region: "NA" });
    expect(textOf(elsewhere.message).replaceAll("\\", "")).toContain(name);
    expect(textOf(elsewhere.message)).toContain("EU");
    if (!elsewhere.message) throw new Error("no answer");
    const [there = ""] = labels(elsewhere.message);
    const picked = await bot.as().click(elsewhere.message, there);
    expect(picked.message?.embeds[0]?.title?.replaceAll("\\", "")).toBe(name);
  });
});
