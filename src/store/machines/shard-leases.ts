import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database, Db } from "../database.js";
import { isRunning, processIdentity, thisProcess, type ProcessIdentity } from "../process-identity.js";
import { rowsFrom, rowsOf } from "../rows.js";
import { inMs } from "../columns.js";

/** What a process tells of itself. */
export interface GatewayPresence {
  /** The numbers of shards that it takes part in. */
  readonly counts: readonly number[];
  /** The shards it is to have; null: its share. */
  readonly pinned: readonly number[] | null;
  /** The numbers of shards of which it knows that somebody may have sessions. */
  readonly knows: readonly number[];
  /** Its shards that have a session. */
  readonly up: readonly { readonly count: number; readonly shard: number }[];
  /** Whether others should look at once. */
  readonly news: boolean;
}

/** How things stand among the processes of a bot. */
export interface GatewayStanding {
  /** Those that live, the longest there first. */
  readonly processes: readonly ({ readonly id: string } & Pick<GatewayPresence, "counts" | "pinned" | "knows">)[];
  /** Shards that somebody has; `live`: the lease of who has it has not ended. */
  readonly shards: readonly {
    readonly count: number;
    readonly shard: number;
    readonly holder: string;
    readonly live: boolean;
    readonly up: boolean;
  }[];
  /** Undefined: no number is agreed. */
  readonly agreed: { readonly count: number; readonly next: number | null } | undefined;
}

const CHANNEL = "zonewire_gateway";
/** From the last sign of life of a process until others may have its shards. */
const LEASE_MS = 15_000;
/** After this nobody asks any more. */
const FORGOTTEN_MS = 60 * 60_000;

const numbers = z.array(z.number());
const presence = z.object({
  id: z.string(),
  identity: processIdentity,
  counts: numbers,
  pinned: numbers.nullable(),
  knows: numbers,
});
const shardRow = z.object({
  count: z.number(),
  shard: z.number(),
  holder: z.string(),
  live: z.boolean(),
  up: z.boolean(),
});
const agreement = z.object({ count: z.number(), next: z.number().nullable() });

/** Shares out the shards of a bot among its processes, for as long as these give signs of life. All times are the database's. */
export class ShardLeases {
  /** Of the process. */
  readonly id: string;
  readonly #database: Database;
  readonly #bot: string;
  /** Of those that lived at the last sign of life. */
  #identities: readonly ProcessIdentity[] = [];

  constructor(database: Database, bot: string, process: string) {
    this.#database = database;
    this.#bot = bot;
    this.id = process;
  }

  /** A sign of life, which keeps the shards of this process, and how things stand. To be given every few seconds. */
  async renew({ counts, pinned, knows, up, news }: GatewayPresence): Promise<GatewayStanding> {
    const [bot, process] = [this.#bot, this.id];
    const told = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`;
    return this.#database.transaction(async (tx) => {
      await tx.execute(
        sql`insert into gateway_processes as p (bot, process, identity, counts, pinned, knows, joined_at, alive_until)
          values (${bot}, ${process}, ${told(thisProcess())}, ${told(counts)}, ${pinned && told(pinned)}, ${told(knows)},
            now(), ${inMs(LEASE_MS)})
          on conflict (bot, process) do update
            set counts = excluded.counts, knows = excluded.knows, alive_until = excluded.alive_until`,
      );
      await tx.execute(
        // In the order of the shards, as all who take several: two of another order would wait for each other.
        sql`with mine as (select shard_count, shard from gateway_shards where bot = ${bot} and holder = ${process}
            order by shard_count, shard for update)
          update gateway_shards s set leased_until = ${inMs(LEASE_MS)},
            up = exists (select 1 from ${rowsFrom(up, "count int, shard int")} where count = s.shard_count and shard = s.shard)
          from mine where s.bot = ${bot} and s.shard_count = mine.shard_count and s.shard = mine.shard`,
      );
      const living = await rowsOf(
        tx,
        sql`select process as id, identity, counts, pinned, knows from gateway_processes
          where bot = ${bot} and alive_until > now() order by joined_at, process`,
        presence,
      );
      const running = living.filter(({ identity }) => isRunning(identity) !== false);
      const dead = living.filter((one) => !running.includes(one)).map(({ id }) => id);
      this.#identities = running.map(({ identity }) => identity);
      if (dead.length > 0) await this.#bury(tx, dead);
      const shards = await rowsOf(
        tx,
        sql`select shard_count as count, shard, holder, leased_until > now() as live, up from gateway_shards
          where bot = ${bot} and holder is not null order by shard_count, shard`,
        shardRow,
      );
      const [agreed] = await rowsOf(
        tx,
        sql`select shard_count as count, next_count as next from gateway_bots where bot = ${bot} and shard_count is not null`,
        agreement,
      );
      if (news || dead.length > 0) await tx.execute(this.#news);
      const processes = running.map(({ id, ...one }) => ({
        id,
        counts: one.counts,
        pinned: one.pinned,
        knows: one.knows,
      }));
      return { processes, shards, agreed };
    });
  }

  /**
   * Whether a process that lived at the last sign of life has died, where that is seen: on this machine, and not in another
   * container. True once for each; costs no statement.
   */
  seesDeath(): boolean {
    const running = this.#identities.filter((identity) => isRunning(identity) !== false);
    const died = running.length < this.#identities.length;
    this.#identities = running;
    return died;
  }

  /**
   * Takes shards that nobody has, and with `abandoned` those whose holder has given no sign of life for too long. Resolves to
   * those that it got.
   */
  async take(
    count: number,
    shards: readonly number[],
    { abandoned }: { readonly abandoned: boolean },
  ): Promise<readonly number[]> {
    const given = shards.map((shard) => ({ shard }));
    const taken = await this.#database.run((db) =>
      rowsOf(
        db,
        sql`insert into gateway_shards as s (bot, shard_count, shard, holder, leased_until, up, exact)
          select ${this.#bot}::text, ${count}::int, shard, ${this.id}::text, ${inMs(LEASE_MS)}, false, false
          from ${rowsFrom(given, "shard int")} order by shard
          on conflict (bot, shard_count, shard) do update
            set holder = excluded.holder, leased_until = excluded.leased_until, up = false
            where s.holder is null or (${abandoned} and s.leased_until <= now())
          returning shard`,
        z.object({ shard: z.number() }),
      ),
    );
    return taken.map(({ shard }) => shard);
  }

  /** Others may have this shard now, and hear of it. */
  async giveBack(count: number, shard: number): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await tx.execute(
        sql`update gateway_shards set holder = null, leased_until = null, up = false
          where bot = ${this.#bot} and shard_count = ${count} and shard = ${shard} and holder = ${this.id}`,
      );
      await tx.execute(this.#news);
    });
  }

  /** This process wants no shards any more; what it still has it gives back one by one. */
  async leave(): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await tx.execute(sql`delete from gateway_processes where bot = ${this.#bot} and process = ${this.id}`);
      await tx.execute(this.#news);
    });
  }

  /** The number of shards for all who leave it to Discord: the one agreed before, else this one. */
  async agree(count: number): Promise<number> {
    const [agreed] = await this.#database.run((db) =>
      rowsOf(
        db,
        sql`insert into gateway_bots as b (bot, shard_count) values (${this.#bot}, ${count})
          on conflict (bot) do update set shard_count = coalesce(b.shard_count, excluded.shard_count)
          returning shard_count as count, next_count as next`,
        agreement,
      ),
    );
    return agreed?.count ?? count;
  }

  /** From now on sessions of this many shards are begun beside the others. False: that is under way, or no more than there are. */
  async grow(count: number): Promise<boolean> {
    return this.#agreedNow(
      sql`update gateway_bots set next_count = ${count}
        where bot = ${this.#bot} and next_count is null and shard_count < ${count} returning 1 as done`,
    );
  }

  /** Discord takes no session of this number any more: from now on there are more shards. False: that is known, or there are as many. */
  async outgrow(count: number): Promise<boolean> {
    return this.#agreedNow(
      sql`update gateway_bots set shard_count = ${count}, next_count = null
        where bot = ${this.#bot} and shard_count < ${count} returning 1 as done`,
    );
  }

  /** The sessions of the new number are all there: the others are not needed any more. False: they are not, or somebody was first. */
  async settle(count: number): Promise<boolean> {
    return this.#agreedNow(
      sql`update gateway_bots set shard_count = next_count, next_count = null
        where bot = ${this.#bot} and next_count = ${count} and ${count} = (select count(*) from gateway_shards s
          where s.bot = ${this.#bot} and s.shard_count = ${count} and s.up and s.leased_until > now())
        returning 1 as done`,
    );
  }

  /** Forgets what is over. */
  async tidy(): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const before = inMs(-FORGOTTEN_MS);
      await tx.execute(sql`delete from gateway_processes where alive_until < ${before}`);
      await tx.execute(sql`delete from claimed_interactions where claimed_at < ${before}`);
      await tx.execute(sql`delete from gateway_shards where holder is null and coalesce(kept_at < ${before}, true)`);
    });
  }

  /** Whether this process is the one to answer an interaction that several may have been told of. */
  async claim(interactionId: string): Promise<boolean> {
    const claimed = await this.#database.run((db) =>
      rowsOf(
        db,
        sql`insert into claimed_interactions (id, claimed_at) values (${interactionId}, now())
          on conflict do nothing returning id`,
        z.unknown(),
      ),
    );
    return claimed.length > 0;
  }

  /** Calls `hear` when shards are given back, or processes come and go. The returned function ends it. */
  listen(hear: () => void): () => Promise<void> {
    return this.#database.listen(CHANNEL, (bot) => {
      // Who begins to listen may have missed one.
      if (bot === this.#bot || bot === undefined) hear();
    });
  }

  async #agreedNow(change: ReturnType<typeof sql>): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      const done = await rowsOf(tx, change, z.unknown());
      if (done.length > 0) await tx.execute(this.#news);
      return done.length > 0;
    });
  }

  /** Processes of this machine that do not run any more. */
  async #bury(tx: Db, dead: readonly string[]): Promise<void> {
    const named = rowsFrom(
      dead.map((id) => ({ id })),
      "id text",
    );
    await tx.execute(
      sql`update gateway_shards set holder = null, leased_until = null, up = false
        where bot = ${this.#bot} and holder in (select id from ${named})`,
    );
    await tx.execute(
      sql`delete from gateway_processes where bot = ${this.#bot} and process in (select id from ${named})`,
    );
  }

  get #news() {
    return sql`select pg_notify(${CHANNEL}, ${this.#bot})`;
  }
}
