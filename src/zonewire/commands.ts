import { setMaxListeners } from "node:events";
import type { Logger } from "pino";
import { HOUR_MS, MINUTE_MS, every, within, type Clock } from "../time.js";
import type { Command } from "../kernel/command.js";
import { isRefusal, RefusedError, retry, TOKEN_REFUSED } from "../kernel/connect.js";
import { Gateway, type GatewayOptions } from "../kernel/gateway.js";
import { clearOtherScopes } from "../kernel/other-scopes.js";
import { definitions, register, registeredIds } from "../kernel/registration.js";
import type { Texts } from "../kernel/texts.js";
import type { Stops } from "./stops.js";

/** The ids that Discord gave the commands, by which people can click them in a text. */
export class CommandIds {
  #ids: ReadonlyMap<string, string> = new Map();

  /** Undefined: not known yet. */
  readonly of = (name: string): string | undefined => this.#ids.get(name);

  are(ids: ReadonlyMap<string, string>): void {
    this.#ids = ids;
  }
}

interface RegistrationOptions {
  readonly commands: readonly Command[];
  readonly texts: Texts;
  readonly discord: Pick<GatewayOptions, "token" | "apiUrl">;
  readonly applicationId: string;
  /** The server to register the commands in; undefined: everywhere. */
  readonly guildId: string | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  /** Ends the tries. */
  readonly signal: AbortSignal;
  readonly stops: Stops;
  /** Where other processes register the same commands: does work while none of them does work of this name. */
  readonly alone?: (<T>(name: string, work: () => Promise<T>) => Promise<T>) | undefined;
}

/** What Discord objects to does not change by asking again soon, but an operator may give the bot the right meanwhile. */
const LONGEST_PAUSE_MS = 5 * MINUTE_MS;

/**
 * Registers the commands, however long that takes, and removes them where they were registered before. Resolves to the
 * ids by name, as soon as there are commands that can be answered.
 * @throws RefusedError when Discord does not accept the token; the signal's reason when it is aborted.
 */
export async function registerCommands(options: RegistrationOptions): Promise<ReadonlyMap<string, string>> {
  const { commands, texts, discord, applicationId, guildId, clock, log, signal } = options;
  const place = { rest: Gateway.rest(discord), applicationId, guildId };
  const wanted = definitions(commands, texts);
  const alone = options.alone ?? (<T>(_name: string, work: () => Promise<T>) => work());
  const name = `registration ${applicationId} ${guildId ?? ""}`;
  const { ids, changed, refusal } = await retry(() => alone(name, () => register(wanted, place)), {
    clock,
    log,
    signal,
    what: "registering the commands",
    longestPause: LONGEST_PAUSE_MS,
  });
  if (refusal) {
    log.error({ commands: ids.size }, `Discord refuses the commands, so the ones before stay: ${refusal.message}`);
    return ids;
  }
  log.info({ commands: ids.size, changed }, "commands are registered");
  const leaving = new AbortController();
  // The library listens anew for each request: one for each server.
  setMaxListeners(0, leaving.signal);
  options.stops.push(() => {
    leaving.abort();
  });
  clearOtherScopes({ ...place, names: new Set(ids.keys()), signal: leaving.signal }).then(
    (removed) => {
      if (removed > 0) log.info({ removed }, "commands were removed where they were registered before");
    },
    (error: unknown) => {
      if (!leaving.signal.aborted)
        log.warn({ err: error }, "commands that were registered elsewhere may be left there");
    },
  );
  return ids;
}

interface FollowingOptions extends Pick<
  RegistrationOptions,
  "discord" | "guildId" | "clock" | "log" | "signal" | "stops"
> {
  readonly commandIds: CommandIds;
  /** Called when Discord does not accept the token later on. */
  readonly onRefused: (reason: string) => void;
}

/** A process that works in the background starts without Discord's answer after this. */
const START_ANYWAY_MS = 5_000;

/**
 * Reads the ids of commands that another process registers, now and every hour: until they are known, texts name commands
 * that cannot be clicked. This is also how a process without sessions at the gateway learns whether its token is good.
 * Resolves when Discord has answered, or does not; then it is tried further.
 * @throws RefusedError when Discord does not accept the token; the signal's reason when it is aborted.
 */
export async function followCommands(options: FollowingOptions): Promise<void> {
  const { discord, guildId, commandIds, clock, log, signal, stops, onRefused } = options;
  const rest = Gateway.rest(discord);
  const read = async () => {
    commandIds.are(await registeredIds(rest, guildId));
  };
  const refuse = (error: unknown) => {
    if (error instanceof RefusedError || isRefusal(error)) onRefused(TOKEN_REFUSED);
    else log.debug({ err: error }, "the ids of the commands could not be read");
  };
  const leaving = new AbortController();
  stops.push(() => {
    leaving.abort();
  });
  let isAway: () => void = () => undefined;
  const away = new Promise<void>((resolve) => (isAway = resolve));
  const attempt = () =>
    read().catch((error: unknown) => {
      if (!isRefusal(error)) isAway();
      throw error;
    });
  const reading = retry(attempt, {
    ...{ clock, log, what: "reading the commands at Discord" },
    signal: AbortSignal.any([signal, leaving.signal]),
  });
  await within(Promise.race([reading, away]), START_ANYWAY_MS, clock);
  reading.catch(refuse);
  stops.push(every(HOUR_MS, () => void read().catch(refuse), clock));
}
