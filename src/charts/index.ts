export { Charts } from "./charts.js";
export type { ChartSale } from "./buckets.js";
export type { ClanCourse } from "./clan-course.js";
export type { EmissionGaps, GapTexts } from "./emission-gaps.js";
export type { Gains } from "./gains.js";
export type { ChartTexts, PriceHistory } from "./price-history.js";
export type { Ranking } from "./ranking.js";
