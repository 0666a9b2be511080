import type { Names } from "../world/item.js";
import { everywhere, plainText, translation } from "./texts.js";

type Part = readonly [item: string, amount: number];
type Parts = readonly Part[];

interface Needs {
  readonly perks: Readonly<Record<string, number>>;
  readonly features: readonly string[];
}

const PERKS: Readonly<Record<string, Names>> = {
  cook: { ru: "Повар", en: "Cook", es: "Cocinero", fr: "Cuisinier", ko: "요리사" },
  armourer: { ru: "Оружейник", en: "Armorer", es: "Armero", fr: "Armurier", ko: "무기공" },
  chemist: { ru: "Химик", en: "Chemist", es: "Químico", fr: "Chimiste", ko: "화학자" },
};

/**
 * What is made in hideouts of the simulated game: out of things that are made themselves, several at once, two kinds at
 * once, out of something that nobody sells, in two ways, and in a circle.
 */
export function hideoutRecipes() {
  return {
    perks: Object.entries(PERKS).map(([id, name]) => {
      return { id, name: translation(`perk.${id}`, name), desc: plainText("") };
    }),
    recipes: [
      make("kitchen_table", "drink", [["l0qrv", 1]], [["n7mjz", 2]], 12.5, cook(1)),
      make("kitchen_table", "food", [["q3dwp", 2]], parts(["r4zyl", 2], ["gv1ok", 1], ["n7mjz", 1]), 25, cook(2)),
      make("kitchen_table", "food", [["r4zyl", 1]], [["q3dwp", 1]], 5, cook(1)),
      make("workbench", "misc", [["gk4nd", 20]], [["0dwjl", 1]], 30, armourer(1)),
      make("laboratory_table", "misc", [["gk4nd", 8]], [["7gznk", 1]], 12, chemist(1)),
      make("workbench", "misc", [["wz1ly", 5]], parts(["7gznk", 1], ["gv1ok", 2]), 40, chemist(1)),
      make(
        "workbench",
        "bullet",
        [["4gwkl", 60]],
        parts(["gk4nd", 10], ["wz1ly", 2]),
        90,
        armourer(2, "precise_tools"),
      ),
      make(
        "workbench",
        "bullet",
        [["jn6rd", 60]],
        parts(["4gwkl", 60], ["wz1ly", 4]),
        150,
        armourer(4, "precise_tools", "lathe"),
      ),
      make(
        "laboratory_table",
        "medicine",
        parts(["wo5nj", 2], ["y9vrq", 1]),
        parts(["l0qrv", 1], ["7gznk", 1]),
        110,
        chemist(2),
      ),
      make(
        "laboratory_table",
        "medicine",
        [["d7olz", 3]],
        parts(["y9vrq", 6], ["n2rgk", 1]),
        220,
        chemist(3, "centrifuge"),
      ),
      make(
        "laboratory_table",
        "medicine",
        [["p0kgm", 1]],
        parts(["d7olz", 1], ["wo5nj", 2], ["l0qrv", 1]),
        480.5,
        chemist(5, "centrifuge"),
      ),
    ],
  };
}

function make(bench: string, category: string, result: Parts, ingredients: Parts, energy: number, requirements: Needs) {
  return {
    bench,
    category: translation(`bench.${bench}`, everywhere(bench)),
    subcategory: translation(`bench.${bench}.${category}`, everywhere(category)),
    result: result.map(portion),
    ingredients: ingredients.map(portion),
    energy,
    requirements,
  };
}

function parts(...list: Parts): Parts {
  return list;
}

function portion([item, amount]: Part) {
  return { item, amount };
}

function cook(level: number): Needs {
  return { perks: { cook: level }, features: ["kitchen_table"] };
}

function armourer(level: number, ...features: string[]): Needs {
  return { perks: { armourer: level }, features: ["workbench", ...features] };
}

function chemist(level: number, ...features: string[]): Needs {
  return { perks: { chemist: level }, features };
}
