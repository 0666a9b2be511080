export type { Achievement, Glossary, Statistic } from "./glossary.js";
export type { DamageCurve, InfoBlock, InfoElement, ItemCard } from "./item-card.js";
export { Items, type ItemsOptions, type ItemsState } from "./items.js";
export { HIGHEST_LEVEL, isArtifact, isUpgradable, realmOf, type Item, type Realm } from "./listing.js";
export { nameOf, textIn, type Names } from "./names.js";
export type { BarterBook, BarterOffer, BarterRecipe, HideoutBook, HideoutRecipe, Portion, Recipes } from "./recipes.js";
export { RecentItems } from "./recent.js";
export type { AskedGrade, FindOptions, Found } from "./search/index.js";
export { PUBLIC_ITEMS } from "./source/index.js";
