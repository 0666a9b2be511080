import { sql, type SQL } from "drizzle-orm";
import { customType, timestamp } from "drizzle-orm/pg-core";

/** Bytes that the key ring has sealed; the row's `key_id` says with which key. */
export const sealed = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** So many milliseconds from now, by the database's clock. */
export const inMs = (ms: SQL | number): SQL => sql`now() + (${ms})::float8 * interval '1 millisecond'`;
