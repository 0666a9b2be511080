import { z } from "zod";
import { isSnowflake } from "../snowflake.js";
import { badLength, fault, missing } from "./form.js";

/** A field that may be left out or null; either way it becomes `undefined`. */
export function maybe<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => value ?? undefined);
}

/**
 * Text of `min` to `max` characters (UTF-16 units), which is trimmed as Discord does. Blank text is no text; the space
 * around it counts towards `max`, as Discord's API description says.
 */
export function text(min: number, max: number) {
  return z
    .string()
    .superRefine((value, context) => {
      const blank = min > 0 && value.trim() === "";
      if (blank) missing(context);
      else if (value.length < min || value.length > max) badLength(context, [], min, max);
    })
    .trim();
}

/** A list of `min` to `max` items. */
export function list<T extends z.ZodType>(item: T, min: number, max: number) {
  return z.array(item).superRefine((items, context) => {
    if (items.length < min || items.length > max) badLength(context, [], min, max);
  });
}

export const snowflake = z.string().superRefine((value, context) => {
  if (!isSnowflake(value)) fault(context, [], "NUMBER_TYPE_COERCE", "Value is not snowflake.");
});

export const timestamp = z.string().superRefine((value, context) => {
  if (!/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d|$)/.test(value) || Number.isNaN(Date.parse(value))) {
    fault(context, [], "DATE_TIME_TYPE_PARSE", `Could not parse ${value}. Should be ISO8601.`);
  }
});

export const customId = text(1, 100);

/** The largest 24-bit colour. */
export const color = z.int().min(0).max(0xffffff);

function address(schemes: readonly string[]) {
  return z.string().superRefine((value, context) => {
    const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(value)?.[1]?.toLowerCase() ?? "";
    if (!schemes.includes(scheme)) {
      const known = schemes.map((name) => `'${name}'`).join(", ");
      const said = `Scheme "${scheme}" is not supported. Scheme must be one of (${known}).`;
      fault(context, [], "URL_TYPE_INVALID_SCHEME", said);
    } else if (value.length > 2048) {
      badLength(context, [], 0, 2048);
    } else if (/\s/.test(value) || !URL.canParse(value) || new URL(value).hostname === "") {
      fault(context, [], "URL_TYPE_INVALID_URL", "Not a well formed URL.");
    }
  });
}

/** A link: http or https, at most 2048 characters. */
export const link = address(["http", "https"]);

/** A picture or a file: a link, or `attachment://name` of a file sent along. */
export const media = address(["http", "https", "attachment"]);

const unicodeEmoji = /\p{Extended_Pictographic}|\p{Regional_Indicator}|[0-9#*]\uFE0F?\u20E3/u;

/** A custom emoji by id, or a Unicode emoji by `name`. */
export const emoji = z
  .object({ id: maybe(snowflake), name: maybe(z.string()), animated: maybe(z.boolean()) })
  .superRefine((value, context) => {
    if (value.id === undefined && !unicodeEmoji.test(value.name ?? "")) {
      fault(context, ["name"], "BUTTON_COMPONENT_INVALID_EMOJI", "Invalid emoji");
    }
  });
