import type { Logger } from "pino";
import { GatewayCloseCodes as CloseCode } from "discord-api-types/v10";
import { HOUR_MS, every, within, type Clock } from "../../time.js";
import { RefusedError } from "../connect.js";
import { assignment } from "./assignment.js";
import type { Fleet, FleetOptions } from "./fleet.js";
import { Growth } from "./growth.js";
import type { ShardClaims, Standing } from "./ports.js";

export interface SharingOptions {
  readonly claims: ShardClaims;
  /** How many shards the bot has; "auto": as many as Discord recommends, agreed on with the others. */
  readonly count: number | "auto";
  /** The shards of this process; undefined: its share. */
  readonly pinned: readonly number[] | undefined;
  /** How many shards Discord recommends now. */
  readonly recommended: () => Promise<number>;
  readonly fleetOf: (count: number, onRefused: FleetOptions["onRefused"]) => Fleet;
  readonly clock: Clock;
  readonly log: Logger;
  readonly onRefused: (reason: string) => void;
}

/** Between two signs of life, in milliseconds. A lease lasts three times as long. */
export const LOOK_MS = 5_000;
/** Between two glances at the processes of this machine: their death is seen without asking anybody. */
export const GLANCE_MS = 500;
/** Who could not reach the others for a while does not take theirs at once: they could not either. */
const SETTLE_MS = 20_000;
/** For the others to be asked whether they take the shards, and told that they may. A database that is silent holds no stop. */
const ASK_MS = 3_000;
const LEAVE_MS = 5_000;

/** Takes this process' part of the shards, and gives some up or takes more as processes come and go. */
export class Sharing {
  readonly #options: SharingOptions;
  readonly #fleets = new Map<number, Fleet>();
  /** Undefined: the number is set. */
  readonly #growth: Growth | undefined;
  /** The shards that the log has told of, by their number. */
  readonly #told = new Map<number, string>();
  /** The numbers of shards that this process takes part in: one, or two while the number changes. */
  #counts: readonly number[] = [];
  #knows: readonly number[] = [];
  #news = true;
  #steadySince = -Infinity;
  #isWell = true;
  #waitsFor: string | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;
  readonly #endings: (() => unknown)[] = [];
  #first: { readonly resolve: () => void; readonly reject: (error: unknown) => void } | undefined;
  #others = 0;

  constructor(options: SharingOptions) {
    this.#options = options;
    if (options.count === "auto") this.#growth = new Growth(options);
  }

  get fleets(): readonly Fleet[] {
    return [...this.#fleets.values()];
  }

  /** Whether two sessions may get the same event: some have another number of shards. */
  get overlaps(): boolean {
    return this.#knows.length > 1;
  }

  /** Whether another process would take the shards of this one, as things stand now. */
  async hasHeirs(): Promise<boolean> {
    const looked = async () => {
      await this.#running;
      this.#look();
      await this.#running;
      return this.#isWell && this.#others > 0;
    };
    return this.#isWell && (await within(looked(), ASK_MS, this.#options.clock)) === true;
  }

  /**
   * Resolves when the shards that are for this process have their sessions, however long that takes.
   * @throws RefusedError; an error when the number of shards cannot be agreed on: then it is to be called again
   */
  async start(): Promise<void> {
    const { claims, count, clock } = this.#options;
    this.#counts = [count === "auto" ? await claims.agree(await this.#options.recommended()) : count];
    const started = new Promise<void>((resolve, reject) => {
      this.#first = { resolve, reject };
    });
    this.#endings.push(
      claims.listen(() => {
        this.#look();
      }),
      every(
        LOOK_MS,
        () => {
          this.#look();
        },
        clock,
      ),
      every(
        GLANCE_MS,
        () => {
          if (claims.seesDeath()) this.#look();
        },
        clock,
      ),
      every(HOUR_MS, () => void this.#lookAhead(), clock),
    );
    this.#look();
    void this.#lookAhead();
    await started;
  }

  /** Gives all shards back, for others to take. */
  async stop(): Promise<void> {
    if (this.#stopped) return;
    const { claims, clock, log } = this.#options;
    const until = clock.now() + LEAVE_MS;
    const inTime = (work: Promise<unknown>) => within(work, Math.max(0, until - clock.now()), clock);
    this.#stopped = true;
    this.#first?.reject(new Error("the bot leaves"));
    this.#first = undefined;
    await Promise.all(this.#endings.map((end) => end()));
    await inTime(this.#running ?? Promise.resolve());
    const leaving = claims.leave().catch((error: unknown) => {
      log.debug({ err: error }, "the other processes could not be told: they see it by themselves");
    });
    await inTime(leaving);
    const givingBack = this.fleets.flatMap((fleet) =>
      [...fleet.states.keys()].map((shard) => this.#giveBack(fleet, shard, "hand over")),
    );
    await inTime(Promise.all(givingBack));
    await Promise.all(this.fleets.map((fleet) => fleet.close("hand over")));
  }

  /** Looks at how things stand, one look after another. */
  #look(): void {
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#again = false;
    this.#running = this.#lookOnce().finally(() => {
      this.#running = undefined;
      if (this.#again && !this.#stopped) this.#look();
    });
  }

  async #lookOnce(): Promise<void> {
    const { claims, pinned = null, clock, log } = this.#options;
    const news = this.#news;
    this.#news = false;
    try {
      const up = this.fleets.flatMap(({ count, states }) =>
        [...states].flatMap(([shard, state]) => (state.up ? [{ count, shard }] : [])),
      );
      const standing = await claims.renew({ counts: this.#counts, pinned, knows: this.#knows, up, news });
      if (!this.#isWell) {
        this.#steadySince = clock.now();
        log.info("the other processes are in reach again");
      }
      this.#isWell = true;
      await this.#follow(standing);
    } catch (error) {
      // They may take this one for dead meanwhile.
      this.#news = true;
      if (this.#isWell) log.warn({ err: error }, "the other processes cannot be reached: shards stay where they are");
      this.#isWell = false;
    }
  }

  async #follow(standing: Standing): Promise<void> {
    const { claims, count, log } = this.#options;
    if (count === "auto" && standing.agreed) {
      const { count: agreed, next } = standing.agreed;
      this.#change("counts", next === null ? [agreed] : [agreed, next]);
    }
    const live = standing.shards.filter((one) => one.live);
    const everywhere = [...standing.processes.flatMap(({ counts }) => counts), ...live.map((one) => one.count)];
    this.#change(
      "knows",
      [...new Set([...everywhere, ...this.#counts])].sort((a, b) => a - b),
    );
    const [current] = this.#counts;
    this.#others = standing.processes.filter(
      ({ id, counts, pinned: wants }) => id !== claims.id && wants === null && counts.some((one) => one === current),
    ).length;
    for (const one of new Set([...this.#fleets.keys(), ...this.#counts])) await this.#share(one, standing);
    const next = standing.agreed?.next;
    if (
      count === "auto" &&
      typeof next === "number" &&
      live.filter((one) => one.count === next && one.up).length >= next
    ) {
      if (await claims.settle(next))
        log.info({ shards: next }, "all shards of the new number are up: the old ones end");
      this.#again = true;
    }
    this.#check(standing);
  }

  /** Takes and gives up shards of one number, as they are shared out. */
  async #share(count: number, { processes, shards }: Standing): Promise<void> {
    const { claims, fleetOf, clock, log } = this.#options;
    const fleet = this.#fleets.get(count) ?? fleetOf(count, (refusal) => void this.#refused(refusal, count));
    this.#fleets.set(count, fleet);
    const theirs = shards.filter((one) => one.count === count);
    const held = new Set(theirs.filter(({ holder }) => holder === claims.id).map(({ shard }) => shard));
    const sharers = processes.filter((one) => one.counts.includes(count));
    const isOver = !this.#counts.includes(count);
    const holders = new Map(theirs.filter(({ live }) => live).map(({ shard, holder }) => [shard, holder]));
    const assigned = isOver ? new Map<number, string>() : assignment(count, sharers, holders);
    const mine = new Set([...assigned].filter(([, id]) => id === claims.id).map(([shard]) => shard));

    const lost = [...fleet.states.keys()].filter((shard) => !held.has(shard));
    await Promise.all(lost.map((shard) => fleet.stop(shard, "lost")));
    const spare = [...held].filter((shard) => !mine.has(shard));
    await Promise.all(spare.map((shard) => this.#giveBack(fleet, shard, isOver ? "end" : "hand over")));
    if (isOver) {
      await fleet.close("end");
      this.#fleets.delete(count);
      this.#told.delete(count);
      return;
    }
    // A session of a number that somebody does not know of would get what they answer too.
    if (!processes.every(({ id, knows }) => id === claims.id || knows.includes(count))) return;
    const missing = [...mine].filter((shard) => !held.has(shard) && (holders.get(shard) ?? claims.id) === claims.id);
    const abandoned = clock.now() - this.#steadySince >= SETTLE_MS;
    const taken = missing.length > 0 ? await claims.take(count, missing, { abandoned }) : [];
    const has = [...held, ...taken].filter((shard) => mine.has(shard)).sort((a, b) => a - b);
    for (const shard of has) this.#start(fleet, shard);
    // At the start that is said when they have their sessions.
    if (!this.#first && this.#told.get(count) !== has.join())
      log.info({ shards: has, of: count }, "this process has other shards now");
    this.#told.set(count, has.join());
  }

  #start(fleet: Fleet, shard: number): void {
    if (fleet.states.has(shard)) return;
    fleet.start(shard).then(
      () => {
        this.#look();
      },
      (error: unknown) => {
        if (this.#stopped) return;
        if (error instanceof RefusedError) void this.#refused(error, fleet.count);
        else this.#options.log.debug({ err: error, shard }, "a shard was not started; the next look tries again");
      },
    );
  }

  async #giveBack(fleet: Fleet, shard: number, how: "hand over" | "end"): Promise<void> {
    const { claims, log } = this.#options;
    try {
      await fleet.stop(shard, how);
      await claims.giveBack(fleet.count, shard);
    } catch (error) {
      log.debug({ err: error, shard }, "a shard could not be given back: others take it when its lease ends");
    }
  }

  /** Whether this process has all that is for it; the first time, the start is over. */
  #check({ processes, shards }: Standing): void {
    const { claims, log } = this.#options;
    if (!this.#first) return;
    const [count = 1] = this.#counts;
    const fleet = this.#fleets.get(count);
    const live = shards.filter((one) => one.count === count && one.live);
    const holders = new Map(live.map(({ shard, holder }) => [shard, holder]));
    const sharers = processes.filter((one) => one.counts.includes(count));
    const mine = [...assignment(count, sharers, holders)].filter(([, id]) => id === claims.id).map(([shard]) => shard);
    const missing = mine.filter((shard) => fleet?.states.get(shard)?.up !== true);
    if (missing.length === 0) {
      log.info({ shards: mine, of: count }, "this process has its shards");
      this.#first.resolve();
      this.#first = undefined;
      return;
    }
    const elsewhere = missing.filter((shard) => (holders.get(shard) ?? claims.id) !== claims.id);
    const waitsFor = elsewhere.join(", ");
    if (waitsFor !== "" && waitsFor !== this.#waitsFor)
      log.info({ shards: elsewhere, of: count }, "waiting for shards that another process still has");
    this.#waitsFor = waitsFor;
  }

  async #lookAhead(): Promise<void> {
    const { claims, log } = this.#options;
    try {
      await claims.tidy();
      await this.#growth?.lookAhead(this.#counts[0]);
    } catch (error) {
      log.debug({ err: error }, "the recommended number of shards could not be looked at; the next hour tries again");
    }
  }

  #change(what: "counts" | "knows", numbers: readonly number[]): void {
    const { log } = this.#options;
    const before = what === "counts" ? this.#counts : this.#knows;
    if (before.join() === numbers.join()) return;
    if (what === "counts") this.#counts = numbers;
    else this.#knows = numbers;
    if (what === "knows" && numbers.length > 1)
      log.info(
        { numbers },
        "processes of the bot have different numbers of shards: it is changing, or SHARD_COUNT differs",
      );
    // The others wait to hear of it.
    this.#news = this.#again = true;
  }

  async #refused(error: RefusedError, count: number): Promise<void> {
    if (error.closeCode === CloseCode.ShardingRequired && (await this.#growth?.outgrows(count)) === true) {
      this.#look();
      return;
    }
    if (this.#first) this.#first.reject(error);
    else this.#options.onRefused(error.message);
    this.#first = undefined;
  }
}
