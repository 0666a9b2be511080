import { UserError, type Locale } from "../../src/kernel/index.js";
import type { QuietHours } from "../../src/watch/index.js";
import { usualTimeZone } from "./time-zone.js";

/** What somebody says of quiet hours; what is undefined stays as it was. */
export interface QuietChange {
  /** Minutes of the day. */
  readonly from?: number | undefined;
  readonly until?: number | undefined;
  readonly timeZone?: string | undefined;
  readonly mode?: QuietHours["mode"] | "off" | undefined;
}

const NIGHT = { from: 23 * 60, until: 8 * 60 };

/** Whether anything is said. */
export function isChange(change: QuietChange): boolean {
  return Object.values(change).some((value) => value !== undefined);
}

/**
 * Quiet hours after a change; null: there are none. Who says a part of them only has the usual night for the rest.
 * @throws UserError when they would end as they begin
 */
export function changedHours(before: QuietHours | null, change: QuietChange, locale: Locale): QuietHours | null {
  if (change.mode === "off") return null;
  const { from, until, timeZone, mode } = before ?? { ...NIGHT, timeZone: usualTimeZone(locale), mode: "hold" };
  const after = {
    from: change.from ?? from,
    until: change.until ?? until,
    timeZone: change.timeZone ?? timeZone,
    mode: change.mode ?? mode,
  };
  if (after.from === after.until) throw new UserError("error.quiet-same");
  return after;
}
