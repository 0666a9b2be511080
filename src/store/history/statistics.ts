import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../database.js";
import { rowsFrom, rowsOf } from "../rows.js";
import { packFigures, unpackFigures, type PackedFigures } from "./packed.js";
import type { Figure, Figures, Values } from "./records.js";

/** Ten times as many as the game has. What is unknown beyond them is not kept. */
const MOST = 2_000;
/** Any number that no other lock has. */
const LOCK = 7_391_205_615;

interface Statistic {
  readonly number: number;
  readonly id: string;
  readonly type: string;
}

const statistic = z.object({ number: z.number(), id: z.string(), type: z.string() });

/** The numbers that stand for statistics in packed figures; new ones get the next numbers. */
export class Statistics {
  readonly #database: Database;
  readonly #byId = new Map<string, Statistic>();
  readonly #byNumber = new Map<number, Statistic>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Makes sure that all of these have a number, and the type that they have now. */
  async know(figures: Iterable<Figures>): Promise<void> {
    const types = new Map<string, string>();
    for (const one of figures) for (const [id, { type }] of one) types.set(id, type);
    const isNew = () => [...types].filter(([id, type]) => this.#byId.get(id)?.type !== type);
    if (isNew().length === 0) return;
    await this.#load();
    const given = isNew().map(([id, type]) => ({ id, type }));
    if (given.length === 0) return;
    await this.#database.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${LOCK})`);
      await tx.execute(sql`with given as (select * from ${rowsFrom(given, "id text, type text")}),
        changed as (
          update history_statistics s set type = given.type from given where s.id = given.id and s.type <> given.type
        )
        insert into history_statistics (number, id, type)
        select there.most + row_number() over (order by given.id), given.id, given.type
        from given, (select coalesce(max(number), -1) as most from history_statistics) there
        where not exists (select 1 from history_statistics s where s.id = given.id)
        order by given.id limit greatest(0, ${MOST} - (select count(*) from history_statistics))`);
    });
    await this.#load();
  }

  /** Undefined: nobody has ever had it. */
  async find(id: string): Promise<Statistic | undefined> {
    if (!this.#byId.has(id)) await this.#load();
    return this.#byId.get(id);
  }

  /** What has no number is left out: see `know`. */
  pack(figures: Figures): PackedFigures {
    return this.packValues(new Map([...figures].map(([id, { value }]) => [id, value])));
  }

  packValues(values: Values): PackedFigures {
    return packFigures(
      new Map(
        [...values].flatMap(([id, value]) => {
          const number = this.#byId.get(id)?.number;
          return number === undefined ? [] : [[number, value] as const];
        }),
      ),
    );
  }

  async unpack(packed: PackedFigures): Promise<Map<string, Figure>> {
    const found = new Map<string, Figure>();
    for (const [{ id, type }, value] of await this.#read(packed))
      if (value !== undefined) found.set(id, { type, value });
    return found;
  }

  async unpackValues(packed: PackedFigures): Promise<Map<string, number | undefined>> {
    return new Map((await this.#read(packed)).map(([{ id }, value]) => [id, value]));
  }

  async #read(packed: PackedFigures): Promise<(readonly [Statistic, number | undefined])[]> {
    const numbered = [...unpackFigures(packed)];
    // Another process may have met a new one.
    if (numbered.some(([number]) => !this.#byNumber.has(number))) await this.#load();
    return numbered.flatMap(([number, value]) => {
      const known = this.#byNumber.get(number);
      return known ? [[known, value] as const] : [];
    });
  }

  async #load(): Promise<void> {
    const rows = await this.#database.read((db) =>
      rowsOf(db, sql`select number, id, type from history_statistics`, statistic),
    );
    for (const row of rows) {
      this.#byId.set(row.id, row);
      this.#byNumber.set(row.number, row);
    }
  }
}
