import { escape, type Context } from "../../src/kernel/index.js";
import { textIn, type BarterBook, type BarterOffer, type BarterRecipe } from "../../src/items/index.js";
import { money } from "../format/money.js";

/** What traders want for an item, and all settlements where they do. */
export interface TraderOffer extends BarterOffer {
  readonly places: readonly BarterRecipe[];
}

/** The different offers for an item: many settlements have the same. */
export function offersFor(item: string, barter: BarterBook): readonly TraderOffer[] {
  const offers = new Map<string, TraderOffer>();
  for (const recipe of barter.giving(item)) {
    for (const offer of recipe.offers) {
      const key = JSON.stringify([
        offer.currency,
        offer.cost,
        offer.requiredItems.map((part) => [part.item, part.amount]).sort(),
      ]);
      offers.set(key, { ...offer, places: [...(offers.get(key)?.places ?? []), recipe] });
    }
  }
  return [...offers.values()];
}

/** Settlements with the level each must have; those of one title and level once. */
export function placeNames(places: readonly BarterRecipe[], { t, locale, number }: Context): string[] {
  const names = places.map(({ settlement, level }) =>
    t("item.settlement", { settlement: escape(textIn(settlement, locale) ?? "?"), level: number(level) }),
  );
  return [...new Set(names)];
}

/** An amount of what traders take besides items. */
export function currencyAmount(currency: string, amount: number, context: Context): string {
  if (currency === "money") return money(amount, context);
  const count = context.number(amount);
  return currency === "sleeves" ? context.t("currency.sleeves", { amount: count }) : `${count} ${escape(currency)}`;
}
