import type { Context } from "../../src/kernel/index.js";
import type { AlertKind } from "../../src/watch/index.js";
import { MINUTE_MS } from "../../src/time.js";

/** How often the bot looks, as it can promise it now. */
export function checkedEvery(kind: AlertKind, { t, watching }: Pick<Context, "t" | "watching">): string {
  const ms = watching.cadenceMs(kind);
  return ms < 2 * MINUTE_MS
    ? t("watch.checked-seconds", { seconds: Math.ceil(ms / 1_000) })
    : t("watch.checked-minutes", { minutes: Math.round(ms / MINUTE_MS) });
}
