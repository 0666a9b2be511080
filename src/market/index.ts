export { readAmount } from "./amount-text.js";
export {
  barterItems,
  resolveBarter,
  type BarterAnswer,
  type BarterOffer,
  type BarterPlan,
  type BarterQuestion,
} from "./barter.js";
export { commonestGrade, type GradeSales } from "./commonest.js";
export { confidence, type Confidence, type Evidence } from "./confidence.js";
export {
  craftItems,
  craftOrBuy,
  type CraftAnswer,
  type CraftPlan,
  type CraftQuestion,
  type CraftRecipe,
} from "./craft.js";
export { difference, without, type Difference } from "./difference.js";
export { lastPeriod, periodFigures, type Period, type PeriodFigures } from "./figures.js";
export { gradeFields, gradeKey, gradeOf, ofGrade, type Grade, type GradeFilter } from "./grade.js";
export { groupBy } from "./groups.js";
export { liveOffers, lotIdentity, type LiveOffers, type MarketLot, type Offer } from "./lots.js";
export { matrix, type Matrix, type MatrixCell } from "./matrix.js";
export { splitOutliers, type Split } from "./outliers.js";
export { PageJoiner, type Joined, type Page } from "./pages.js";
export type { Bought, Made, Missing, Plan, PlanNode, Purchase, Step } from "./plan.js";
export { isFee, profit, type Profit, type Trade } from "./profit.js";
export { pricedSales, type MarketSale, type PricedSale } from "./sales.js";
export type { ItemAmount } from "./sourcing.js";
export { mad, median, quantile, spreadOf, trimmedMean, type Spread } from "./statistics.js";
export { priceTrend } from "./trend.js";
export { unitPrice } from "./unit.js";
