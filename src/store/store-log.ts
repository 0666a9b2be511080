/** A part of pino's `Logger`. */
export interface StoreLog {
  info?(details: object, message: string): void;
  warn(details: object, message: string): void;
}
