export type { Achievement, Glossary, Statistic } from "./glossary.js";
export { Items, type ItemsOptions } from "./items.js";
export { realmOf, type Item, type Realm } from "./listing.js";
export { nameOf, type ItemLanguage, type Names } from "./names.js";
export { PUBLIC_ITEMS } from "./source.js";
