import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { findItem, suggestItems } from "../../commands/options/item.js";
import { RecentItems, type Items } from "../../src/items/index.js";
import type { Locale } from "../../src/kernel/index.js";
import { Texts } from "../../src/kernel/texts.js";
import { entry, FileHost, figureRow, itemsOf, roundCard } from "../items/file-host.js";

let texts: Texts;
beforeAll(async () => {
  texts = await Texts.load(join(import.meta.dirname, "../../locales"));
});
const contextIn = (items: Items, locale: Locale = "en") => ({
  items,
  recentItems: new RecentItems(),
  locale,
  userId: "1",
  t: texts.translator(locale),
});

/** Rounds of one name; each with the figures of its card, or without a card. */
async function rounds(cards: Readonly<Record<string, readonly (readonly [string, string])[] | undefined>>) {
  const host = await FileHost.start();
  const ids = Object.keys(cards);
  host.files.set("/global/listing.json", [...ids.map((id) => entry(id, "Round", "bullet")), entry("0zz9", "Crate")]);
  for (const [id, rows] of Object.entries(cards)) {
    const elements = rows?.map(([name, value]) => figureRow(`x.${name}`, name, value));
    if (elements) host.files.set(`/global/items/bullet/${id}.json`, roundCard(id, elements));
  }
  const { items } = itemsOf({ source: host.server.url });
  await items.start();
  return { items, ids };
}

describe("things that differ by figures alone", () => {
  test.each<[string, Parameters<typeof rounds>[0], readonly string[]]>([
    ["say one", { "0aa1": [["Power", "+70"]], "0aa2": [["Power", "+60"]] }, ["Power (+70)", "Power (+60)"]],
    [
      "say the first that the others lack",
      {
        "0aa1": [
          ["Weight", "0.1 kg"],
          ["Damage", "+5%"],
        ],
        "0aa2": [
          ["Weight", "0.1 kg"],
          ["Damage", "+5%"],
          ["Fire", "15%"],
        ],
      },
      ["0aa1", "Fire (15%)"],
    ],
    [
      "say it on one line, without a colon of the game's",
      { "0aa1": [["Magazine size:", "45"]], "0aa2": [["Magazine size:", "6\u00a00"]] },
      ["Magazine size (45)", "Magazine size (6 0)"],
    ],
    ["have their id where a card is not there", { "0aa1": [["Power", "+70"]], "0aa2": undefined }, ["0aa1", "0aa2"]],
    ["have their id where all is the same", { "0aa1": [["Power", "+7"]], "0aa2": [["Power", "+7"]] }, ["0aa1", "0aa2"]],
    ["have their id where there are no figures", { "0aa1": [], "0aa2": [] }, ["0aa1", "0aa2"]],
  ])("%s, and it is understood when it is typed", async (_what, cards, marks) => {
    const { items, ids } = await rounds(cards);
    for (const locale of ["en", "fr"] as const) {
      const context = contextIn(items, locale);
      const labels = ids.map((id) => findItem(id, "EU", context).name);
      expect(labels).toEqual(marks.map((mark) => `Round · ${mark}`));
      const offered = suggestItems("round", "EU", context).map(({ name }) => name);
      expect(offered.sort()).toEqual([...labels].sort());
      labels.forEach((label, n) => {
        for (const text of [label, `${label} · lots · EU`])
          expect(findItem(text, "EU", context)).toMatchObject({ id: ids[n], level: undefined, quality: undefined });
      });
    }
  });
});
