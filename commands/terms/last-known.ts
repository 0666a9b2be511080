import { time, type Context } from "../../src/kernel/index.js";
import { RateLimitError, type StalcraftError } from "../../src/stalcraft/index.js";

/** The warning over data that could not be read again (`LastKnown` says why); undefined over fresh data. */
export function lastKnownWarning(
  outage: StalcraftError | undefined,
  readAt: Date,
  { t }: Pick<Context, "t">,
): string | undefined {
  if (!outage) return undefined;
  const key = outage instanceof RateLimitError ? "card.last-known-budget" : "card.last-known";
  return t(key, { when: time(readAt, "R") });
}

/** A description, under the warning where it is not fresh. */
export function underWarning(
  text: string,
  outage: StalcraftError | undefined,
  readAt: Date,
  context: Pick<Context, "t">,
): string {
  return [lastKnownWarning(outage, readAt, context), text].filter(Boolean).join("\n");
}
