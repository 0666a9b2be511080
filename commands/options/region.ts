import { escape, UserError, textIn, type Suggest, type TextOption } from "../../src/kernel/index.js";
import { ALL, USUAL, type RegionName } from "./region-list.js";
import { unknownTo } from "./unknown.js";

/** How long the first suggestions wait for the API, in milliseconds; later ones show what is known. */
const PATIENCE_MS = 500;
/** In characters: room for the label of a suggestion. */
const LABEL_LENGTH = 60;

/** Offers the regions that fit what was typed, as they were last known. */
export const suggestRegions: Suggest = async (text, { stalcraft, recalled }) => {
  const wanted = text.toUpperCase();
  const regions = await recalled.regions.get(ALL, () => stalcraft.regions().getAll(), PATIENCE_MS);
  return (regions ?? USUAL)
    .map((region) => ({ name: labelOf(region), value: region.id }))
    .filter(({ name }) => name.toUpperCase().includes(wanted));
};

function labelOf({ id, name }: RegionName): string {
  return name === id ? id : `${id} · ${name}`;
}

const unknown = unknownTo("region", ({ name, error }) => unknownRegion(name, error));

function unknownRegion(region: string, cause?: Error): UserError {
  return new UserError("error.region-unknown", { region: escape(region) }, { cause });
}

/**
 * A region by the API's id, its name or its label, in any case; an id that is not in the API's list is passed on as it
 * was typed. Undefined where left out.
 */
export function namedRegionOption(): TextOption<string | undefined> {
  return {
    type: "text",
    required: false,
    maxLength: LABEL_LENGTH,
    suggest: suggestRegions,
    unknown,
    read(value, { recalled }) {
      const text = textIn(value);
      if (text === "") return undefined;
      const wanted = text.toUpperCase();
      const known = [...(recalled.regions.peek(ALL) ?? []), ...USUAL];
      const named = known.find(({ id, name }) => [id, name].some((word) => word.toUpperCase() === wanted));
      if (named) return named.id;
      const [id = ""] = text.split(" · ");
      if (!/^[\w-]{1,8}$/.test(id)) throw unknownRegion(text);
      return known.find((one) => one.id === id.toUpperCase())?.id ?? id;
    },
  };
}

/** The same; left out: the caller's own. */
export function regionOption(): TextOption<string> {
  const named = namedRegionOption();
  return { ...named, read: (value, context) => named.read(value, context) ?? context.region };
}
