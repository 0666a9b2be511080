import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";

/** What runs queries: the database, or a transaction on it. Both engines speak the same dialect. */
export type Db = PgDatabase<PgQueryResultHKT>;

/** Of a transaction that sees one moment. */
export const SNAPSHOT = { isolationLevel: "repeatable read", accessMode: "read only" } as const;

/**
 * One of the two engines. Everything rejects with `StoreUnavailableError` when the database does not answer in time;
 * other errors of the database come as the driver makes them: drizzle's own texts hold the parameters.
 */
export interface Database {
  /** Other processes may use it at the same time. */
  readonly isShared: boolean;
  run<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /** The same for what only reads: done again where a connection broke under it, and that was known at once. */
  read<T>(work: (db: Db) => Promise<T>): Promise<T>;
  /** All or nothing. */
  transaction<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  /**
   * For work that waits for something outside while nobody else may do work of this name, in this process or another:
   * it must begin by locking a row. A server holds that row for this transaction; the embedded engine, which has one
   * connection for everybody, does each query by itself.
   */
  holding<T>(name: string, work: (db: Db) => Promise<T>): Promise<T>;
  /**
   * A transaction that may take its time: for migrations, backups and the like. `snapshot`: it only reads, and sees one
   * moment of the whole database.
   */
  unhurried<T>(work: (tx: Db) => Promise<T>, options?: { readonly snapshot?: boolean }): Promise<T>;
  /**
   * Calls `hear` with the payload of each notification on a channel, from whichever process. Begins as soon as it can, and
   * again after the connection broke. Undefined: it listens from now on, and what was sent before was not heard. The
   * returned function ends it.
   */
  listen(channel: string, hear: (payload: string | undefined) => void): () => Promise<void>;
  close(): Promise<void>;
}
