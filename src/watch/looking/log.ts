/** A part of pino's `Logger`. */
export interface LookingLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}
