import { z } from "zod";
import { isObject } from "../json.js";

const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/;
const utcSeconds = /^[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;
const zone = /(?:Z|[+-]\d{2}:?\d{2})$/;

/** An ISO 8601 time of any precision, as a `Date` (which keeps milliseconds). Without a zone it is UTC. */
export function parseTime(text: string): Date | undefined {
  // Nearly all times look like "2024-01-05T21:51:12Z", and reading them this way is several times faster.
  if (utcSeconds.test(text)) return new Date(readUtcSeconds(text));
  if (!isoTime.test(text)) return undefined;
  const date = new Date(zone.test(text) ? text : `${text}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function readUtcSeconds(text: string): number {
  const two = (at: number): number => text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528;
  return Date.UTC(two(0) * 100 + two(2), two(5) - 1, two(8), two(11), two(14), two(17));
}

export const time = z.string().transform((text, context) => {
  const date = parseTime(text);
  if (date !== undefined) return date;
  context.issues.push({ code: "custom", message: "expected an ISO 8601 time", input: text });
  return z.NEVER;
});

/** A time that stays the text it is until somebody asks: where there are hundreds, nobody looks at most of them. */
export const timeText = z.string().refine((text) => parseTime(text) !== undefined, "expected an ISO 8601 time");

/** True of a time as nearly all are. */
export function isUsualTime(value: unknown): value is string {
  return typeof value === "string" && utcSeconds.test(value);
}

/** The `Date` of what `timeText` or `isUsualTime` accepted. */
export function readTime(text: string): Date {
  return parseTime(text) ?? new Date(NaN);
}

/** Absent and null both mean that there is none. */
export function optional<S extends z.ZodType>(schema: S) {
  return schema.nullish().transform((value) => value ?? undefined);
}

/** The digits that `parseJson` makes of an integer too long to be exact; rounded. Undefined where there is no such number. */
export function longInteger(value: unknown): number | undefined {
  if (typeof value !== "string" || !/^-?\d{16,}$/.test(value)) return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** Whole rubles, sent as an integer or as a float; a number too long to be exact is rounded. */
export const price = z.preprocess((value) => longInteger(value) ?? value, z.number());

/** An id of 64 bits: a number while it is exact, else (see `parseJson`) a string of its digits. */
export const longId = z.union([z.int().transform(String), z.string().min(1)]);

/**
 * What `schema` finds wrong with `json`. For long lists that were checked in place: a schema makes several
 * objects for each that it reads.
 */
export function problemsOf(schema: z.ZodType, json: unknown): z.ZodError {
  return schema.safeParse(json).error ?? new z.ZodError([]);
}

/** A JSON object, kept as it came for a class to read. */
export const jsonObject = z.custom<Readonly<Record<string, unknown>>>(isObject, "expected an object");
