import { escape, type Context, type PlainTextKey } from "../../src/kernel/index.js";

/** The operations known so far, by the API's `map`; an open set. */
export const OPERATIONS = new Map<string, PlainTextKey>([
  ["big_cleanup", "operation.big_cleanup"],
  ["shock_therapy", "operation.shock_therapy"],
  ["sea_alienation", "operation.sea_alienation"],
  ["focus", "operation.focus"],
]);

/** The API's `map` for what somebody typed: an operation's name in their language, the `map` itself, or a card's title. */
export function operationMap(text: string, { t }: Pick<Context, "t">): string {
  const parts = text.toLowerCase().split(" · ");
  const known = [...OPERATIONS].find(([map, key]) => parts.includes(map) || parts.includes(t(key).toLowerCase()));
  return known?.[0] ?? text;
}

/** An operation as the game calls it; one that is new to us as the API calls it. */
export function operationName(map: string, { t }: Pick<Context, "t">): string {
  const key = OPERATIONS.get(map);
  return key ? t(key) : escape(map);
}
