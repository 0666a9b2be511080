import { ACHIEVEMENTS } from "../world/achievements.js";
import { ITEMS } from "../world/catalog.js";
import { HIGHEST_LEVEL, type Item, isUpgradable } from "../world/item.js";
import { STATS } from "../world/stats.js";
import { barterRecipes } from "./barter.js";
import { hideoutRecipes } from "./hideout.js";
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
      put(`items/${item.category}/${item.id}.json`, () => itemFile(item, 0));
      for (let level = 1; isUpgradable(item) && level <= HIGHEST_LEVEL; level++) {
        put(`items/${item.category}/_variants/${item.id}/${level}.json`, () => itemFile(item, level));
      }
      if (item.lacksIcon) continue;
      files.set(`${realm}/icons/${item.category}/${item.id}.png`, { type: "image/png", content: () => iconOf(item) });
    }
  }
  return files;
}

function nameOf(item: Item) {
  if (item.plainName) return plainText(item.names.en);
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

function itemFile(item: Item, level: number) {
  const { id, category, color, state } = item;
  return { id, category, name: nameOf(item), color, status: { state }, infoBlocks: infoBlocks(item, level) };
}
