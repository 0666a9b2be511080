import { expect, test } from "vitest";
import { kindOf, notableBlocks, rankOf } from "../../commands/item/notable.js";
import { parseItemCard } from "../../src/items/item-card.js";

const label = (key: string, en: string) => ({ type: "translation", key, lines: { en } });
const numeric = (key: string, value: number) => ({ type: "numeric", name: label(key, key), value });
const INFO = "core.tooltip.info.";

function cardOf(...elements: unknown[]) {
  return parseItemCard({
    id: "abcd",
    category: "armor/combat",
    name: label("n", "Name"),
    color: "RANK_STALKER",
    status: { state: "NONE" },
    infoBlocks: [{ type: "list", title: label("t", "Title"), elements }],
  });
}

function rowsOf(...elements: unknown[]): string[] {
  return notableBlocks(cardOf(...elements)).flatMap((block) =>
    block.kind === "list" ? block.elements.flatMap((row) => ("id" in row ? (row.id ?? []) : [])) : [],
  );
}

test("kind and rank are left to the line above; both are the game's own words", () => {
  const kind = { type: "key-value", key: label(`${INFO}category`, "Class"), value: label("c", "Assault Rifles") };
  const rank = { type: "key-value", key: label(`${INFO}rank`, "Rank"), value: label("r", "Stalker") };
  expect(rowsOf(kind, rank, numeric("weight", 2))).toEqual(["weight"]);
  expect(kindOf(cardOf(kind, rank))).toEqual({ en: "Assault Rifles" });
  expect(rankOf(cardOf(kind, rank))).toEqual({ en: "Stalker" });
  expect([kindOf(cardOf(rank)), rankOf(cardOf(kind))]).toEqual([undefined, undefined]);
});

test("zeros are left out; negative figures are not", () => {
  const range = (key: string, min: number, max: number) => ({ type: "range", name: label(key, key), min, max });
  expect(
    rowsOf(numeric("zero", 0), numeric("minus", -1), range("none", 0, 0), range("from-zero", 0, 2), range("to", -1, 0)),
  ).toEqual(["minus", "from-zero", "to"]);
});

test("durability is shown where it is not full", () => {
  const [now, most] = [`${INFO}durability`, `${INFO}max_durability`];
  expect(rowsOf(numeric(now, 100), numeric(most, 100))).toEqual([]);
  expect(rowsOf(numeric(now, 80), numeric(most, 100))).toEqual([now, most]);
});
