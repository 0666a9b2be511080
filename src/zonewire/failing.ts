import { MissingTokenError, UnauthorizedError } from "@zonewire/stalcraft";
import type { Logger } from "pino";
import type { GameAccess } from "../config.js";
import { MINUTE_MS, type Clock } from "../time.js";

/** A kind of failure is told once in so long. */
const QUIET_MS = 10 * MINUTE_MS;

/** Passes on failures that come again and again, of each kind one in ten minutes. */
export function seldom(clock: Clock, tell: (error: unknown) => void): (error: unknown) => void {
  const told = new Map<string, number>();
  return (error) => {
    const kind = error instanceof Error ? error.name : typeof error;
    const at = told.get(kind);
    if (at !== undefined && clock.now() - at < QUIET_MS) return;
    told.set(kind, clock.now());
    tell(error);
  };
}

/** Tells that the clans could not be read, which the bot does with what the operator has from EXBO: it may be that which is wrong. */
export function clansUnread(game: GameAccess | undefined, log: Logger): (error: unknown) => void {
  const settings =
    game?.appToken === undefined ? "STALCRAFT_CLIENT_ID and STALCRAFT_CLIENT_SECRET" : "STALCRAFT_APP_TOKEN";
  return (error) => {
    if (error instanceof UnauthorizedError || error instanceof MissingTokenError) {
      log.error({ err: error }, `the game's API does not accept ${settings}: wrong, or not approved yet`);
    } else log.warn({ err: error }, "the clans could not be read");
  };
}
