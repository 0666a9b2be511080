export { Charts } from "./charts.js";
export type { ChartSale } from "./buckets.js";
export type { EmissionGaps, GapTexts } from "./emission-gaps.js";
export type { ChartTexts, PriceHistory } from "./price-history.js";
