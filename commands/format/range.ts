import type { Context } from "../../src/kernel/index.js";

/** From one figure to another, both as they are shown; where these are the same, it is named once. */
export function range(low: string, high: string, { t }: Pick<Context, "t">): string {
  return low === high ? low : t("card.range", { low, high });
}
