/** A part of pino's `Logger`. */
export interface StoreLog {
  warn(details: object, message: string): void;
}
