import { dotted, type MessageContext } from "../../src/kernel/index.js";
import type { PriceLimit, PriceRule } from "../../src/watch/index.js";
import { money } from "./money.js";
import { gradeText } from "./quality.js";

/** `at most 1,300 ₽ per unit · 🟡 Legendary +15 · 5 or more in a lot` */
export function priceRuleText(rule: PriceRule, context: Pick<MessageContext, "t" | "number" | "percent">): string {
  const { limit, amount = 1 } = rule;
  return dotted(
    limitText(limit, context),
    gradeText(rule, context),
    amount > 1 && context.t("price-rule.amount", { amount: context.number(amount) }),
  );
}

function limitText(limit: PriceLimit, context: Pick<MessageContext, "t" | "number" | "percent">): string {
  const { t, percent } = context;
  if (limit.by === "unit") return t("price-rule.unit", { price: money(limit.most, context) });
  return limit.discount === 0
    ? t("price-rule.median")
    : t("price-rule.discount", { percent: percent(limit.discount, { digits: 2 }) });
}
