import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { Items, isAddress, type ItemsOptions } from "../items/index.js";
import { RefusedError } from "../kernel/connect.js";

/**
 * The items of a source.
 * @throws RefusedError when it is a folder that is not there
 */
export async function openItems(options: ItemsOptions): Promise<Items> {
  const { source } = options;
  if (!isAddress(source) && !(await stat(source).catch(() => undefined))?.isDirectory()) {
    throw new RefusedError(
      `ITEMS_SOURCE must be an http(s) address or a folder: there is no folder ${resolve(source)}`,
    );
  }
  return new Items(options);
}
