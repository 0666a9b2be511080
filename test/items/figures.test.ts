import { describe, expect, test } from "vitest";
import { alike, figuresIn } from "../../src/items/figures.js";
import { parseItemCard } from "../../src/items/item-card.js";
import { parseListing, type Item } from "../../src/items/listing.js";
import { HOUR_MS } from "../../src/time.js";
import { settled } from "../manual-clock.js";
import { entry, FileHost, figureRow, itemsOf, roundCard, words } from "./file-host.js";

const ids = (items: readonly Item[]) => items.map(({ id }) => id).sort();

describe("items that the listing does not tell apart", () => {
  const round = entry("0aa1", "Round", "bullet");
  const other = (change: object) => ({ ...entry("0aa2", "Round", "bullet"), ...change });

  test.each<[string, object, readonly string[]]>([
    ["have one name and all else the same", {}, ["0aa1", "0aa2"]],
    ["have one name in any case", { name: words("ROUND") }, ["0aa1", "0aa2"]],
    ["do not differ by rank", { color: "RANK_MASTER" }, []],
    ["do not differ by category", { data: "/items/misc/0aa2.json" }, []],
    ["do not differ by state", { status: { state: "NON_DROP" } }, []],
    ["do not differ by name", { name: words("Shell") }, []],
    ["do not differ by what they are for", { name: { ...words("Round"), key: "item.camo.wpn.x.name" } }, []],
  ])("%s", (_what, change, expected) => {
    expect(ids(alike(parseListing([round, other(change), entry("0aa3", "Crate")])))).toEqual(expected);
  });

  test("may share a name in one language only", () => {
    const named = (id: string, en: string) => ({
      ...entry(id, en),
      name: { type: "translation", key: "k", args: {}, lines: { en, ru: "Прицел" } },
    });
    expect(ids(alike(parseListing([named("0aa1", "Red Sight"), named("0aa2", "Green Sight")])))).toEqual([
      "0aa1",
      "0aa2",
    ]);
  });
});

test("a card's figures are in its order, except that the weight comes last", () => {
  const card = parseItemCard(
    roundCard("0aa1", [
      figureRow("core.tooltip.info.weight", "Weight", "0.1 kg"),
      figureRow("x.power", "Power", "+70"),
    ]),
  );
  expect(figuresIn(card).map(({ name, value }) => [name.en, value.en])).toEqual([
    ["Power", "+70"],
    ["Weight", "0.1 kg"],
  ]);
});

describe("figures", () => {
  const power = (value: string) => [figureRow("x.power", "Power", value)];
  async function open(listing: readonly unknown[]) {
    const host = await FileHost.start();
    host.files.set("/global/listing.json", listing);
    for (const id of ["0aa1", "0aa2", "0aa3"])
      host.files.set(`/global/items/bullet/${id}.json`, roundCard(id, power(`+${id}`)));
    const place = itemsOf({ source: host.server.url });
    await place.items.start();
    const cards = () =>
      host
        .take()
        .filter((path) => path.includes("/items/"))
        .sort();
    const powerOf = (id: string) => place.items.figures(id, "EU")?.map(({ value }) => value.en);
    return { host, ...place, cards, powerOf };
  }
  const pair = [entry("0aa1", "Round", "bullet"), entry("0aa2", "Round", "bullet"), entry("0aa3", "Shell", "bullet")];

  test("are read of those alone, once for a listing", async () => {
    const { cards, powerOf, clock, failures } = await open(pair);
    expect(cards()).toEqual(["/global/items/bullet/0aa1.json", "/global/items/bullet/0aa2.json"]);
    expect([powerOf("0aa1"), powerOf("0aa2"), powerOf("0aa3")]).toEqual([["+0aa1"], ["+0aa2"], undefined]);
    await clock.pass(HOUR_MS);
    await settled();
    expect(cards()).toEqual([]);
    expect(failures).toEqual([]);
  });

  test("are not asked for one by one while the source gives no card, and are read once it does", async () => {
    const many = Array.from({ length: 40 }, (_, n) => entry(`1aa${n}`, "Dud", "bullet"));
    const { host, cards, powerOf, clock } = await open([...many, ...pair]);
    expect(cards().length).toBeLessThan(10);
    expect(powerOf("0aa1")).toBeUndefined();
    for (const { data } of many) host.files.set(`/global${data}`, roundCard("x", power("1")));
    await clock.pass(HOUR_MS);
    await expect.poll(() => powerOf("0aa1")).toEqual(["+0aa1"]);
  });

  test("of a file that is not there are unknown, and the others known", async () => {
    const { powerOf, failures } = await open([...pair, entry("0aa9", "Round", "bullet")]);
    expect([powerOf("0aa9"), powerOf("0aa1")]).toEqual([undefined, ["+0aa1"]]);
    expect(failures).toEqual([]);
  });
});
