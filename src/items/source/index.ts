import type { Clock } from "../../time.js";
import { addressSource } from "./address.js";
import { folderSource } from "./folder.js";
import type { Source } from "./source.js";

export { isPlainPath } from "./path.js";
export { SourceError, type Source, type SourceFile } from "./source.js";

/** Where the public item database is kept: https://github.com/EXBO-Studio/stalzone-database. */
export const PUBLIC_ITEMS = "https://raw.githubusercontent.com/EXBO-Studio/stalzone-database/main";

export function isAddress(source: string): boolean {
  return /^https?:\/\//.test(source);
}

/** A source by what the operator wrote: an http(s) address, or else a folder. */
export function sourceOf(written: string, clock: Clock): Source {
  return isAddress(written) ? addressSource(written, clock) : folderSource(written);
}
