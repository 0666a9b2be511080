import { lines, time, type Context } from "../../src/kernel/index.js";
import { RateLimitError, type StalcraftError } from "@zonewire/stalcraft";

/** The warning over data that could not be read again (`LastKnown` says why); undefined over fresh data. */
export function lastKnownWarning(
  outage: StalcraftError | undefined,
  readAt: Date,
  { t }: Pick<Context, "t">,
): string | undefined {
  if (!outage) return undefined;
  return t(keyOf(outage), { when: time(readAt, "R") });
}

function keyOf(outage: StalcraftError) {
  if (!(outage instanceof RateLimitError)) return "card.last-known";
  return outage.reason === "share" ? "card.last-known-share" : "card.last-known-budget";
}

/** A description, under the warning where it is not fresh. */
export function underWarning(
  text: string,
  outage: StalcraftError | undefined,
  readAt: Date,
  context: Pick<Context, "t">,
): string {
  return lines(lastKnownWarning(outage, readAt, context), text);
}
