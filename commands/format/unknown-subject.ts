import { escape, UserError, type Context, type ExplainUnknown, type TextKey } from "../../src/kernel/index.js";
import { InvalidRequestError, NotFoundError, subjectOf } from "@zonewire/stalcraft";
import { itemName } from "./item-name.js";
import { regionsOf } from "../options/region.js";

/**
 * Says which of the named things the game does not know, for every command. The API answers 404 for a region
 * that is not there as for a thing that is not there, and 400 for an item and for words that it does not take. Ids that
 * stand for something in a list are shown by its name: people do not know ids.
 */
export const explainUnknown: ExplainUnknown = async (error, typed, context) => {
  if (!(error instanceof NotFoundError || error instanceof InvalidRequestError)) return undefined;
  const told = (key: TextKey, params: Record<string, string>) => new UserError(key, params, { cause: error });
  const { region, item, clan, character } = subjectOf(error);
  if (error instanceof NotFoundError && region !== undefined && !(await isRegion(region, context)))
    return told("error.region-unknown", { region: escape(region) });
  if (item !== undefined) {
    const where = region ?? context.region;
    // What looks like an id may be a name that could not be sought: the database is not there.
    requireItems(where, context);
    const known = context.items.get(item, where);
    return known
      ? told("error.item-untraded", { item: escape(itemName(known, context)), region: escape(region ?? "") })
      : told("error.item-unknown", { item: escape(item) });
  }
  // An id that was picked says nothing to a person.
  if (clan !== undefined) return told("error.clan-unlisted", { region: escape(region ?? context.region) });
  if (character !== undefined) {
    const isHidden = error instanceof NotFoundError && error.reason === "hidden";
    return told(isHidden ? "error.profile-hidden" : "error.character-unknown", { name: escape(character) });
  }
  const { region: _region, ...others } = typed;
  const words = Object.values(others).join(", ") || region;
  return words === undefined ? undefined : told("error.words-unknown", { words: escape(words) });
};

/** @throws UserError when nothing of the item database was ever read. */
export function requireItems(region: string, { items }: Pick<Context, "items">): void {
  if (items.state(region).count === 0) throw new UserError("error.items-unread");
}

async function isRegion(region: string, context: Context): Promise<boolean> {
  const regions = await regionsOf(context);
  return regions.some(({ id }) => id.toUpperCase() === region.toUpperCase());
}
