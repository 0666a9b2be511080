import { eq, getTableName, sql } from "drizzle-orm";
import type { Database } from "./database.js";
import { forgetHistory, historyOf, type PersonalHistory } from "./history/personal.js";
import { lockPerson } from "./people.js";
import { leaveReports, reportsNaming } from "./roles/reports.js";
import { authorColumns, personColumn } from "./schema.js";

/** Table name → rows; `role_reports` are lines of reports to others. Dates are ISO 8601 texts; what is sealed is named, not shown. */
export type PersonalData = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

/** All that is stored about one person, found through the schema: a new table cannot be forgotten. */
export class Personal {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Tables without a row about the person are absent. */
  async export(discordId: string): Promise<PersonalData> {
    return this.#database.transaction(async (tx) => {
      const data: Record<string, Record<string, unknown>[]> = {};
      for (const { table, column } of tablesAboutPeople()) {
        const rows = await tx.select().from(table).where(eq(column, discordId));
        if (rows.length > 0) data[getTableName(table)] = rows.map(readable);
      }
      const reports = await reportsNaming(tx, discordId);
      if (reports.length > 0) data.role_reports = reports.map(readable);
      return data;
    });
  }

  /** The past that is kept of their own characters, which `export` leaves out: it is long. */
  history(discordId: string): Promise<PersonalHistory[]> {
    return historyOf(this.#database, discordId);
  }

  /** Returns how many rows went. */
  async delete(discordId: string): Promise<number> {
    return this.#database.transaction(async (tx) => {
      // What is being stored about them right now goes too.
      await lockPerson(tx, discordId);
      let count = await forgetHistory(tx, discordId);
      for (const { table, column } of tablesAboutPeople()) {
        count += (await tx.delete(table).where(eq(column, discordId)).returning({ column })).length;
      }
      for (const column of authorColumns)
        await tx.execute(
          sql`update ${column.table} set ${sql.identifier(column.name)} = null where ${column} = ${discordId}`,
        );
      await leaveReports(tx, discordId);
      return count;
    });
  }
}

const tablesAboutPeople = () =>
  Object.values(personColumn)
    .filter((column) => column !== null)
    .map((column) => ({ table: column.table, column }));

function readable(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value instanceof Uint8Array ? "encrypted" : value instanceof Date ? value.toISOString() : value,
    ]),
  );
}
