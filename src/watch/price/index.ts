export { mergedPriceEvents, priceEvent, priceEventOf, type MatchedLot, type PriceEvent } from "./event.js";
export { readPriceLimit } from "./limit-text.js";
export { mediansOf, NO_MEDIANS, type GradeMedian, type Medians } from "./medians.js";
export { FEWEST_SALES, fittingOffers, highestUnit, priceRule, type PriceLimit, type PriceRule } from "./rule.js";
export { newsOf, readingOf, toldLots, type News, type Reading, type ToldLots } from "./told-lots.js";
