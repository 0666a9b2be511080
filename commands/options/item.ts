import { escape, requiredText, UserError, type Context, type Option } from "../../src/kernel/index.js";
import { nameOf } from "../../src/items/index.js";
import { regionOption } from "./region.js";

const SUGGESTIONS = 25;
/** Ids are opaque: short words of Latin letters and digits. The listing lacks many that can be traded. */
const POSSIBLE_ID = /^[A-Za-z0-9]{3,8}$/;

/** An item: its id, or its name in any of the database's languages. */
export function itemOption(): Option<string> {
  return requiredText({
    suggest(text, context, options) {
      const region = regionOption().read(options.region, context);
      return context.items
        .search(text, region, context.locale, SUGGESTIONS)
        .map((item) => ({ name: context.items.label(item, region, context.locale), value: item.id }));
    },
  });
}

/** An item that somebody asked for; the name is its id where the database does not know it. */
export interface AskedItem {
  readonly id: string;
  readonly name: string;
  readonly icon: string | undefined;
}

/** @throws UserError when it can be neither the name of an item nor an id. */
export function findItem(text: string, region: string, { items, locale }: Context): AskedItem {
  const meant = items.resolve(text, region, locale);
  if (meant) return { id: meant.id, name: nameOf(meant, locale), icon: items.icon(meant, region) };
  if (POSSIBLE_ID.test(text)) return { id: text, name: text, icon: undefined };
  throw new UserError("error.item-unknown", { item: escape(text) });
}
