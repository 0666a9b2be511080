import { Locale } from "discord-api-types/v10";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { z } from "zod";
import { speeds, troubles } from "./page/protocol.js";

const id = z.string().regex(/^\d{17,20}$/, "must be an id of 17 to 20 digits");
const name = z.string().min(1).max(100);
const customId = z.string().min(1).max(100);
const typed = z.string().max(6000);
const optionValues = z.record(name, z.union([typed, z.number(), z.boolean()])).default({});

/** Who asks, where, in which language. All may be left out: the first person, in the first channel, in English. */
const standpoint = {
  person: name.optional(),
  channel: name.optional(),
  locale: z.enum(Locale).default(Locale.EnglishUS),
};

export const viewer = z.object(standpoint);
export type Viewer = z.infer<typeof viewer>;

/** `command` with its sub-command: `clan info`. */
export const slash = z.object({ ...standpoint, command: name, options: optionValues });
export const autocomplete = z.object({ ...slash.shape, option: name, typed });
export const click = z.object({ ...standpoint, message: id, customId });
export const select = z.object({ ...click.shape, values: z.array(z.string().max(100)).max(25) });
/** `interaction`: the one that opened the modal. */
export const submit = z.object({
  ...standpoint,
  interaction: id,
  fields: z
    .record(customId, z.union([z.string().max(4000), z.boolean(), z.array(z.string().max(100)).max(25)]))
    .default({}),
});
/** One change of the simulated world. */
export const world = z.union([
  z.strictObject({ speed: z.literal(speeds) }),
  z.strictObject({ trouble: z.enum(troubles) }),
  z.strictObject({ emission: name }),
  z.strictObject({ endEmission: name }),
  z.strictObject({
    lot: z.strictObject({
      region: name,
      item: name,
      unitPrice: z.number().min(1).max(1e12),
      amount: z.int().min(1).max(10_000).default(1),
      quality: z.int().min(0).max(6).default(0),
      level: z.int().min(0).max(15).default(0),
    }),
  }),
]);
/** A lot that matches what the bot waits for. */
export const wish = z.object({ ...standpoint, wish: name });
export const media = z.object({ ...standpoint, message: id, url: z.url({ protocol: /^https?$/ }).max(2048) });

/** @throws HTTPException 400 that names the fields at fault; 415 for anything but JSON */
export async function readBody<T extends z.ZodType>(context: Context, schema: T): Promise<z.infer<T>> {
  if (!/^application\/json\b/i.test(context.req.header("content-type") ?? "")) {
    throw new HTTPException(415, { message: "the body must be application/json" });
  }
  const body = await context.req.text();
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new HTTPException(400, { message: "the body is not JSON" });
  }
  return checked(schema, json);
}

/** @throws HTTPException 400 that names the parameters at fault */
export function readQuery<T extends z.ZodType>(context: Context, schema: T): z.infer<T> {
  return checked(schema, context.req.query());
}

function checked<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.map(String).join(".") || "body"}: ${message}`);
  throw new HTTPException(400, { message: faults.join("; ") });
}
