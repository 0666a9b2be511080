export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** A whole string, or a whole number. Linear on valid JSON, which is all it is used on. */
const stringOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const integer = /^-?\d{16,}$/;

/**
 * `JSON.parse`, except that an integer beyond ±(2^53 - 1), which a number cannot hold, becomes a string of its exact
 * decimal digits.
 *
 * @throws SyntaxError when `text` is not JSON. Its message quotes the text: do not pass it on.
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (!mayHoldLongInteger(text)) return value;
  const exact = text.replace(stringOrNumber, (token) =>
    integer.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token,
  );
  return JSON.parse(exact);
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
  const fields = Object.entries(object).filter(([, value]) => value !== null && value !== undefined);
  // fromEntries defines properties, so that a field named __proto__ stays a field.
  return Object.fromEntries(fields.map(([key, value]) => [key, copy(value)]));
}

function copy(value: unknown): JsonValue {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map(copy);
  return isObject(value) ? copyWithoutNulls(value) : null;
}
