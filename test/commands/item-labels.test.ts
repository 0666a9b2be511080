import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { PERIODS } from "../../commands/history/query.js";
import { findItem, suggestItems, type AskedItem } from "../../commands/options/item.js";
import { Items, RecentItems, type Item } from "../../src/items/index.js";
import { UserError, type Locale } from "../../src/kernel/index.js";
import { LOCALES } from "../../src/kernel/locale.js";
import { Texts } from "../../src/kernel/texts.js";
import { parseListing } from "../../src/items/listing.js";
import { readFileSync } from "node:fs";
import { REAL } from "../items/real-database.js";
import { ManualClock } from "../manual-clock.js";

const TITLES = [
  "barter.title",
  "lots.title",
  "price.title",
  "price.left-out-title",
  "price.levels-title",
  "price.regions-title",
] as const;

describe.each(REAL)("%s", (_which, folder) => {
  let items: Items;
  let texts: Texts;
  beforeAll(async () => {
    texts = await Texts.load(join(import.meta.dirname, "../../locales"));
    items = new Items({ source: folder, clock: new ManualClock() });
    await items.start();
    items.stop();
  });
  const contextIn = (locale: Locale) => ({
    items,
    recentItems: new RecentItems(),
    locale,
    userId: "1",
    t: texts.translator(locale),
  });
  const listingOf = (region: string): Item[] =>
    parseListing(JSON.parse(readFileSync(join(folder, region === "RU" ? "ru" : "global", "listing.json"), "utf8")));
  const asked = (text: string, region: string, context: ReturnType<typeof contextIn>): AskedItem | UserError => {
    try {
      return findItem(text, region, context);
    } catch (error) {
      if (error instanceof UserError) return error;
      throw error;
    }
  };

  describe.each(["EU", "RU"])("in %s", (region) => {
    test.each(LOCALES)("every title and every suggestion means its item when it is typed, in %s", (locale) => {
      const context = contextIn(locale);
      const { t } = context;
      const wrong: string[] = [];
      // What is suggested is as a rule the title.
      const checked = new Set<string>();
      const check = (text: string, id: string, grade = {}) => {
        const about = JSON.stringify([text, id, grade]);
        if (checked.has(about)) return;
        checked.add(about);
        const found = asked(text, region, context);
        const isRight = !(found instanceof UserError) && found.id === id;
        const told = isRight && { quality: found.quality, level: found.level };
        if (JSON.stringify(told) !== JSON.stringify({ quality: undefined, level: undefined, ...grade }))
          wrong.push(text);
      };
      const titles: ((item: string) => string)[] = [
        ...TITLES.map((key) => (item: string) => t(key, { item, region })),
        (item) => t("craft.title", { item, amount: "1", region }),
        ...PERIODS.map(
          (period) => (item: string) => t("history.title", { item, region, period: t(`history.period.${period}`) }),
        ),
      ];
      for (const [at, { id, category }] of listingOf(region).entries()) {
        const { name } = findItem(id, region, context);
        check(name, id);
        // A title is taken off before the item is looked for: each of them is tried with hundreds of items, not with all.
        const title = titles[at % titles.length];
        if (title) check(title(name), id);
        if (category.startsWith("artefact")) check(t("item.title-level", { item: name, level: 3 }), id, { level: 3 });
        const grades = category.startsWith("artefact") ? ["", " q5 +15", " q0"] : [""];
        for (const grade of grades) {
          const offered = suggestItems(id + grade, region, context);
          const own = offered.find(({ value }) => value === id + grade);
          const quality = /q(\d)/.exec(grade)?.[1];
          const level = /\+(\d+)/.exec(grade)?.[1];
          check(own?.name ?? `nothing for ${id}`, id, {
            ...(quality && { quality: Number(quality) }),
            ...(level && { level: Number(level) }),
          });
        }
      }
      expect(wrong.slice(0, 10)).toEqual([]);
    });

    test.each<[Locale, string, readonly string[]]>([
      ["en", "Salami Sandwich", ["craftable", "not craftable"]],
      ["en", "BLUFOR Paint", ["for armor", "for weapons"]],
      ["ru", "BLUFOR Paint", ["для брони", "для оружия"]],
      ["fr", "BLUFOR Paint", ["pour armes", "pour armures"]],
      ["en", "Armchair", ["#1", "#2"]],
      ["ko", "Carpet", ["#1", "#2", "#3", "#4", "#5"]],
      ["en", "Transformer", ["Artifact", "Misc"]],
      ["es", "Transformer", ["Artefacto", "Varios"]],
    ])("things of one name are told apart by what a player knows: %s, %s", (locale, english, marks) => {
      const own = listingOf(region).filter(({ names }) => names.en === english);
      const labels = own.map(({ id }) => findItem(id, region, contextIn(locale)).name);
      expect(labels.map((label) => label.split(" · ").slice(1).join(" · ")).sort()).toEqual([...marks]);
    });

    test.each(LOCALES)("few need their id for it, in %s", (locale) => {
      const context = contextIn(locale);
      const labels = listingOf(region)
        .filter(({ names }) => Object.keys(names).length > 0)
        .map(({ id }) => ({ id, label: findItem(id, region, context).name }));
      const told = labels.filter(({ label }) => label.includes(" · "));
      const byId = told.filter(({ id, label }) => label.endsWith(` ${id}`));
      expect(told.length).toBeGreaterThan(0);
      expect(byId.length / told.length).toBeLessThan(0.15);
      expect(new Set(labels.map(({ label }) => label)).size).toBe(labels.length);
    });

    test("no raw key is shown or offered", () => {
      const context = contextIn("en");
      for (const { id } of listingOf(region))
        expect(findItem(id, region, context).name).not.toMatch(/^[a-z]\w*(\.\w+)+/);
      for (const text of ["item", "amm", "name", "base", ""])
        for (const { item } of items.search(text, region, { language: "en", limit: 25 }))
          expect(Object.keys(item.names)).not.toEqual([]);
    });

    test.each([
      "sinder",
      "<@123456789012345678>",
      "<#1234567>",
      "hello world",
      "asdfgh",
      "pirma",
      "prima +99",
      "prima 99",
      "gold prima",
      "zzzz",
      "?!",
      "rye bread leg",
      "scar",
      "shotgun",
      "1",
    ])("%s is answered by no item", (text) => {
      const found = asked(text, region, contextIn("en"));
      expect(found).toBeInstanceOf(UserError);
      if (found instanceof UserError && found.key === "error.did-you-mean")
        expect(found.alternatives.length).toBeGreaterThan(0);
    });

    test.each([
      ["gauss", "Gauss Rifle", {}],
      ["gauss rifle", "Gauss Rifle", {}],
      ["зп", "Golden Prima", {}],
      ["ghbvf", "Prima", {}],
      ["goldn prima", "Golden Prima", {}],
      ["red prima", "Prima", { quality: 4 }],
      ["прима лега 15", "Prima", { quality: 5, level: 15 }],
      ["val", "AS Val", {}],
    ])("%s is sure to be %s", (text, name, grade) => {
      const found = asked(text, region, contextIn("en"));
      expect(found).toMatchObject({ item: { names: { en: name } }, ...grade });
    });
  });
});
