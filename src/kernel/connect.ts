import { DiscordjsErrorCodes } from "discord.js";
import type { Logger } from "pino";
import type { Clock } from "../clock.js";

/** Discord will not have this bot: trying again would not help, and too many tries cost the token. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
}

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

export interface RetryOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** For the log: what is being tried. */
  readonly what: string;
}

/**
 * Does `attempt` until it succeeds, with growing pauses.
 * @throws RefusedError as soon as Discord refuses the token; the signal's reason when it is aborted.
 */
export async function untilDone<T>(attempt: () => Promise<T>, { clock, log, signal, what }: RetryOptions): Promise<T> {
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener("abort", () => {
      // Always an Error: the abort of a controller gives one.
      reject(signal.reason as Error);
    });
  });
  aborted.catch(() => undefined);
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
    signal.throwIfAborted();
    try {
      return await Promise.race([attempt(), aborted]);
    } catch (error) {
      if (isRefusal(error)) throw new RefusedError("Discord does not accept DISCORD_TOKEN: it is wrong, or was reset");
      signal.throwIfAborted();
      log.warn({ err: error, retryInMs: pause }, `${what} failed, trying again`);
    }
    await Promise.race([new Promise<void>((resolve) => clock.setTimeout(resolve, pause)), aborted]);
  }
}

function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && error.code === DiscordjsErrorCodes.TokenInvalid) return true;
  return "status" in error && error.status === 401;
}
