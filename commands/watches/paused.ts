import { escape, lines, type Context, type View } from "../../src/kernel/index.js";
import type { PauseReason } from "../../src/watch/index.js";
import { watchTitle } from "./entries.js";
import { pausedText, targetText } from "./state.js";

/** Of the other reasons people hear by direct message, or give them themselves. */
const TOLD_HERE: readonly (PauseReason | null)[] = ["target", "expired", "server"];
const MOST_LINES = 5;

/** What of the caller's was paused without them, and was not told yet: it is now. Undefined: nothing. */
export async function pausedWatches(context: Context): Promise<View | undefined> {
  const { watching, userId, t } = context;
  const paused = (await watching.takePaused(userId)).filter(({ pauseReason }) => TOLD_HERE.includes(pauseReason));
  if (paused.length === 0) return undefined;
  const isPrivate = paused.every(({ guildId }) => guildId === null);
  return {
    content: lines(
      ...paused
        .slice(0, MOST_LINES)
        .map(
          (watch) =>
            `**${escape(watchTitle(watch, context))}** → ${targetText(watch, context)}: ${pausedText(watch, context)}`,
        ),
      t(isPrivate ? "watches.paused-see-own" : "watches.paused-see"),
    ),
  };
}
