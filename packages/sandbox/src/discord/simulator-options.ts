import type { Clock } from "../clock.js";
import type { Limits } from "./limits.js";
import type { Channel, Guild } from "./world.js";

export interface DiscordSimulatorOptions {
  /** Address to listen on. Default `127.0.0.1`. */
  readonly host?: string;
  /** Default 0: a free one. */
  readonly port?: number;
  /** Rules the deadlines, the ids and the waits. Default: the machine's. */
  readonly clock?: Clock;
  /** The bot's token. Default: made from the application's id. */
  readonly token?: string;
  readonly botName?: string;
  /** Requests kept in `requests` (the newest). Default 1000. */
  readonly requestLog?: number;
  /** Messages kept per channel. Default 1000. */
  readonly messageLog?: number;
  /** Messages of the bot's own accord, and changes of them, kept in `posts` (the newest). Default 10 000. */
  readonly postLog?: number;
  /** Limits on messages and members that differ from the usual ones; undefined switches one off. */
  readonly limits?: Partial<Limits>;
  /**
   * What the bot is told of channels that it may not see. Default `obfuscated`, as since November 2026: another name by the
   * gateway, and left out of lists. `named`: as before, with all there is to tell.
   */
  readonly hiddenChannels?: "obfuscated" | "named";
  /** Interactions whose tokens still work. Default 10 000. */
  readonly interactionLog?: number;
  /** Gateway events kept per session for RESUME. Default 1000. */
  readonly replayLog?: number;
  /** Milliseconds between a client's heartbeats. Default 41 250, as Discord's. */
  readonly heartbeatMs?: number;
  /** Shards that GET /gateway/bot recommends at first; `recommendShards` changes it. Default 1. */
  readonly shards?: number;
  /** Shards that may identify at once, within five seconds. Default 1. */
  readonly maxConcurrency?: number;
  /**
   * Milliseconds between two IDENTIFYs of shards that have to take turns; one that comes sooner gets an invalid session.
   * Discord's are 5000. Default 0: they need not.
   */
  readonly identifyGapMs?: number;
  /** IDENTIFYs that may be sent; after one more Discord ends all sessions and takes the token away. Default 1000. */
  readonly sessionLimit?: number;
  /** Milliseconds after which they count anew; Discord's are a day. Default 0: never. */
  readonly sessionLimitMs?: number;
  /** Milliseconds that a session outlives its connection, unless the client ends it (1000, 1001). Default five minutes. */
  readonly sessionLifeMs?: number;
  /** Whether the application may use privileged intents. Default false. */
  readonly privilegedIntents?: boolean;
  /** While interactions go over HTTP, a false signature comes with every so many of them. Default 20; 0: with none. */
  readonly falseSignatureEvery?: number;
  /** Milliseconds that an interaction waits for its acknowledgement. Default 3000, as Discord's. */
  readonly acknowledgeMs?: number;
  /** Milliseconds on the clock that a wait lasts before it fails. Default 20 000. */
  readonly waitMs?: number;
}

/** Where somebody uses the bot from. */
export interface AsOptions {
  /** The language of their client. Default `en-US`. */
  readonly locale?: string;
  /** Default: the first guild they are a member of. */
  readonly guild?: Guild;
  /** Default: the guild's first channel. */
  readonly channel?: Channel;
  /** In the direct messages with the bot. */
  readonly dm?: boolean;
  /** Whose installation of the app is used. Default `guild`. */
  readonly installed?: "guild" | "user";
}
