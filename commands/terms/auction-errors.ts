import { escape, UserError, type Context } from "../../src/kernel/index.js";
import { InvalidRequestError } from "../../src/stalcraft/index.js";
import { explainMissing } from "../options/region.js";

/**
 * Tells an item that the auction does not know from a region that is not there.
 * @returns what the person is to be told, or the error as it was when it is none of the two.
 */
export function explainAuction(error: unknown, item: string, region: string, context: Context): Promise<unknown> {
  const unknown = { key: "error.item-unknown", params: { item: escape(item) } } as const;
  if (error instanceof InvalidRequestError && error.isUnknownItem)
    return Promise.resolve(new UserError(unknown.key, unknown.params, { cause: error }));
  return explainMissing(error, region, context, unknown);
}
