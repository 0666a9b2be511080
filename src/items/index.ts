export { Items, type ItemsOptions } from "./items.js";
export { nameOf, realmOf, type Item, type ItemLanguage, type Realm } from "./listing.js";
export { PUBLIC_ITEMS } from "./source.js";
