import type { Context, ExplainUnknown, Pressed, UserError } from "../../src/kernel/index.js";
import { NotFoundError, StalcraftError, subjectOf } from "@zonewire/stalcraft";
import { isRegion } from "./region-list.js";

/** What the API was asked about, and does not know. */
interface Unknown {
  readonly kind: "region" | "item" | "clan" | "character";
  /** As the API was asked: an id, or the name of a character. */
  readonly name: string;
  readonly region: string;
  readonly error: StalcraftError;
}

/** For an option about one kind of thing: says that the game does not know it, or no longer does where a button was pressed. */
export function unknownTo(
  kind: Unknown["kind"],
  tell: (unknown: Unknown, context: Context, pressed: Pressed | undefined) => UserError,
): ExplainUnknown {
  return async (error, context, pressed) => {
    const unknown = error instanceof StalcraftError ? await unknownIn(error, context) : undefined;
    return unknown?.kind === kind ? tell(unknown, context, pressed) : undefined;
  };
}

/**
 * The API answers 404 for a region that is not there as for a thing that is not there, and 400 for an item and for words that
 * it does not take.
 */
async function unknownIn(error: StalcraftError, context: Context): Promise<Unknown | undefined> {
  const { region = context.region, item, clan, character } = subjectOf(error);
  const of = (kind: Unknown["kind"], name: string) => ({ kind, name, region, error });
  if (error instanceof NotFoundError && !(await isRegion(region, context))) return of("region", region);
  if (item !== undefined) return of("item", item);
  if (clan !== undefined) return of("clan", clan);
  return character === undefined ? undefined : of("character", character);
}
