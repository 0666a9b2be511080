import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import pg from "pg";

/** A database of its own on the server that TEST_DATABASE_URL names. */
export class BenchDatabase {
  readonly url: string;
  readonly #name: string;

  private constructor(name: string, server: string) {
    const url = new URL(server);
    url.pathname = `/${name}`;
    this.url = url.href;
    this.#name = name;
  }

  /** Undefined: there is no server. `.ci/postgres` starts one. */
  static async make(): Promise<BenchDatabase | undefined> {
    const server = process.env.TEST_DATABASE_URL;
    if (server === undefined) return undefined;
    const name = `zonewire_${randomBytes(6).toString("hex")}`;
    await onServer(`create database ${name}`);
    return new BenchDatabase(name, server);
  }

  /** Transactions since it was made; a statement outside of one counts as one. The server counts with a second's delay. */
  async transactions(): Promise<number> {
    const query = `select xact_commit + xact_rollback as count from pg_stat_database where datname = '${this.#name}'`;
    const [row] = await onServer(query);
    return Number(row?.count);
  }

  /** False: there is no program for that. */
  async restartServer(): Promise<boolean> {
    const { TEST_DATABASE_RESTART: program } = process.env;
    if (program === undefined) return false;
    await promisify(execFile)(program);
    return true;
  }

  async drop(): Promise<void> {
    await onServer(`drop database ${this.#name} with (force)`);
  }
}

async function onServer(statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(statement);
    return rows;
  } finally {
    await client.end();
  }
}
