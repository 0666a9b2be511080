import type { Logger } from "pino";
import type { Clock } from "../../time.js";
import type { Ending } from "./connection.js";

/** This many failed tries in a row are worth a warning: a few more than it takes to give up a session. */
const WORTH_A_WARNING = 5;

/** Tells the operator when the state of a shard changes; single tries are for debugging. */
export class ShardLog {
  readonly #log: Logger;
  readonly #clock: Clock;
  #state: "starting" | "up" | "lost" | "in trouble" = "starting";
  #since: number;

  constructor(log: Logger, clock: Clock) {
    this.#log = log;
    this.#clock = clock;
    this.#since = clock.now();
  }

  up({ resumed }: { readonly resumed: boolean }): void {
    const ms = this.#clock.now() - this.#since;
    this.#enter("up");
    this.#log.info({ ms }, resumed ? "gateway resumed" : "gateway connected");
  }

  /** A connection is over, or there was none; `failures` of them before this one came to nothing. */
  lost(ending: Ending, { failures }: { readonly failures: number }): void {
    const details = detailsOf(ending);
    if (ending.why === "no sessions left" && this.#state !== "in trouble") {
      this.#enter("in trouble");
      this.#log.warn({ ...details, ms: ending.ms }, "Discord allows no more sessions for now: waiting until it does");
    } else if (this.#state === "up") {
      this.#enter("lost");
      this.#log.info(details, "gateway lost, coming back");
    } else if (this.#state !== "in trouble" && failures + 1 >= WORTH_A_WARNING) {
      this.#enter("in trouble");
      this.#log.warn(details, "Discord's gateway cannot be used: still trying");
    } else {
      this.#log.debug(details, "no session yet");
    }
  }

  givenUp(): void {
    this.#log.info("the gateway session cannot be resumed: beginning a new one");
  }

  #enter(state: "up" | "lost" | "in trouble"): void {
    // How long the bot was away counts from the loss on, not from the warning.
    if (state !== "in trouble" || this.#state === "up") this.#since = this.#clock.now();
    this.#state = state;
  }
}

function detailsOf(ending: Ending): object {
  if (ending.why === "failed") return { why: ending.why, err: ending.error };
  if (ending.why === "closed by Discord") return { why: ending.why, code: ending.code };
  return { why: ending.why };
}
