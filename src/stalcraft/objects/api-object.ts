import { z } from "zod";
import { copyWithoutNulls, isObject, type JsonObject } from "../json.js";

/**
 * Something the API described. Do not change objects: identical calls share them, and so does the cache. Unknown fields
 * are ignored by the typed properties and kept by `raw()`. Constructors take the JSON as the API sends it.
 */
export abstract class APIObject {
  /** When the answer arrived; served from the cache, it keeps the original time. */
  readonly receivedAt: Date;
  readonly #json: unknown;

  constructor(json: unknown, receivedAt: Date) {
    this.#json = json;
    this.receivedAt = receivedAt;
  }

  /**
   * The object as the API sent it: original keys, original values (times as strings), unknown fields included, null
   * fields removed at every depth. An integer beyond ±(2^53 - 1) is a string of its exact digits. Each call gives a copy.
   */
  raw(): JsonObject {
    return isObject(this.#json) ? copyWithoutNulls(this.#json) : {};
  }
}

/** Any of the classes in this folder. */
export type ObjectClass<T> = new (json: unknown, receivedAt: Date) => T;

/** Makes the object at `key` (and `index`) of another; what is wrong with it is reported with that place. */
export function readPart<T>(
  Class: ObjectClass<T>,
  json: unknown,
  receivedAt: Date,
  key: string | number,
  index?: number,
): T {
  try {
    return new Class(json, receivedAt);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const place = index === undefined ? [key] : [key, index];
    throw new z.ZodError(error.issues.map((issue) => ({ ...issue, path: [...place, ...issue.path] })));
  }
}
