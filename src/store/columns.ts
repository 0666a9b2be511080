import { customType, timestamp } from "drizzle-orm/pg-core";

/** Bytes that the key ring has sealed; the row's `key_id` says with which key. */
export const sealed = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
