import { DiscordAPIError } from "discord.js";
import { z } from "zod";

/** Discord will not register the commands as they are, or not there: the message says what it objects to. */
export class CommandsRefusedError extends Error {
  override readonly name = "CommandsRefusedError";
}

/** This many objections are enough to see what is wrong. */
const SHOWN = 10;
/** No token, and too many requests: that is not about the commands. */
const OTHER_MATTERS = new Set([401, 408, 429]);

const objection = z.object({ message: z.string(), code: z.string().optional().catch(undefined) });

/**
 * What Discord objects to in `definitions`, command and field by name: `/price, options.item.description: Must be …`.
 * Undefined for an error that is not about them, or that may pass.
 */
export function refusalOf(error: unknown, definitions: readonly unknown[]): CommandsRefusedError | undefined {
  if (!(error instanceof DiscordAPIError) || error.status < 400 || error.status >= 500) return undefined;
  if (OTHER_MATTERS.has(error.status)) return undefined;
  const { rawError } = error;
  const found = "errors" in rawError ? [...objections(rawError.errors, definitions, [])] : [];
  const more = found.length > SHOWN ? [`and ${found.length - SHOWN} more`] : [];
  const summary = `${error.message.split("\n", 1)[0]} (code ${error.code}, status ${error.status})`;
  return new CommandsRefusedError([summary, ...found.slice(0, SHOWN), ...more].join("; "));
}

/** Discord mirrors what it was sent, with `_errors` in the places that it does not like. */
function* objections(errors: unknown, sent: unknown, path: readonly string[]): Generator<string> {
  if (!isObject(errors)) return;
  for (const [key, inner] of Object.entries(errors)) {
    if (key === "_errors" && Array.isArray(inner)) {
      for (const one of inner) {
        const { data } = objection.safeParse(one);
        if (data) yield `${where(path)}: ${data.message}${data.code === undefined ? "" : ` (${data.code})`}`;
      }
      continue;
    }
    const below = isObject(sent) ? sent[key] : undefined;
    const label = Array.isArray(sent) ? (nameOf(below) ?? key) : key;
    yield* objections(inner, below, [...path, label]);
  }
}

function where([command, ...field]: readonly string[]): string {
  if (command === undefined) return "all";
  return field.length === 0 ? `/${command}` : `/${command}, ${field.join(".")}`;
}

function nameOf(value: unknown): string | undefined {
  return z.object({ name: z.string() }).safeParse(value).data?.name;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
