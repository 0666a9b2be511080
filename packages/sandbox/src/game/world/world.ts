import { EmissionSchedule, type Emission } from "./emissions.js";
import type { LotOffer } from "./lots.js";
import { Market } from "./market.js";
import { Operations } from "./operations.js";
import { Population } from "./population.js";
import { type RegionId, findRegion } from "./regions.js";

export interface WorldOptions {
  /** One seed, one world. Default 1. */
  readonly seed?: number;
  /** Clans per region, at least 4. Default 36. */
  readonly clansPerRegion?: number;
  /** Whether lots are listed 10 to 20 minutes after they were put up, as the real ones are. Default false. */
  readonly lateLots?: boolean;
  /** From this moment on (epoch milliseconds) emissions come by hand alone. Default: never. */
  readonly calmFrom?: number | undefined;
}

/** What lives in one region. */
export interface RegionWorld {
  readonly emissions: EmissionSchedule;
  readonly population: Population;
  readonly operations: Operations;
}

/**
 * The simulated game world. It has no clock: every question names a moment (epoch milliseconds), and the answer
 * depends on the seed, the moment and what somebody changed by hand: emissions, lots and rosters.
 */
export class World {
  readonly seed: number;
  readonly market: Market;
  readonly #clansPerRegion: number;
  readonly #calmFrom: number | undefined;
  readonly #regions = new Map<RegionId, RegionWorld>();

  constructor({ seed = 1, clansPerRegion = 36, lateLots = false, calmFrom }: WorldOptions = {}) {
    this.seed = seed;
    this.market = new Market(seed, lateLots);
    this.#clansPerRegion = Math.max(4, clansPerRegion);
    this.#calmFrom = calmFrom;
  }

  /** One region; it is populated at the first request. */
  region(id: RegionId): RegionWorld {
    const known = this.#regions.get(id);
    if (known !== undefined) return known;
    const region = findRegion(id);
    if (region === undefined) throw new RangeError(`no region ${id}`);
    const population = new Population(this.seed, region, this.#clansPerRegion);
    const emissions = new EmissionSchedule(this.seed, id, this.#calmFrom);
    const settled = { emissions, population, operations: new Operations(this.seed, region, population) };
    this.#regions.set(id, settled);
    return settled;
  }

  /** Starts an emission at `at` unless one is running; returns the one that runs. */
  startEmission(region: RegionId, at: number): Emission {
    return this.region(region).emissions.startNow(at);
  }

  /** Puts lots up at `at`. @throws RangeError when there is no such region or item */
  addLot(regionId: RegionId, itemId: string, at: number, offer: LotOffer): void {
    const region = findRegion(regionId);
    const market = region && this.market.item(region, itemId);
    if (market === undefined) throw new RangeError(`no item ${itemId} in ${regionId}`);
    market.lots.add(at, offer);
  }
}
