import { refusals } from "../refusals.js";
import { LimitedError } from "../errors.js";
import type { RestFault } from "./faults.js";
import type { Answer } from "./router.js";

/** What is answered instead; `undefined` for a fault that only delays. A request without an answer has status 0. */
export function failure(fault: RestFault): Answer | undefined {
  const { code = 0, drop, hang, global = false } = fault;
  if (drop === true || hang === true) return { status: 0 };
  const [usual, message] = refusals.get(code) ?? [];
  const { status = usual, scope = global ? "global" : "user", retryAfter = status === 429 ? 0.05 : undefined } = fault;
  if (status === undefined) return undefined;
  if (status === 429) return limited(new LimitedError(retryAfter ?? 0, { code, scope }));
  const said = message ?? `${status}: an injected fault`;
  if (retryAfter === undefined) return { status, json: { message: said, code } };
  const headers = { "retry-after": String(retryAfter) };
  return { status, json: { message: said, code, retry_after: retryAfter }, headers };
}

/** A refusal of a limit, with what its headers tell. */
export function limited(error: LimitedError): Answer {
  const { status, retryAfter, scope, code } = error;
  const wait = String(retryAfter);
  const headers = {
    "retry-after": wait,
    via: "1.1 google",
    "x-ratelimit-scope": scope,
    // No header tells of a limit within the route's own, which has a code: only the wait comes with it.
    ...(code === 0 && { "x-ratelimit-reset-after": wait }),
    ...(scope === "global" && { "x-ratelimit-global": "true" }),
    ...(scope !== "global" && code === 0 && { "x-ratelimit-limit": "5", "x-ratelimit-remaining": "0" }),
  };
  return { status, json: error.body(), headers };
}
