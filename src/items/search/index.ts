export { certainGraded, findGraded, type AskedGrade, type Found } from "./graded.js";
export { ItemSearch, type FindOptions } from "./item-search.js";
export { readingsOf, type ItemQuery } from "./query.js";
