import type { Context, PlainTextKey } from "../../src/kernel/index.js";

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
  "not-accepted": "watches.refused-messages",
  "no-shared-server": "watches.refused-messages",
  "person-gone": "watches.refused-messages",
  "wrong-channel": "watches.refused-kind",
  locked: "watches.refused-locked",
};

/**
 * Why Discord does not take what goes to a place, and what to do.
 * @param reason as the sender names it
 */
export function refusalText(reason: string | null, place: string, { t }: Pick<Context, "t">): string {
  const missing = PERMISSIONS.find((key) => key === (reason === "hidden" ? "permission.view-channel" : reason));
  if (missing) return t("error.channel-permission", { channel: place, permission: t(missing) });
  return t(REFUSALS[reason ?? ""] ?? "watches.refused");
}
