import { time, type Context } from "../../src/kernel/index.js";
import type { PeriodFigures } from "../../src/market/index.js";
import { money } from "../format/money.js";
import { gradeName } from "../format/quality.js";

/** A smaller change counts as none. */
const LEAST_TREND = 0.01;

/** `↘ −1.3% vs last week` */
export function trendText({ trend, comparable }: PeriodFigures, { t, percent }: Context): string {
  if (trend === undefined) return t(comparable ? "price.trend-unknown" : "price.trend-unread");
  if (Math.abs(trend) < LEAST_TREND) return t("price.trend-flat");
  const change = percent(trend, { digits: 1, signed: true });
  return t(trend > 0 ? "price.trend-up" : "price.trend-down", { percent: change });
}

/** Price and moment of the last sale; one that the figures leave out says that it is odd. Empty without sales. */
export function lastSale({ last, outliers }: PeriodFigures, graded: boolean, context: Context): string {
  if (!last) return "";
  return [
    money(last.unit, context),
    outliers.includes(last) ? context.t("price.unusual") : undefined,
    graded ? gradeName(last.grade, context) : undefined,
    time(last.time, "R"),
  ]
    .filter((part) => part !== undefined)
    .join(" · ");
}
