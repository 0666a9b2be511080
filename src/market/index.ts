export { readAmount } from "./amount-text.js";
export {
  barterItems,
  MONEY,
  resolveBarter,
  type BarterAnswer,
  type BarterOffer,
  type BarterPlan,
  type BarterQuestion,
} from "./barter.js";
export { commonestGrade, type GradeSales } from "./commonest.js";
export { confidence, CONFIDENCE, type Confidence, type Evidence } from "./confidence.js";
export {
  craftItems,
  craftOrBuy,
  type CraftAnswer,
  type CraftPlan,
  type CraftQuestion,
  type CraftRecipe,
} from "./craft.js";
export { difference, without, type Difference } from "./difference.js";
export { lastPeriod, LEAST_KNOWN_BEFORE, periodFigures, type Period, type PeriodFigures } from "./figures.js";
export { gradeFields, gradeKey, gradeOf, ofGrade, type Grade, type GradeFilter } from "./grade.js";
export { groupBy } from "./groups.js";
export { liveOffers, lotIdentity, type LiveOffers, type MarketLot, type Offer } from "./lots.js";
export { matrix, type Matrix, type MatrixCell } from "./matrix.js";
export { FEWEST_TO_JUDGE, LEAST_DEVIATION, OUTLIER_SCORE, splitOutliers, type Split } from "./outliers.js";
export { joinPages, PageJoiner, type Joined, type Page } from "./pages.js";
export type { Bought, Made, Missing, Plan, PlanNode, Purchase, Step } from "./plan.js";
export { profit, USUAL_FEE, type Profit, type Trade } from "./profit.js";
export { pricedSales, type MarketSale, type PricedSale } from "./sales.js";
export type { ItemAmount } from "./sourcing.js";
export { mad, median, quantile, spreadOf, trimmedMean, weightedMedian, type Spread } from "./statistics.js";
export { FEWEST_FOR_TREND, priceTrend } from "./trend.js";
export { unitPrice } from "./unit.js";
