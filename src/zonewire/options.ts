import type { Logger } from "pino";
import type { Config } from "../config.js";
import type { GatewayOptions } from "../kernel/gateway.js";
import type { Store } from "../store/index.js";
import type { Clock, Random } from "../time.js";

export interface ZonewireOptions {
  readonly config: Config;
  readonly log: Logger;
  readonly version: string;
  readonly clock?: Clock;
  readonly random?: Random;
  /** Milliseconds before "thinking…" is shown; for benches. */
  readonly grace?: number;
  /** How long the gateway waits for what; for tests. */
  readonly gatewayTiming?: GatewayOptions["timing"];
  /** How long interactions still come over HTTP once the bot is to stop, in milliseconds; for tests. */
  readonly leaveMs?: number;
  /** How long the sandbox's Discord waits for an acknowledgement, in milliseconds; for tests. */
  readonly acknowledgeMs?: number;
  /** False asks the API for every answer; for benches. */
  readonly cache?: false;
  /** True: shares nothing with other processes of the same database; for benches. */
  readonly alone?: boolean;
  /** In place of the store of the configuration; it stays open. For tests. */
  readonly store?: Store;
  /** The folder of the commands, in place of ours. For tests. */
  readonly commands?: string;
  /** Ends a start that is still trying. */
  readonly signal: AbortSignal;
  /** Called when Discord refuses the bot while it runs: it cannot go on. */
  readonly onRefused: (reason: string) => void;
  /** Called when all that a start leaves for a quiet moment is done. */
  readonly onSettled?: () => void;
}
