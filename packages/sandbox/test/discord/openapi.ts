import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { RequestRecord } from "../../src/discord/index.js";

/** Discord's own API description, which is next to a development checkout; absent elsewhere. */
const file = fileURLToPath(new URL("../../../../../shared/discord/openapi.json", import.meta.url));

/** Whether there is a description to check against; tests that need it skip without. */
export const openApiAvailable = existsSync(file);

/** Says what Discord's API description finds wrong with a request's body: nothing, or one line per fault. */
export type RequestChecker = (request: Pick<RequestRecord, "method" | "route" | "body">) => string[];

/**
 * Reads the description (1.2 MB) and gives a checker for the requests a simulator recorded. Routes whose bodies
 * are not described in `schemaFor` are let through.
 *
 * @throws when there is none; see `openApiAvailable`
 */
export function openApiChecker(): RequestChecker {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  for (const format of ["int32", "int64", "double", "snowflake", "nonce"]) ajv.addFormat(format, true);
  ajv.addFormat("uri", (text: string) => URL.canParse(text));
  ajv.addFormat("date-time", (text: string) => !Number.isNaN(Date.parse(text)));
  const spec: unknown = JSON.parse(readFileSync(file, "utf8"));
  ajv.addSchema(spec as object, "discord");
  const compiled = new Map<string, ValidateFunction>();
  return ({ method, route, body }) => {
    const name = schemaFor(method, route, body);
    if (name === undefined) return [];
    let validate = compiled.get(name);
    if (validate === undefined) {
      const reference = { $ref: `discord#/components/schemas/${name}` };
      validate = ajv.compile(method === "PUT" ? { type: "array", items: reference } : reference);
      compiled.set(name, validate);
    }
    if (validate(withoutExtras(body))) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message }) => `${name} ${instancePath}: ${message ?? "invalid"}`,
    );
  };
}

const callbacks: Readonly<Record<number, string>> = {
  1: "PongInteractionCallbackRequest",
  4: "CreateMessageInteractionCallbackRequest",
  5: "CreateMessageInteractionCallbackRequest",
  6: "UpdateMessageInteractionCallbackRequest",
  7: "UpdateMessageInteractionCallbackRequest",
  8: "ApplicationCommandAutocompleteCallbackRequest",
  9: "ModalInteractionCallbackRequest",
};

/** The schema of a request's body, by its route and, for callbacks, its type. */
function schemaFor(method: string, route: string, body: unknown): string | undefined {
  if (route.endsWith("/callback")) {
    const type = typeof body === "object" && body !== null && "type" in body ? Number(body.type) : NaN;
    return callbacks[type] ?? "CreateMessageInteractionCallbackRequest";
  }
  switch (`${method} ${route.replace("/guilds/:guild/commands", "/commands")}`) {
    case "POST /webhooks/:application/:token":
      return "IncomingWebhookRequestPartial";
    case "PATCH /webhooks/:application/:token/messages/:message":
      return "IncomingWebhookUpdateRequestPartial";
    case "POST /channels/:channel/messages":
      return "MessageCreateRequest";
    case "PATCH /channels/:channel/messages/:message":
      return "MessageEditRequestPartial";
    case "PUT /applications/:application/commands":
      return "ApplicationCommandUpdateRequest";
    case "POST /applications/:application/commands":
      return "ApplicationCommandCreateRequest";
    case "PATCH /applications/:application/commands/:command":
      return "ApplicationCommandPatchRequestPartial";
    default:
      return undefined;
  }
}

/** Without what discord.js adds though it says nothing, and with permissions as the number the description wants. */
function withoutExtras(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutExtras);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(
    ([key, field]) => field !== null && !((key === "tts" || key === "enforce_nonce") && field === false),
  );
  return Object.fromEntries(
    kept.map(([key, field]: [string, unknown]) => [
      key,
      key === "default_member_permissions" && typeof field === "string" ? Number(field) : withoutExtras(field),
    ]),
  );
}
