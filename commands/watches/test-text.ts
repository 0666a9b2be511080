import type { Context, PlainTextKey } from "../../src/kernel/index.js";
import type { TestResult } from "../../src/watch/index.js";
import { placeOf } from "./state.js";
import type { Entry } from "./entries.js";

/** What may be missing in a channel, as the sender names it. */
const PERMISSIONS = [
  "permission.view-channel",
  "permission.connect",
  "permission.send-messages",
  "permission.send-messages-in-threads",
  "permission.manage-threads",
  "permission.embed-links",
] as const satisfies readonly PlainTextKey[];

/** Of what else is in the way, what to do. */
const REFUSALS: Readonly<Record<string, PlainTextKey>> = {
  "channel-gone": "error.channel-gone",
  "server-gone": "error.channel-gone",
  "not-accepted": "error.dm-refused",
  "no-shared-server": "error.dm-refused",
  "person-gone": "error.dm-refused",
  locked: "watches.refused-locked",
};

/** How a test message ended, with what to do where it did not arrive. */
export function testText(result: TestResult, entry: Entry, context: Context): string {
  const { t } = context;
  const place = placeOf(entry, context);
  if (result.kind === "sent") return t("watches.test-sent", { place });
  if (result.kind === "unavailable") return t("watches.test-unavailable");
  const { reason } = result;
  const missing = PERMISSIONS.find((key) => key === (reason === "hidden" ? "permission.view-channel" : reason));
  if (missing) return t("error.channel-permission", { channel: place, permission: t(missing) });
  return t(REFUSALS[reason] ?? "watches.refused");
}
