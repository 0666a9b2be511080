import type { Context, MessageContext } from "../../src/kernel/index.js";

/** Whom an alert is for. */
export interface Alerted {
  readonly watchId: string;
  /** Null: it is private. */
  readonly guildId: string | null;
}

/** What alerts about items are written with. */
export type ItemAlertContext = MessageContext & Pick<Context, "items">;
