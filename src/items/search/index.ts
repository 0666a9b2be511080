export { ItemSearch, type FindOptions } from "./item-search.js";
export { readQuery, type ItemQuery } from "./query.js";
