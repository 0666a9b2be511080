import type { Context } from "../../src/kernel/index.js";
import type { TestResult } from "../../src/watch/index.js";
import type { Entry } from "./entries.js";
import { refusalText } from "./refusal.js";
import { placeOf } from "./state.js";

/** How a test message ended, with what to do where it did not arrive. */
export function testText(result: TestResult, entry: Entry, context: Context): string {
  const { t } = context;
  const place = placeOf(entry, context);
  if (result.kind === "sent") return t("watches.test-sent", { place });
  if (result.kind === "unavailable") return t("watches.test-unavailable");
  return refusalText(result.reason, place, context);
}
