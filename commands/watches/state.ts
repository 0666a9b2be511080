import { dotted, lines, time, type Context } from "../../src/kernel/index.js";
import { MINUTE_MS } from "../../src/time.js";
import type { ListedWatch, Panel, WatchRecord } from "../../src/watch/index.js";
import type { Entry } from "./entries.js";
import { refusalText } from "./refusal.js";

/** So many looks in a row that failed are more than a moment of the game's API. */
const FAILURES_TOLD = 3;

/** Where it tells: a channel to click, or by direct message. */
export function placeOf({ watch, panel }: Entry, context: Pick<Context, "t">): string {
  if (panel) return `<#${panel.channelId}>`;
  return watch ? targetText(watch, context) : "";
}

export function targetText({ target }: Pick<WatchRecord, "target">, { t }: Pick<Context, "t">): string {
  const [kind, id = ""] = target.split(":");
  return kind === "channel" ? `<#${id}>` : t("watches.by-message");
}

/** Whether it tells now, how often it is checked, and when it told something last; in a line. */
export function stateLine(entry: Entry, context: Context): string {
  if (entry.panel) return panelState(entry.panel, context);
  if (!entry.watch) return "";
  const { watch } = entry;
  return dotted(
    runs(watch, context),
    watch.lastToldAt ? lastTold(watch.lastToldAt, context) : context.t("watches.untold"),
  );
}

/** Whether it tells now, and how often it is checked, or why it does not. */
function runs(watch: ListedWatch, context: Context): string {
  const { t, told, now } = context;
  const { state, snoozedUntil, failures, lookedAt, periodMs } = watch;
  if (state === "paused") return pausedText(watch, context);
  if (snoozedUntil && told(snoozedUntil) > now) return t("watches.snoozed", { when: time(told(snoozedUntil), "R") });
  if (failures >= FAILURES_TOLD && lookedAt) return t("watches.silent", { when: time(told(lookedAt), "R") });
  const every = periodMs > 0 ? periodMs : context.watching.cadenceMs(watch.kind);
  return t("watches.runs", { every: everyText(every, context) });
}

/** Why something that is paused is. */
export function pausedText(
  { pauseReason, target, targetReason, expiresAt }: PausedWatch,
  context: Pick<Context, "t" | "told">,
): string {
  const { t, told } = context;
  switch (pauseReason) {
    case "target":
      return t("watches.paused-why", { why: refusalText(targetReason, targetText({ target }, context), context) });
    case "server":
      return t("watches.paused-server");
    case "expired":
      return expiresAt ? t("watches.ended", { when: time(told(expiresAt), "R") }) : t("watches.paused");
    case "link":
      return t("watches.paused-link");
    case "gone":
      return t("watches.paused-gone");
    case "person":
    case null:
      return t("watches.paused");
  }
}

type PausedWatch = Pick<WatchRecord, "pauseReason" | "target" | "targetReason" | "expiresAt">;

function panelState({ state, reason, channelId, shownAt }: Panel, context: Context): string {
  const { t, told } = context;
  const paused = () =>
    reason === "server-gone"
      ? t("watches.paused-server")
      : t("watches.paused-why", { why: refusalText(reason, `<#${channelId}>`, context) });
  return dotted(
    state === "ok" ? t("watches.panel-runs") : paused(),
    shownAt ? t("watches.panel-shown", { when: time(told(shownAt), "R") }) : t("watches.panel-unshown"),
  );
}

function lastTold(at: Date, { t, told }: Context): string {
  return t("watches.told", { when: time(told(at), "R") });
}

/** `about every 2 minutes` */
function everyText(ms: number, { t }: Context): string {
  return ms < 1.5 * MINUTE_MS
    ? t("watches.every-seconds", { seconds: Math.max(1, Math.round(ms / 1_000)) })
    : t("watches.every-minutes", { minutes: Math.round(ms / MINUTE_MS) });
}

/** When it ends, and whom it pings; what there is of it. */
export function furtherLines({ watch }: Entry, { t, told }: Context): string {
  if (!watch) return "";
  const { state, expiresAt, roleId, crosspost } = watch;
  return lines(
    state === "running" && expiresAt ? t("watches.ends", { when: time(told(expiresAt), "R") }) : undefined,
    roleId !== null && t("watches.pings", { role: `<@&${roleId}>` }),
    crosspost && t("watches.publishes"),
  );
}
