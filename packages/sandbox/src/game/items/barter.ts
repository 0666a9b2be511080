import type { Names } from "../world/item.js";
import type { Realm } from "../world/regions.js";
import { translation } from "./texts.js";

type Part = readonly [item: string, amount: number];

const YARD: Names = {
  ru: "Перевалочный двор",
  en: "Staging Yard",
  es: "Patio de tránsito",
  fr: "Cour de transit",
  ko: "중계소",
};
const MILL: Names = {
  ru: "Старая мельница",
  en: "Old Mill",
  es: "Molino viejo",
  fr: "Vieux moulin",
  ko: "낡은 방앗간",
};

/** What settlements of the simulated game give for other things. Two of them have one title, as in the real one. */
export function barterRecipes(realm: Realm) {
  const share = realm === "ru" ? 1 : 0.8;
  const money = (cost: number, ...parts: Part[]) => offer("money", cost * share, parts);
  const sleeves = (cost: number, ...parts: Part[]) => offer("sleeves", cost, parts);
  return [
    settlement("settlement.yard", YARD, [
      recipe(2, "m4vwz", money(25_000, ["7gznk", 12]), sleeves(40, ["0dwjl", 3], ["7gznk", 4])),
      recipe(4, "dk2vp", money(25_000, ["7gznk", 12])),
      recipe(5, "q0r7l", money(120_000, ["m4vwz", 1], ["0dwjl", 8])),
      recipe(7, "7kyon", money(400_000, ["q0r7l", 1], ["0dwjl", 40], ["k7olg", 2])),
    ]),
    settlement("settlement.yard_north", YARD, [
      recipe(3, "m4vwz", money(31_000, ["7gznk", 9])),
      recipe(6, "y4lgz", money(90_000, ["dk2vp", 1], ["7gznk", 60], ["0dwjl", 12])),
    ]),
    settlement("settlement.mill", MILL, [
      recipe(3, "q6wyk", money(35_000, ["r2mdj", 1], ["7gznk", 30]), sleeves(90, ["r2mdj", 1])),
      recipe(8, "p9jrw", money(650_000, ["y4lgz", 1], ["0dwjl", 75]), sleeves(400, ["y4lgz", 1], ["r0zvd", 1])),
      recipe(10, "2vqwn", sleeves(300)),
    ]),
  ];
}

function settlement(key: string, title: Names, recipes: readonly unknown[]) {
  return { settlementTitle: translation(key, title), recipes };
}

function recipe(settlementRequiredLevel: number, item: string, ...offers: readonly unknown[]) {
  return { settlementRequiredLevel, item, offers };
}

function offer(currency: string, cost: number, parts: readonly Part[]) {
  return { currency, cost, requiredItems: parts.map(([item, amount]) => ({ item, amount })) };
}
