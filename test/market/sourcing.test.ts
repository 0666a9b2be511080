import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  craftItems,
  craftOrBuy,
  resolveBarter,
  type BarterOffer,
  type CraftRecipe,
  type PlanNode,
} from "../../src/market/index.js";

const portion = (text: string) => {
  const [item = "", amount = "1"] = text.split("*");
  return { item, amount: Number(amount) };
};
const recipe = (result: string, ingredients: string, energy = 0): CraftRecipe => ({
  result: result.split(" ").map(portion),
  ingredients: ingredients.split(" ").map(portion),
  energy,
});

function ask(
  item: string,
  amount: number,
  recipes: readonly CraftRecipe[],
  prices: Readonly<Record<string, number>>,
  energyPrice = 0,
) {
  const recipesOf = (wanted: string) => recipes.filter(({ result }) => result.some((one) => one.item === wanted));
  return craftOrBuy({ item, amount, recipesOf, priceOf: (wanted) => prices[wanted], energyPrice });
}

describe("crafting or buying", () => {
  test("a worked example: of each part the cheaper way, with the energy", () => {
    const recipes = [recipe("medkit", "bandage*2 spirit", 10), recipe("bandage*5", "cloth*5", 5)];
    const { buy, plans, cheaper } = ask("medkit", 1, recipes, { medkit: 500, bandage: 100, cloth: 10, spirit: 50 }, 2);
    // A bandage costs 100, or 10 of cloth and 2 of energy.
    expect({ buy, cheaper }).toEqual({ buy: 500, cheaper: "make" });
    expect(plans[0]).toMatchObject({ cost: 2 * 12 + 50 + 20, incomplete: false, energy: 15 });
    expect(plans[0]?.leftovers).toEqual([{ item: "bandage", amount: 3 }]);
  });

  test("a part without a price makes it incomplete, and is named", () => {
    const { plans, cheaper } = ask("a", 2, [recipe("a", "b c")], { b: 1 });
    expect(plans[0]).toMatchObject({ incomplete: true, cost: undefined, missing: [{ item: "c", amount: 2 }] });
    expect(cheaper).toBeUndefined();
  });

  test("nothing is made out of itself, by whatever detour", () => {
    const { plans } = ask("a", 1, [recipe("a", "b"), recipe("b", "c"), recipe("c", "a")], { c: 7 });
    expect(plans[0]).toMatchObject({ cost: 7 });
    expect(ask("a", 1, [recipe("a", "a*1")], {}).plans[0]?.cost).toBeUndefined();
  });

  test("where two things are made of each other for next to nothing, one of them is bought", () => {
    const circle = [recipe("a", "b"), recipe("b*2", "c"), recipe("c*2", "b")];
    const { plans } = ask("a", 4, circle, { b: 10, c: 12 });
    // b costs 6 out of bought c; c out of bought b would cost 5, and b out of that in turn less and less.
    expect(plans[0]).toMatchObject({ cost: 24, incomplete: false });
    expect(plans[0]?.shopping).toEqual([{ item: "c", amount: 2, unit: 12, price: 24 }]);
    expect(ask("a", 1, circle, {}).plans[0]).toMatchObject({ incomplete: true, cost: undefined });
  });

  test("making never costs more than buying the parts, and follows their prices", () => {
    const world = fc.record({
      prices: fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 8, maxLength: 8 }),
      recipes: fc.array(
        fc.record({
          of: fc.nat({ max: 7 }),
          yields: fc.integer({ min: 1, max: 5 }),
          parts: fc.uniqueArray(fc.nat({ max: 7 }), { minLength: 1, maxLength: 3 }),
        }),
        { maxLength: 8 },
      ),
      factor: fc.integer({ min: 2, max: 9 }),
    });
    fc.assert(
      fc.property(world, ({ prices, recipes, factor }) => {
        const all = recipes.map(({ of, yields, parts }) =>
          recipe(`i${of}*${yields}`, parts.map((part) => `i${part}`).join(" ")),
        );
        const list = (by: number) => Object.fromEntries(prices.map((price, n) => [`i${n}`, price * by]));
        const own = all.filter(
          ({ result, ingredients }) => result[0]?.item === "i0" && !ingredients.some(({ item }) => item === "i0"),
        );
        const { plans } = ask("i0", 3, all, list(1));
        for (const { result, ingredients } of own) {
          const bought =
            ingredients.reduce((sum, { item }) => sum + prices[Number(item.slice(1))]!, 0) / result[0]!.amount;
          expect(plans[0]?.cost).toBeLessThanOrEqual(3 * bought + 1e-6);
        }
        for (const { tree, shopping, outlay } of plans) {
          const visit = (node: PlanNode<unknown>, above: readonly string[]) => {
            expect(above).not.toContain(node.item);
            if (node.kind === "make") for (const part of node.parts) visit(part, [...above, node.item]);
          };
          visit(tree, []);
          expect(outlay).toBeCloseTo(
            shopping.reduce((sum, { item, amount }) => sum + amount * prices[Number(item.slice(1))]!, 0),
            6,
          );
        }
        const dearer = ask("i0", 3, all, list(factor)).plans[0]?.cost;
        if (plans[0]?.cost !== undefined) expect(dearer! / factor).toBeCloseTo(plans[0].cost, 4);
        expect(craftItems("i0", (item) => all.filter(({ result }) => result[0]?.item === item))).toContain("i0");
      }),
    );
  });
});

describe("barter", () => {
  const offers: Readonly<Record<string, readonly BarterOffer[]>> = {
    rifle: [{ currency: "money", cost: 1_000, requiredItems: [portion("old*1"), portion("shard*9")] }],
    old: [
      { currency: "money", cost: 500, requiredItems: [portion("shard*10")] },
      { currency: "sleeves", cost: 40, requiredItems: [] },
    ],
  };
  const resolve = (item: string, prices: Readonly<Record<string, number>>) =>
    resolveBarter({ item, amount: 1, offersOf: (one) => offers[one] ?? [], priceOf: (one) => prices[one] });

  test("everything down to what one can buy, with the sum", () => {
    const { buy, plans } = resolve("rifle", { shard: 10, rifle: 5_000 });
    expect(buy).toBe(5_000);
    expect(plans[0]).toMatchObject({ incomplete: false, purchases: 190, outlay: 1_690 });
    expect(plans[0]?.shopping).toMatchObject([{ item: "shard", amount: 19, price: 190 }]);
    expect(plans[0]?.currencies).toEqual([{ currency: "money", amount: 1_500 }]);
  });

  test("what is cheaper on the auction is bought there, and what nobody has is said to be missing", () => {
    expect(resolve("rifle", { shard: 10, old: 100 }).plans[0]).toMatchObject({ outlay: 1_190 });
    expect(resolve("rifle", { old: 100 }).plans[0]).toMatchObject({
      incomplete: true,
      missing: [{ item: "shard", amount: 9 }],
    });
    expect(resolve("nothing", {}).plans).toEqual([]);
  });
});
