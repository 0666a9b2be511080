import { escape, UserError, type Context, type Suggest, type TextOption } from "../../src/kernel/index.js";
import type { Region } from "../../src/stalcraft/index.js";

/** What the API has always listed, for suggestions while it does not answer. */
const USUAL = ["RU", "EU", "NA", "SEA"];

/** Where one can play: what the API lists, or the usual ones while it does not answer. */
export async function regionsOf({ stalcraft, signal }: Context): Promise<readonly Pick<Region, "id" | "name">[]> {
  try {
    return await stalcraft.regions().getAll({ signal });
  } catch {
    return USUAL.map((id) => ({ id, name: id }));
  }
}

/** Offers the regions that fit what was typed. */
export const suggestRegions: Suggest = async (text, context) => {
  const wanted = text.trim().toUpperCase();
  const regions = await regionsOf(context);
  return regions
    .filter(({ id, name }) => id.toUpperCase().includes(wanted) || name.toUpperCase().includes(wanted))
    .map(({ id, name }) => ({ name: name === id ? id : `${id} · ${name}`, value: id }));
};

/** A region by the API's id, in any case; one that is not in the API's list is passed on. Undefined where left out. */
export function namedRegionOption(): TextOption<string | undefined> {
  return {
    type: "text",
    required: false,
    maxLength: 8,
    suggest: suggestRegions,
    read(value) {
      const text = String(value ?? "").trim();
      if (text === "") return undefined;
      if (!/^[\w-]{1,8}$/.test(text)) throw new UserError("error.region-unknown", { region: escape(text) });
      return text.toUpperCase();
    },
  };
}

/** The same; left out: the caller's own. */
export function regionOption(): TextOption<string> {
  const named = namedRegionOption();
  return { ...named, read: (value, context) => named.read(value, context) ?? context.region };
}
