import { inspect, type InspectOptions } from "node:util";
import { z } from "zod";
import { copyWithoutNulls, isObject, type JsonObject } from "../json.js";

const none = 0;

/**
 * Something the API described. Do not change objects: identical calls share them, and so does the cache. Unknown fields
 * are ignored by the typed properties and kept by `raw()`. Constructors take the JSON as the API sends it.
 */
export abstract class APIObject<Json = unknown> {
  /** When the answer arrived; served from the cache, it keeps the original time. */
  readonly receivedAt: Date;
  readonly #json: Json;

  constructor(json: Json, receivedAt: Date) {
    this.#json = json;
    this.receivedAt = receivedAt;
  }

  /** Entries of this object's own lists that the API sent in a shape nobody knows: they are left out. */
  get skipped(): number {
    return none;
  }

  /** What it was read from. */
  protected get json(): Json {
    return this.#json;
  }

  /**
   * The object as the API sent it: original keys, original values (times as strings), unknown fields included, null
   * fields removed at every depth. An integer beyond ±(2^53 - 1) is a string of its exact digits. Each call gives a copy.
   */
  raw(): JsonObject {
    return rawOf(this.#json);
  }
}

function rawOf(json: unknown): JsonObject {
  return isObject(json) ? copyWithoutNulls(json) : {};
}

/** Of fields that a schema read: the JSON that it read them from. */
const sent = Symbol("as sent");

/** The fields of an object as they came, or those that a schema made of others. */
type Fields<T> = T & { readonly [sent]?: unknown };

/** What a schema made of `json`. */
export function readFrom<T extends object>(fields: T, json: unknown): Fields<T> {
  return { ...fields, [sent]: json };
}

/**
 * An object that keeps what it was read from, and makes its properties of that when they are asked for: of hundreds in a
 * list, nobody looks at most. They are no fields of its own, as a copy by `...` would show, but `JSON.stringify` and
 * `util.inspect` tell them.
 */
export abstract class LazyObject<T extends object> extends APIObject<Fields<T>> {
  /** Its properties, by their names. */
  protected abstract fields(): object;

  override raw(): JsonObject {
    return rawOf(this.json[sent] ?? this.json);
  }

  toJSON(): object {
    return Object.assign({}, this, this.fields());
  }

  [inspect.custom](_depth: number, options: InspectOptions): string {
    return `${this.constructor.name} ${inspect(this.toJSON(), options)}`;
  }
}

/** Any of the classes in this folder. */
export type ObjectClass<T> = new (json: unknown, receivedAt: Date) => T;

/** Fewer entries may each be faulty; if all of this many are, the list is one of something else. */
const fewestToJudge = 10;

/** A longer list is not read: the longest that the API has are some hundred entries. */
const longestList = 20_000;

/** What of a list can be read, in its order. */
export interface Readable<T> {
  readonly entries: readonly T[];
  readonly skipped: number;
}

/** Makes something of one entry of a list; throws a `ZodError` when it has another shape. */
export type Reader<T> = (json: unknown, receivedAt: Date) => T;

export function readerOf<T>(Class: ObjectClass<T>): Reader<T> {
  return (json, receivedAt) => new Class(json, receivedAt);
}

/**
 * Reads a list and leaves out what is wrong with single entries of it.
 *
 * @param place the path to it, for what is said of an error.
 * @throws ZodError when it is longer than any real one; one that names the first entry when there are many, and none can
 *   be read.
 */
export function readList<T>(
  list: readonly unknown[],
  read: Reader<T>,
  receivedAt: Date,
  place: readonly string[] = [],
  longest = longestList,
): Readable<T> {
  if (list.length > longest) {
    throw new z.ZodError([{ code: "custom", message: `more than ${longest} entries`, path: [], input: undefined }]);
  }
  const entries: T[] = [];
  let first: z.ZodError | undefined;
  for (let index = 0; index < list.length; index += 1) {
    try {
      entries.push(read(list[index], receivedAt));
    } catch (error) {
      first ??= placed(error, [...place, index]);
    }
  }
  if (first && entries.length === 0 && list.length >= fewestToJudge) throw first;
  return { entries, skipped: list.length - entries.length };
}

/** Makes the object at `key` of another; what is wrong with it is reported with that place. */
export function readPart<T>(Class: ObjectClass<T>, json: unknown, receivedAt: Date, key: string): T {
  try {
    return new Class(json, receivedAt);
  } catch (error) {
    throw placed(error, [key]);
  }
}

/** What is wrong with a part, as said of the whole. @throws whatever it is, if it is no `ZodError`. */
function placed(error: unknown, place: readonly (string | number)[]): z.ZodError {
  if (!(error instanceof z.ZodError)) throw error;
  return new z.ZodError(error.issues.map((issue) => ({ ...issue, path: [...place, ...issue.path] })));
}
