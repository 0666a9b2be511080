import type { REST } from "discord.js";
import type { Logger } from "pino";
import { abortable, retrying, type Clock } from "../time.js";

/** The bot cannot go on as it is set up, and trying again would not help: with Discord, too many tries cost the token. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  /** With which the gateway has refused it, if it was the gateway. */
  readonly closeCode: number | undefined;

  constructor(message: string, closeCode?: number) {
    super(message);
    this.closeCode = closeCode;
  }
}

/** For the operator. */
export const TOKEN_REFUSED = "Discord does not accept DISCORD_TOKEN: it is wrong, or was reset";

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

export interface RetryOptions {
  readonly clock: Clock;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** For the log: what is being tried. */
  readonly what: string;
  /** Milliseconds between two tries, at most. Default: half a minute. */
  readonly longestPause?: number;
}

/**
 * Does `attempt` until it succeeds, with growing pauses. A reason why it does not is logged once, however often it is tried.
 * @throws RefusedError as soon as Discord refuses the bot; the signal's reason when it is aborted.
 */
export async function retry<T>(
  attempt: () => Promise<T>,
  { clock, log, signal, what, longestPause = LONGEST_PAUSE_MS }: RetryOptions,
): Promise<T> {
  let told: string | undefined;
  return retrying(() => abortable(attempt(), signal), {
    clock,
    signal,
    first: FIRST_PAUSE_MS,
    longest: longestPause,
    onFailure: (error, retryInMs) => {
      if (error instanceof RefusedError) throw error;
      if (isRefusal(error)) throw new RefusedError(TOKEN_REFUSED);
      signal.throwIfAborted();
      const reason = error instanceof Error ? error.message : String(error);
      log[reason === told ? "debug" : "warn"]({ err: error, retryInMs }, `${what} failed, trying again: ${reason}`);
      told = reason;
    },
  });
}

/** Whether Discord does not know the token. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && "status" in error && error.status === 401;
}

/** Calls `hear` with what the operator must do when Discord does not accept the bot's token any more. */
export function onTokenRefused(rest: REST, hear: (reason: string) => void): void {
  rest.on("response", ({ data }, { status }) => {
    if (status === 401 && data.auth === true) hear(TOKEN_REFUSED);
  });
}
