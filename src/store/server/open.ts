import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { KeyedLock } from "../../keyed-lock.js";
import { pause, within, type Clock } from "../../time.js";
import { SNAPSHOT, type Database } from "../database.js";
import { StoreSetupError, StoreUnavailableError } from "../errors.js";
import { hangUp } from "./hang-up.js";
import { listenOn } from "./listening.js";
import { translate, translated } from "../translated.js";
import { Reachability } from "./reachability.js";

/** Limits in milliseconds. What takes longer rejects with `StoreUnavailableError`. */
export interface Patience {
  /** To get a connection. */
  readonly connectMs: number;
  /** For a query: by the server, and one second later by us, when the server does not even say so. */
  readonly queryMs: number;
  /** For a row that somebody else holds, and for holding one. */
  readonly holdMs: number;
}

const PATIENCE: Patience = { connectMs: 5_000, queryMs: 10_000, holdMs: 30_000 };
const LATER_MS = 1_000;
/** Pauses before a read is tried again, when it failed within `AT_ONCE_MS`. */
const AGAIN_MS = [50, 250];
const AT_ONCE_MS = 200;
/** For everybody, and apart from them for those who wait for something outside while they hold a row. */
const CONNECTIONS = 8;
const HOLDING_CONNECTIONS = 4;
const OLDEST_VERSION = 150_000;
/** Of PostgreSQL: no such database, wrong password, no right to connect. */
const NO_ENTRY = new Set(["3D000", "28P01", "28000", "42501"]);

export interface ServerOptions {
  readonly clock: Clock;
  readonly patience?: Patience;
  readonly onLost: (error: unknown) => void;
  readonly onBack: () => void;
}

/**
 * A PostgreSQL server. Connections are made when they are needed, and again after they broke.
 * @throws StoreUnavailableError, StoreSetupError
 */
export async function openServer(
  url: string,
  { clock, patience = PATIENCE, ...hearing }: ServerOptions,
): Promise<Database> {
  const reachability = new Reachability(hearing);
  const pool = (max: number, limitMs: number): pg.Pool => {
    const made = new pg.Pool({
      ...asOurs(url),
      max,
      connectionTimeoutMillis: patience.connectMs,
      statement_timeout: limitMs,
      query_timeout: limitMs + LATER_MS,
      idle_in_transaction_session_timeout: limitMs,
    });
    made.on("error", (error) => {
      reachability.lost(translate(error));
    });
    // While a connection is lent out, the pool does not listen to it; its query, or the next one, reports the loss.
    made.on("connect", (client) => client.on("error", () => undefined));
    return made;
  };
  const queries = pool(CONNECTIONS, patience.queryMs);
  const holders = pool(HOLDING_CONNECTIONS, patience.holdMs);
  const close = async (): Promise<void> => {
    reachability.end();
    // A connection that no longer answers does not even say that it has ended.
    await within(Promise.all([queries.end(), holders.end()]), patience.connectMs, clock);
  };
  try {
    await refuseOldVersion(queries);
  } catch (error) {
    await close();
    throw error;
  }
  const db = drizzle(queries);
  const lock = new KeyedLock();
  let closed: Promise<void> | undefined;
  return {
    isShared: true,
    run: (work) => reachability.watch(() => translated(() => work(db))),
    read: (work) => reachability.watch(() => again(() => translated(() => work(db)), clock)),
    transaction: (work) => reachability.watch(() => lend(queries, (client) => drizzle(client).transaction(work))),
    // Those of this process wait here, and not each with a connection.
    holding: (name, work) =>
      reachability.watch(() => lock.run(name, () => lend(holders, (client) => drizzle(client).transaction(work)))),
    unhurried: (work, options) =>
      dedicated(url, patience, clock, (client) =>
        drizzle(client).transaction(work, options?.snapshot === true ? SNAPSHOT : undefined),
      ),
    listen: (channel, hear) =>
      listenOn(channel, hear, {
        clock,
        open: () =>
          new pg.Client({
            ...asOurs(url),
            connectionTimeoutMillis: patience.connectMs,
            query_timeout: patience.queryMs,
          }),
      }),
    close: () => (closed ??= close()),
  };
}

/** How soon the network asks whether a silent server is still there. */
const STILL_THERE_MS = 10_000;

const asOurs = (url: string) => ({
  connectionString: url,
  application_name: "zonewire",
  keepAlive: true,
  keepAliveInitialDelayMillis: STILL_THERE_MS,
});

/** For what changes nothing: a restart of the server cuts every connection at once, and lets nobody in for a moment. */
async function again<T>(read: () => Promise<T>, clock: Clock): Promise<T> {
  for (const ms of AGAIN_MS) {
    const began = clock.now();
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof StoreUnavailableError) || clock.now() - began > AT_ONCE_MS) throw error;
    }
    await pause(ms, clock);
  }
  return read();
}

/** A connection that no longer answers does not come back into the pool. */
async function lend<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await translated(() => pool.connect());
  let broken = false;
  try {
    return await translated(() => work(client));
  } catch (error) {
    broken = error instanceof StoreUnavailableError;
    throw error;
  } finally {
    client.release(broken);
  }
}

async function dedicated<T>(
  url: string,
  { connectMs }: Patience,
  clock: Clock,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ ...asOurs(url), connectionTimeoutMillis: connectMs });
  client.on("error", () => undefined);
  try {
    return await translated(async () => {
      await client.connect();
      return work(client);
    });
  } finally {
    await hangUp(client, clock);
  }
}

async function refuseOldVersion(pool: pg.Pool): Promise<void> {
  try {
    const { rows } = await translated(() =>
      pool.query<{ version: string }>("select current_setting('server_version_num') as version"),
    );
    if (Number(rows[0]?.version) < OLDEST_VERSION)
      throw new StoreSetupError("DATABASE_URL: PostgreSQL 15 or newer is needed");
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code !== undefined && NO_ENTRY.has(error.code)) {
      throw new StoreSetupError(`DATABASE_URL: ${error.message}`, { cause: error });
    }
    throw error;
  }
}
