export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** A whole string, or a whole number. Linear on valid JSON, which is all it is used on. */
const stringOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const integer = /^-?\d{16,}$/;
const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket] = [34, 92, 123, 125, 91, 93];

/** Deeper than anything the API sends, and far from what the engine's stack can take. */
const deepest = 64;

/** JSON that is nested deeper than any answer is. */
export class TooDeepError extends SyntaxError {}

/**
 * `JSON.parse`, except that an integer beyond ±(2^53 - 1), which a number cannot hold, becomes a string of its exact
 * decimal digits.
 *
 * @throws TooDeepError; SyntaxError when `text` is not JSON. Its message quotes the text: do not pass it on.
 */
export function parseJson(text: string): unknown {
  return exactly(parseQuickly(text), text);
}

/** `JSON.parse`. What it gives may be nested to any depth, and its long integers are rounded. @throws as `parseJson`. */
export function parseQuickly(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw isTooDeep(text) ? new TooDeepError("nested too deeply") : error;
  }
}

/** What `parseJson` gives, of what `parseQuickly` gave. @throws TooDeepError */
export function exactly(value: unknown, text: string): unknown {
  if (!(isParent(value) ? holdsLongNumber(value, deepest) : isLong(value))) return value;
  const exact = text.replace(stringOrNumber, (token) =>
    integer.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token,
  );
  return JSON.parse(exact);
}

/**
 * True when there is a number in it beyond ±(2^53 - 1): only then has an integer lost digits. To look at what `JSON.parse`
 * gave, which itself takes any depth, is many times faster than to look at the text.
 *
 * @throws TooDeepError when there are more than `levels` lists and objects inside of one another.
 */
function holdsLongNumber(parent: object, levels: number): boolean {
  if (levels === 0) throw new TooDeepError("nested too deeply");
  let found = false;
  if (Array.isArray(parent)) {
    for (const inner of parent)
      if (isLong(inner) || (isParent(inner) && holdsLongNumber(inner, levels - 1))) found = true;
  } else if (isObject(parent)) {
    // A list of names would be made for each of hundreds of objects.
    for (const key in parent) {
      const inner = parent[key];
      if (isLong(inner) || (isParent(inner) && holdsLongNumber(inner, levels - 1))) found = true;
    }
  }
  return found;
}

function isParent(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Brackets are counted outside of strings only; looks at each character once. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at);
    else if (code === openBrace || code === openBracket) {
      depth += 1;
      if (depth > deepest) return true;
    } else if (code === closeBrace || code === closeBracket) depth -= 1;
  }
  return false;
}

/** Where the string that begins at `start` ends; the end of the text when it does not. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === backslash) at += 1;
    else if (code === quote) return at;
  }
  return text.length;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Not Infinity, which `JSON.parse` makes of 1e999. */
export function isFiniteNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

/** A number that may be an integer which lost digits, or Infinity. */
export function isLong(value: unknown): value is number {
  return typeof value === "number" && Math.abs(value) > Number.MAX_SAFE_INTEGER;
}

export function isShortNumber(value: unknown): value is number {
  return typeof value === "number" && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}

export function countKeys(object: Readonly<Record<string, unknown>>): number {
  let count = 0;
  for (const _key in object) count += 1;
  return count;
}

/** A deep copy of a parsed JSON object without the fields that are null. Elements of lists stay as they are. */
export function copyWithoutNulls(object: Readonly<Record<string, unknown>>): JsonObject {
  const fields: Record<string, JsonValue> = {};
  for (const key of Object.keys(object)) {
    const value = object[key];
    if (value === null || value === undefined) continue;
    if (key === "__proto__") define(fields, key, copy(value));
    else fields[key] = copy(value);
  }
  return fields;
}

/** Makes a field of a name that an assignment would take for something else. */
function define(object: object, key: string, value: JsonValue): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

function copy(value: unknown): JsonValue {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map(copy);
  return isObject(value) ? copyWithoutNulls(value) : null;
}
