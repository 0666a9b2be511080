import { z } from "zod";
import { readEntries } from "./entries.js";
import { namesText, type Names } from "./names.js";

/** An amount of an item. */
export interface Portion {
  /** The item's id. */
  readonly item: string;
  readonly amount: number;
}

/** What a settlement gives one of `item` for: any one of the offers. */
export interface BarterRecipe {
  /** The settlement's title; two settlements may share one. */
  readonly settlement: Names;
  /** What the settlement must have reached. */
  readonly level: number;
  readonly item: string;
  readonly offers: readonly BarterOffer[];
}

export interface BarterOffer {
  /** `money`, `sleeves`; an open set. */
  readonly currency: string;
  /** In that currency; 0 where nothing is paid. */
  readonly cost: number;
  /** What is handed over besides it; may be empty. */
  readonly requiredItems: readonly Portion[];
}

/** What is made in the hideout. */
export interface HideoutRecipe {
  /** `workbench`, `laboratory_table`, `kitchen_table`; an open set. */
  readonly bench: string;
  readonly category: Names;
  readonly subcategory: Names;
  readonly result: readonly Portion[];
  readonly ingredients: readonly Portion[];
  /** What the hideout's generator must give. */
  readonly energy: number;
  /** Skills that are needed, with their levels. */
  readonly perks: readonly { readonly id: string; readonly names: Names; readonly level: number }[];
  /** Ids of what must stand in the hideout, such as `centrifuge`. */
  readonly features: readonly string[];
}

/** Recipes by what they give and by what they take. */
export class RecipeBook<R> {
  readonly all: readonly R[];
  readonly #giving = new Map<string, R[]>();
  readonly #taking = new Map<string, R[]>();

  constructor(recipes: readonly R[], gives: (recipe: R) => Iterable<string>, takes: (recipe: R) => Iterable<string>) {
    this.all = recipes;
    for (const recipe of recipes) {
      for (const item of new Set(gives(recipe))) put(this.#giving, item, recipe);
      for (const item of new Set(takes(recipe))) put(this.#taking, item, recipe);
    }
  }

  /** The recipes that give an item. */
  giving(item: string): readonly R[] {
    return this.#giving.get(item) ?? [];
  }

  /** The recipes that take an item. */
  taking(item: string): readonly R[] {
    return this.#taking.get(item) ?? [];
  }
}

export type BarterBook = RecipeBook<BarterRecipe>;
export type HideoutBook = RecipeBook<HideoutRecipe>;

/** Every way to get items without the auction. */
export interface Recipes {
  readonly barter: BarterBook;
  readonly hideout: HideoutBook;
}

const portion = z.object({ item: z.string(), amount: z.number().positive() });
const offer = z
  .object({ currency: z.string(), cost: z.number().nonnegative(), requiredItems: z.array(portion) })
  .transform(({ currency, cost, requiredItems }): BarterOffer => ({ currency, cost, requiredItems: requiredItems }));
const exchange = z.object({
  settlementRequiredLevel: z.number(),
  item: z.string(),
  offers: z.array(offer).min(1),
});
const settlement = z.object({ settlementTitle: namesText, recipes: z.array(z.unknown()) });

/** Reads a realm's `barter_recipes.json`. Odd recipes are left out. @throws Error when it has none that can be read */
export function parseBarter(json: unknown): BarterBook {
  const recipes = readEntries(json, settlement).flatMap(({ settlementTitle, recipes: goods }) =>
    readEntries(goods, exchange).map(({ settlementRequiredLevel, item, offers }) => {
      return { settlement: settlementTitle, level: settlementRequiredLevel, item, offers };
    }),
  );
  return new RecipeBook<BarterRecipe>(
    recipes,
    ({ item }) => [item],
    ({ offers }) => offers.flatMap(({ requiredItems }) => requiredItems.map(({ item }) => item)),
  );
}

const perk = z.object({ id: z.string(), name: namesText });
const noWords = namesText.catch({});
const production = z.object({
  bench: z.string(),
  category: noWords,
  subcategory: noWords,
  result: z.array(portion).min(1),
  ingredients: z.array(portion),
  energy: z.number().nonnegative(),
  requirements: z
    .object({ perks: z.record(z.string(), z.number()), features: z.array(z.string()) })
    .catch({ perks: {}, features: [] }),
});
const hideout = z.object({ perks: z.unknown(), recipes: z.unknown() });

/** Reads a realm's `hideout_recipes.json`, likewise. @throws Error when it has none that can be read */
export function parseHideout(json: unknown): HideoutBook {
  const parsed = hideout.safeParse(json);
  if (!parsed.success) throw new Error("it has no recipes");
  const skills = new Map(readEntries(parsed.data.perks, perk).map(({ id, name }) => [id, name]));
  const recipes = readEntries(parsed.data.recipes, production).map(({ result, requirements, ...recipe }) => ({
    ...recipe,
    result: result,
    features: requirements.features,
    perks: Object.entries(requirements.perks).map(([id, level]) => ({ id, names: skills.get(id) ?? {}, level })),
  }));
  return new RecipeBook<HideoutRecipe>(
    recipes,
    ({ result }) => result.map(({ item }) => item),
    ({ ingredients }) => ingredients.map(({ item }) => item),
  );
}

function put<R>(index: Map<string, R[]>, item: string, recipe: R): void {
  const known = index.get(item);
  if (known) known.push(recipe);
  else index.set(item, [recipe]);
}
