import { escape, UserError, type Context } from "../../src/kernel/index.js";
import { InvalidRequestError, NotFoundError, type FullCharacterInfo } from "../../src/stalcraft/index.js";
import { explainMissing } from "../options/region.js";

/** @throws UserError when there is no such character or region, or the profile is hidden. */
export async function readProfile(name: string, region: string, context: Context): Promise<FullCharacterInfo> {
  const params = { name: escape(name) };
  try {
    return await context.stalcraft.characters(region).getProfile(name, { signal: context.signal });
  } catch (error) {
    if (error instanceof NotFoundError && error.reason === "hidden")
      throw new UserError("error.profile-hidden", params, { cause: error });
    // A name that the API will not even look up is a name nobody has.
    if (error instanceof InvalidRequestError) throw new UserError("error.character-unknown", params, { cause: error });
    throw await explainMissing(error, region, context, { key: "error.character-unknown", params });
  }
}
