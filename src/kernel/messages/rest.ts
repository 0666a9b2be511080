import { REST } from "discord.js";
import type { Logger } from "pino";
import type { GatewayOptions } from "../gateway.js";
import { REQUESTS_PER_SECOND } from "./pace.js";

/** Waits for a bucket to be filled again are sat out up to this; what would wait longer comes back later. */
const LONGEST_WAIT_MS = 6_000;
/** For an answer, so that a hanging connection does not hold its channel for long. */
const TIMEOUT_MS = 10_000;
/** Discord bans addresses with 10,000 refused requests in ten minutes: the log says so early. */
const REFUSED_REQUESTS = 500;
/** Of Discord's answers to one channel, one handler is kept; those of silent channels go sooner than by default. */
const SWEEP_MS = 600_000;

export interface MessagesRestOptions extends Pick<GatewayOptions, "token" | "apiUrl"> {
  readonly log: Logger;
  /** Of the whole bot; default: what Discord allows. */
  readonly requestsPerSecond?: number | undefined;
}

/**
 * discord.js' REST for messages of the bot's own accord. It knows the buckets and their limits, and queues by channel. It
 * repeats nothing: whether a message may be sent again, only its sender knows.
 */
export function messagesRest({
  token,
  apiUrl,
  log,
  requestsPerSecond = REQUESTS_PER_SECOND,
}: MessagesRestOptions): REST {
  const rest = new REST({
    api: apiUrl,
    retries: 0,
    timeout: TIMEOUT_MS,
    globalRequestsPerSecond: requestsPerSecond,
    invalidRequestWarningInterval: REFUSED_REQUESTS,
    handlerSweepInterval: SWEEP_MS,
    rejectOnRateLimit: ({ retryAfter }) => retryAfter > LONGEST_WAIT_MS,
  }).setToken(token);
  rest.on("invalidRequestWarning", ({ count, remainingTime }) => {
    log.warn(
      { count, remainingMs: remainingTime },
      "Discord has refused many requests; after 10,000 it bans the address",
    );
  });
  return rest;
}
