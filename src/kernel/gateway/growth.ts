import type { Logger } from "pino";
import type { ShardClaims } from "./ports.js";

export interface GrowthOptions {
  readonly claims: Pick<ShardClaims, "grow" | "outgrow">;
  /** How many shards Discord recommends now. */
  readonly recommended: () => Promise<number>;
  readonly log: Logger;
}

/** Discord recommends about 1,000 servers to a shard and refuses 2,500: twice as many as there are is the time to change. */
const GROWTH = 2;

/** Changes the number of shards to what Discord recommends, for all processes that leave it to Discord. */
export class Growth {
  readonly #options: GrowthOptions;

  constructor(options: GrowthOptions) {
    this.#options = options;
  }

  /** Where Discord recommends many more than there are, sessions of the larger number are begun beside the others. */
  async lookAhead(present: number | undefined): Promise<void> {
    const { claims, recommended, log } = this.#options;
    const wanted = await recommended();
    if (present !== undefined && wanted >= GROWTH * present && (await claims.grow(wanted)))
      log.info(
        { shards: present, wanted },
        "Discord recommends more shards: their sessions are begun beside the others",
      );
  }

  /** Where Discord takes no session of so few any more, and recommends more, the number is changed at once. False: it is not. */
  async outgrows(present: number): Promise<boolean> {
    const { claims, recommended, log } = this.#options;
    try {
      const wanted = await recommended();
      if (wanted <= present) return false;
      if (await claims.outgrow(wanted))
        log.warn({ shards: present, wanted }, "Discord wants more shards: beginning anew with more");
      return true;
    } catch (error) {
      log.debug({ err: error }, "more shards could not be agreed on");
      return false;
    }
  }
}
