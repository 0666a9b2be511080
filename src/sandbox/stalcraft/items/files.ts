import { ACHIEVEMENTS } from "../world/achievements.js";
import { ITEMS } from "../world/catalog.js";
import type { Item } from "../world/item.js";
import type { Realm } from "../world/regions.js";
import { STATS } from "../world/stats.js";
import { iconOf } from "./icon.js";
import { infoBlocks } from "./info-blocks.js";
import { plainText, translation } from "./texts.js";

export interface DatabaseFile {
  readonly type: "application/json" | "image/png";
  readonly content: () => string | Buffer;
}

/** The item database as the public repository lays it out: path (`ru/listing.json`) to file. */
export function databaseFiles(): Map<string, DatabaseFile> {
  const files = new Map<string, DatabaseFile>();
  for (const realm of ["ru", "global"] as const) {
    const put = (path: string, content: () => unknown) => {
      files.set(`${realm}/${path}`, {
        type: "application/json",
        content: () => `${JSON.stringify(content(), null, 2)}\n`,
      });
    };
    const items = ITEMS.filter((item) => item.listedIn.includes(realm));
    put("listing.json", () => items.map(listingEntry));
    put("stats.json", () =>
      STATS.map(({ id, category, type, names }) => ({
        id,
        category,
        type,
        name: names === undefined ? plainText("") : translation(`stat.${id}`, names),
      })),
    );
    put("achievements.json", () =>
      ACHIEVEMENTS.map(({ id, title, points }) => ({
        id,
        title: translation(`achievement.${id}`, title),
        description: plainText(""),
        points,
      })),
    );
    put("barter_recipes.json", () => barterRecipes(realm));
    put("hideout_recipes.json", hideoutRecipes);
    for (const item of items) {
      put(`items/${item.category}/${item.id}.json`, () => itemFile(item));
      files.set(`${realm}/icons/${item.category}/${item.id}.png`, { type: "image/png", content: () => iconOf(item) });
    }
  }
  return files;
}

function nameOf(item: Item) {
  return translation(`item.${item.id}.name`, item.names);
}

function listingEntry(item: Item) {
  return {
    data: `/items/${item.category}/${item.id}.json`,
    icon: `/icons/${item.category}/${item.id}.png`,
    name: nameOf(item),
    color: item.color,
    status: { state: item.state },
  };
}

function itemFile(item: Item) {
  const { id, category, color, state } = item;
  return { id, category, name: nameOf(item), color, status: { state }, infoBlocks: infoBlocks(item) };
}

function barterRecipes(realm: Realm) {
  const title = {
    ru: "Перевалочный двор",
    en: "Staging Yard",
    es: "Patio de tránsito",
    fr: "Cour de transit",
    ko: "중계소",
  };
  const offers = [
    { currency: "money", cost: realm === "ru" ? 25_000 : 20_000, requiredItems: [{ item: "7gznk", amount: 12 }] },
    {
      currency: "sleeves",
      cost: 40,
      requiredItems: [
        { item: "0dwjl", amount: 3 },
        { item: "7gznk", amount: 4 },
      ],
    },
  ];
  return [
    {
      settlementTitle: translation("settlement.yard", title),
      recipes: [
        { settlementRequiredLevel: 2, item: "m4vwz", offers },
        { settlementRequiredLevel: 4, item: "dk2vp", offers: offers.slice(0, 1) },
      ],
    },
  ];
}

function hideoutRecipes() {
  const name = { ru: "Повар", en: "Cook", es: "Cocinero", fr: "Cuisinier", ko: "요리사" };
  return {
    perks: [{ id: "cook", name: translation("perk.cook", name), desc: plainText("") }],
    recipes: [
      {
        bench: "kitchen",
        category: "supply",
        subcategory: "drink",
        result: [{ item: "l0qrv", amount: 1 }],
        ingredients: [{ item: "n7mjz", amount: 2 }],
        energy: 12.5,
        requirements: { perks: { cook: 1 }, features: [] },
      },
    ],
  };
}
