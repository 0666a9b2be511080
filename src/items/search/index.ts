export { certainGraded, findGraded, type AskedGrade, type Found } from "./graded.js";
export { ItemSearch, type FindOptions } from "./item-search.js";
export { readingsOf } from "./query.js";
