import { escape, type Context, type TextKey } from "../../src/kernel/index.js";

/** The operations known so far, by the API's `map`; an open set. */
export const OPERATIONS = new Map<string, TextKey>([
  ["big_cleanup", "operation.big_cleanup"],
  ["shock_therapy", "operation.shock_therapy"],
  ["sea_alienation", "operation.sea_alienation"],
  ["focus", "operation.focus"],
]);

export function operationName(map: string, { t }: Pick<Context, "t">): string {
  const key = OPERATIONS.get(map);
  return key ? t(key) : escape(map);
}
