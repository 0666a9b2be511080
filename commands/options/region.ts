import {
  defaultRegion,
  escape,
  UserError,
  type Context,
  type Option,
  type Suggest,
  type TextKey,
} from "../../src/kernel/index.js";
import { NotFoundError, type Region } from "../../src/stalcraft/index.js";

/** What the API has always listed, for suggestions while it does not answer. */
const USUAL = ["RU", "EU", "NA", "SEA"];

async function regionsOf({ stalcraft, signal }: Context): Promise<readonly Pick<Region, "id" | "name">[]> {
  try {
    return await stalcraft.regions().getAll({ signal });
  } catch {
    return USUAL.map((id) => ({ id, name: id }));
  }
}

const suggest: Suggest = async (text, context) => {
  const wanted = text.trim().toUpperCase();
  const regions = await regionsOf(context);
  return regions
    .filter(({ id, name }) => id.toUpperCase().includes(wanted) || name.toUpperCase().includes(wanted))
    .map(({ id, name }) => ({ name: name === id ? id : `${id} · ${name}`, value: id }));
};

/** A region by the API's id, in any case; one that is not in the API's list is passed on. Left out: the caller's likely one. */
export function regionOption(): Option<string> {
  return {
    required: false,
    maxLength: 8,
    suggest,
    read(value, { locale }) {
      const text = String(value ?? "").trim();
      if (text === "") return defaultRegion(locale);
      if (!/^[\w-]{1,8}$/.test(text)) throw new UserError("error.region-unknown", { region: escape(text) });
      return text.toUpperCase();
    },
  };
}

/**
 * Tells a thing that is not there from a region that is not there: the API answers 404 for both.
 * @returns what the person is to be told, or the error as it was when it is none of the two.
 */
export async function explainMissing(
  error: unknown,
  region: string,
  context: Context,
  missing: { key: TextKey; params?: Record<string, string> },
): Promise<unknown> {
  if (!(error instanceof NotFoundError)) return error;
  const regions = await regionsOf(context);
  if (regions.some(({ id }) => id.toUpperCase() === region))
    return new UserError(missing.key, missing.params, { cause: error });
  return new UserError("error.region-unknown", { region }, { cause: error });
}
