import type { Context } from "./context.js";
import { UserError } from "./errors.js";

/**
 * Puts the errors of what a bot's commands use into words. Undefined for what it does not know, and for bugs: the person
 * then sees an id, and the log has the rest.
 */
export type Diagnose = (error: unknown, context: Context) => UserError | undefined;

/**
 * Says which of the things that a person named the game does not know. `typed` holds the texts that they wrote themselves, by the
 * name of the option. Undefined: it is another kind of error.
 */
export type ExplainUnknown = (
  error: unknown,
  typed: Readonly<Record<string, string>>,
  context: Context,
) => Promise<UserError | undefined>;

/** The text for an error that is no mistake of ours. */
export function explain(error: unknown, context: Context, diagnose?: Diagnose): UserError | undefined {
  return error instanceof UserError ? error : diagnose?.(error, context);
}
