import { existsSync } from "node:fs";
import { join } from "node:path";

/** A small part of the public item database, for everybody. */
export const SAMPLE = join(import.meta.dirname, "../fixtures/stalzone-database");
const WHOLE = join(import.meta.dirname, "../../../shared/stalzone-database");

/** The folders of real item data: the sample, and the whole database where it is there. */
export const REAL: readonly (readonly [string, string])[] = [
  ["a sample of the real items", SAMPLE],
  ...(existsSync(WHOLE) ? [["all real items", WHOLE] as const] : []),
];
