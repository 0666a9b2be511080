/** JSON as text: for what `JSON.stringify` cannot write, such as `1e999` and one key twice. */
class Text {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** An object with one of its keys twice, the second time with another value. */
class Twice {
  readonly object: object;
  readonly key: string;
  readonly value: unknown;

  constructor(object: object, key: string, value: unknown) {
    this.object = object;
    this.key = key;
    this.value = value;
  }
}

export function write(value: unknown): string {
  if (value instanceof Text) return value.text;
  if (value instanceof Twice) {
    const { object, key, value: second } = value;
    const [body, more] = [write(object), `${JSON.stringify(key)}:${write(second)}}`];
    return body === "{}" ? `{${more}` : `${body.slice(0, -1)},${more}`;
  }
  if (Array.isArray(value)) return `[${value.map(write).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, one]) => one !== undefined);
  return `{${fields.map(([key, one]) => `${JSON.stringify(key)}:${write(one)}`).join()}}`;
}

const OF_ANY_TYPE: readonly unknown[] = [null, true, false, [], {}, [[]], { no: "such" }];
const NUMBERS: readonly unknown[] = [
  0,
  -0,
  1,
  -1,
  0.1,
  1.5,
  2 ** 31,
  2 ** 53,
  1e21,
  1e300,
  -1e300,
  5e-324,
  ...["1e999", "-1e999", "9".repeat(30), `-${"9".repeat(30)}`, "9".repeat(400)].map((text) => new Text(text)),
];
const NOT_NUMBERS = ["NaN", "Infinity", "-Infinity", "null", "undefined"];
const TIMES = [
  "9999-12-31T23:59:59Z",
  "0000-01-01T00:00:00Z",
  "1970-01-01T00:00:00Z",
  "+275760-09-13T00:00:00Z",
  "2024-02-31T00:00:00Z",
  "2024-13-45T99:99:99Z",
  "9999-12-31T23:59:59.999999999-23:59",
  "today",
];
const TEXTS = ["", " ", "\u200b", "\n\n", "§4", "UNKNOWN_KIND", "__proto__", "constructor", "\ud800", "`".repeat(50)];
const LONG = "long ".repeat(2_000);

/**
 * What may stand where `value` does. Words such as "NaN" do not stand where there was a text: somebody may be called so.
 */
export function oddInPlaceOf(value: unknown): unknown[] {
  const one = new Text("9".repeat(30));
  if (typeof value === "string") return [...OF_ANY_TYPE, one, 1, ...TIMES, ...TEXTS, LONG];
  if (typeof value === "number") return [...OF_ANY_TYPE, ...NUMBERS, ...NOT_NUMBERS, "", "7"];
  const [first] = Array.isArray(value) ? (value as unknown[]) : [];
  const entries = Array.isArray(value) ? [[first, null, 7, "x", {}, first]] : [];
  return [...OF_ANY_TYPE, ...entries, one, 7, "", "NaN", "null"];
}

/** The first entry of a list ten thousand times. */
export function manyOf([first]: readonly unknown[]): unknown[] {
  return Array.from({ length: 10_000 }, () => first);
}

type Step = string | number;

/** Where in `json` something can be put in place of something else. Of long lists only the first three entries. */
export function placesIn(json: unknown): Step[][] {
  const inside = Array.isArray(json)
    ? json.slice(0, 3).map((one: unknown, at) => [at, one] as const)
    : typeof json === "object" && json !== null
      ? Object.entries(json)
      : [];
  return [[], ...inside.flatMap(([step, one]) => placesIn(one).map((rest) => [step, ...rest]))];
}

export function valueAt(json: unknown, place: readonly Step[]): unknown {
  return place.reduce<unknown>((value, step) => (isParent(value) ? value[step] : undefined), json);
}

/** How a value is put in its place: instead of what is there, after it under the same key, or leaving nothing there. */
export type How = "instead" | "twice" | "missing";

/** A copy of `json` with `value` at `place`. */
export function putAt(json: unknown, place: readonly Step[], value: unknown, how: How = "instead"): unknown {
  const [step, ...rest] = place;
  if (step === undefined || !isParent(json)) return how === "missing" ? json : value;
  const copy: Record<Step, unknown> = Array.isArray(json) ? ([...(json as unknown[])] as never) : { ...json };
  if (rest.length > 0 || how === "instead" || Array.isArray(json)) copy[step] = putAt(json[step], rest, value, how);
  else if (how === "twice") return new Twice(json, String(step), value);
  else copy[step] = undefined;
  return copy;
}

function isParent(value: unknown): value is Record<Step, unknown> {
  return typeof value === "object" && value !== null && !(value instanceof Text) && !(value instanceof Twice);
}

/** Numbers from 0 to below 1, the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `json` with one to three odd values in it, and in every third entry of a long list, as text. */
export function oddlyWritten(json: unknown, random: () => number): string {
  return write(oddly(json, random));
}

function oddly(json: unknown, random: () => number): unknown {
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  let odd = inLongLists(json, (entry) => (random() < 1 / 3 ? oddly(entry, random) : entry));
  for (let changes = 1 + Math.floor(random() * 3); changes > 0; changes -= 1) {
    // Seldom the whole of it, of which little would be left.
    const places = placesIn(odd).filter(({ length }) => length > 0 || random() < 0.05);
    const place = pick(places);
    if (!place) break;
    const how = pick(["instead", "instead", "instead", "twice", "missing"] as const);
    odd = putAt(odd, place, pick(oddInPlaceOf(valueAt(json, place))), how);
  }
  return odd;
}

/** Of more entries than this, single changes would hardly be seen. */
const FEW = 3;

/** What is a long list, or has one at its top. */
function inLongLists(json: unknown, change: (entry: unknown) => unknown): unknown {
  const changed = (value: unknown): unknown => (Array.isArray(value) && value.length > FEW ? value.map(change) : value);
  if (Array.isArray(json) || !isParent(json)) return changed(json);
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, changed(value)]));
}
