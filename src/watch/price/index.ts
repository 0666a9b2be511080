export { mergedPriceEvents, priceEvent, priceEventOf, type MatchedLot, type PriceEvent } from "./event.js";
export { readPriceLimit } from "./limit-text.js";
export { mediansOf, NO_MEDIANS, type Medians } from "./medians.js";
export { FEWEST_SALES, fittingOffers, highestUnit, priceRule, type PriceLimit, type PriceRule } from "./rule.js";
export { NEWEST_BACK_MS } from "./newest.js";
export { newsOf, readingOf, readingOfNewest, toldLots, type ToldLots } from "./told-lots.js";
