import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { RequestRecord } from "../../src/discord/index.js";

/** Discord's own API description, which is next to a development checkout; absent elsewhere. */
const file = fileURLToPath(new URL("../../../../../shared/discord/openapi.json", import.meta.url));

/** Whether there is a description to check against; tests that need it skip without. */
export const openApiAvailable = existsSync(file);

/** Says what Discord's API description finds wrong with a request's body: nothing, or one line per fault. */
export type RequestChecker = (request: Pick<RequestRecord, "method" | "route" | "body">) => string[];

/** The same of an answer's body. */
export type AnswerChecker = (answer: {
  readonly method: string;
  /** As called, after `/api/v10`, without its query. */
  readonly path: string;
  readonly status: number;
  readonly json: unknown;
}) => string[];

/**
 * Reads the description (1.2 MB) and gives a checker for the requests a simulator recorded. Those whose bodies it does not
 * describe are let through.
 *
 * @throws when there is none; see `openApiAvailable`
 */
export function openApiChecker(): RequestChecker {
  const description = new Description();
  return ({ method, route, body }) => {
    const schema = interactionSchema(method, route, body) ?? description.schemaOf(method, route, "request");
    return schema === undefined ? [] : description.faultsOf(schema, withoutExtras(body));
  };
}

/** The same for answers; one that it does not know is a fault. @throws when there is no description */
export function openApiAnswerChecker(): AnswerChecker {
  const description = new Description();
  return ({ method, path, status, json }) => {
    const name = `${method} ${path} -> ${status}`;
    const schema = description.schemaOf(method, path, status);
    if (schema === undefined) return description.hasAnswer(method, path, status) ? [] : [`${name} is not described`];
    return description.faultsOf(schema, json).map((fault) => `${name}: ${fault}`);
  };
}

const content = z.object({ content: z.object({ "application/json": z.unknown() }) });
const shape = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
});
const operation = z.object({ requestBody: z.unknown().optional(), responses: z.record(z.string(), z.unknown()) });

class Description {
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #paths: z.infer<typeof shape>["paths"];
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor() {
    const spec: unknown = JSON.parse(readFileSync(file, "utf8"));
    for (const format of ["int32", "int64", "double", "snowflake", "nonce"]) this.#ajv.addFormat(format, true);
    this.#ajv.addFormat("uri", (text: string) => URL.canParse(text));
    this.#ajv.addFormat("date-time", (text: string) => !Number.isNaN(Date.parse(text)));
    this.#ajv.addSchema(spec as object, "discord");
    this.#paths = shape.parse(spec).paths;
  }

  /** Where the schema of a body stands; undefined: there is none. @param of the status of an answer */
  schemaOf(method: string, path: string, of: "request" | number): string | undefined {
    const found = this.#operation(method, path);
    const part = of === "request" ? found?.operation.requestBody : found?.operation.responses[of];
    if (found === undefined || !content.safeParse(part).success) return undefined;
    const place = of === "request" ? ["requestBody"] : ["responses", String(of)];
    return pointer(["paths", found.path, method.toLowerCase(), ...place, "content", "application/json", "schema"]);
  }

  hasAnswer(method: string, path: string, status: number): boolean {
    return this.#operation(method, path)?.operation.responses[status] !== undefined;
  }

  faultsOf(schema: string, value: unknown): string[] {
    let validate = this.#compiled.get(schema);
    if (validate === undefined) {
      validate = this.#ajv.compile({ $ref: `discord#${schema}` });
      this.#compiled.set(schema, validate);
    }
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath}: ${message ?? "invalid"} ${JSON.stringify(params)}`,
    );
  }

  #operation(method: string, path: string) {
    const wanted = path.split("/");
    const fits = (one: string) => {
      const parts = one.split("/");
      return parts.length === wanted.length && parts.every((part, n) => part.startsWith("{") || part === wanted[n]);
    };
    // "@me" before any user.
    const [found] = Object.keys(this.#paths)
      .filter((one) => fits(one) && this.#paths[one]?.[method.toLowerCase()] !== undefined)
      .sort((a, b) => a.split("{").length - b.split("{").length);
    if (found === undefined) return undefined;
    return { path: found, operation: operation.parse(this.#paths[found]?.[method.toLowerCase()]) };
  }
}

function pointer(parts: readonly string[]): string {
  return parts.map((part) => `/${encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))}`).join("");
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

/** Of the bodies of which the description has several, the one that is meant: by route and, for callbacks, type. */
function interactionSchema(method: string, route: string, body: unknown): string | undefined {
  const type = typeof body === "object" && body !== null && "type" in body ? Number(body.type) : NaN;
  const name = route.endsWith("/callback")
    ? (callbacks[type] ?? "CreateMessageInteractionCallbackRequest")
    : webhookSchemas[`${method} ${route}`];
  return name && pointer(["components", "schemas", name]);
}

const webhookSchemas: Readonly<Record<string, string>> = {
  "POST /webhooks/:application/:token": "IncomingWebhookRequestPartial",
  "PATCH /webhooks/:application/:token/messages/:message": "IncomingWebhookUpdateRequestPartial",
};

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
