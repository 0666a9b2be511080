import { escape, type Context, type PlainTextKey } from "../../src/kernel/index.js";

const NAMES = new Map<string, PlainTextKey>([
  ["stalkers", "alliance.stalkers"],
  ["bandits", "alliance.bandits"],
  ["duty", "alliance.duty"],
  ["freedom", "alliance.freedom"],
  ["merc", "alliance.merc"],
  ["covenant", "alliance.covenant"],
]);

/** An alliance as the game calls it today; one that is new to us as the API calls it. */
export function allianceName(alliance: string | undefined, { t }: Pick<Context, "t">): string {
  if (alliance === undefined) return t("alliance.none");
  const key = NAMES.get(alliance.toLowerCase());
  return key ? t(key) : escape(alliance);
}
