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
  const value = parseShallow(text);
  if (!mayHoldLongInteger(text)) return value;
  const exact = text.replace(stringOrNumber, (token) =>
    integer.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token,
  );
  return JSON.parse(exact);
}

/** `JSON.parse` goes through a text without recursion, whatever it is; what it gives is looked at many times faster. */
function parseShallow(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw isTooDeep(text) ? new TooDeepError("nested too deeply") : error;
  }
  if (isParent(value) && isDeeper(value, deepest)) throw new TooDeepError("nested too deeply");
  return value;
}

/** True when in a list or an object there are others inside of one another, more than `levels` of them in all. */
function isDeeper(parent: object, levels: number): boolean {
  if (levels === 0) return true;
  if (Array.isArray(parent)) {
    for (const inner of parent) if (isParent(inner) && isDeeper(inner, levels - 1)) return true;
    return false;
  }
  if (!isObject(parent)) return false;
  // A list of names would be made for each of hundreds of objects.
  for (const key in parent) {
    const inner = parent[key];
    if (isParent(inner) && isDeeper(inner, levels - 1)) return true;
  }
  return false;
}

function isParent(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/**
 * True when there are sixteen digits in a row that are not the fraction of a number: only there can an integer above
 * 2^53 hide. Looks at every sixteenth character, because this runs over every answer.
 */
function mayHoldLongInteger(text: string): boolean {
  for (let at = 15; at < text.length; at += 16) {
    if (!isDigit(text, at)) continue;
    let start = at;
    while (isDigit(text, start - 1)) start -= 1;
    let end = at + 1;
    while (isDigit(text, end)) end += 1;
    if (end - start >= 16 && text[start - 1] !== ".") return true;
    at = end - 1;
  }
  return false;
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

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
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
