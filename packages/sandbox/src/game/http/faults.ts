import { type Answer, problemBody } from "./answer.js";

/** What can go wrong between a client and the API. */
export type Fault =
  /** An error answer: 502 is a proxy's HTML page, others have the API's own body. */
  | { readonly kind: "status"; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** The right answer, `ms` milliseconds late. */
  | { readonly kind: "slow"; readonly ms: number }
  /** The connection stays open and nothing comes. */
  | { readonly kind: "hang" }
  /** The socket is destroyed. */
  | { readonly kind: "reset" }
  /** Half of the right body, as if it were all. */
  | { readonly kind: "truncated" }
  /** JSON, but not what the endpoint promises. */
  | { readonly kind: "wrongShape" }
  /** 200 with `text/plain` and no body. */
  | { readonly kind: "empty" }
  /** A list without its last rows, though its total counts them. */
  | { readonly kind: "short"; readonly missing: number }
  /** A list of nothing; what counts it says so, too. */
  | { readonly kind: "emptyList" };

export interface FaultScope {
  /** Which requests: a text that the path, or the path with its query, contains, or an expression. Default: all. */
  readonly path?: string | RegExp;
  /** Only requests with the token of this player (`landmarks.accounts`). */
  readonly login?: string;
  /** How many requests it meets. Default: until cleared. */
  readonly times?: number;
}

interface Rule {
  readonly fault: Fault;
  readonly path: string | RegExp | undefined;
  readonly login: string | undefined;
  left: number;
}

/** Faults on demand. The rule that was added first and fits meets the request. */
export class Faults {
  #rules: Rule[] = [];

  /** Adds a fault; the returned function takes it away again. */
  add(fault: Fault, { path, login, times = Infinity }: FaultScope = {}): () => void {
    const rule = { fault, path, login, left: times };
    this.#rules.push(rule);
    return () => {
      this.#rules = this.#rules.filter((other) => other !== rule);
    };
  }

  clear(): void {
    this.#rules = [];
  }

  /** The fault that meets a request to `path`, counted as used. @param login tells the player whose token it has */
  take(path: string, query = "", login: () => string | undefined = () => undefined): Fault | undefined {
    const places = query === "" ? [path] : [path, `${path}?${query}`];
    const rule = this.#rules.find(
      (candidate) =>
        candidate.left > 0 &&
        (candidate.login === undefined || candidate.login === login()) &&
        places.some((place) => matches(candidate.path, place)),
    );
    if (rule === undefined) return undefined;
    rule.left--;
    if (rule.left <= 0) this.#rules = this.#rules.filter((other) => other !== rule);
    return rule.fault;
  }
}

function matches(pattern: string | RegExp | undefined, path: string): boolean {
  if (pattern === undefined) return true;
  return typeof pattern === "string" ? path.includes(pattern) : path.search(pattern) >= 0;
}

const TITLES: Readonly<Record<number, string>> = { 429: "Rate limit exceeded", 500: "Internal server error" };

/** The answer of an error that something in front of the API gave. */
export function errorAnswer(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  if (status !== 502) {
    const answer = problemBody(status, TITLES[status] ?? "Error");
    return { ...answer, headers: { ...answer.headers, ...headers } };
  }
  const body = "<!DOCTYPE html>\n<html><head><title>502</title></head><body><h1>Bad gateway</h1></body></html>\n";
  return { status, headers: { "content-type": "text/html; charset=UTF-8", ...headers }, body };
}

/** What a fault makes of the right answer. */
export function spoil(fault: Fault, answer: Answer): Answer {
  const { "content-encoding": _encoding, ...headers } = answer.headers;
  switch (fault.kind) {
    case "truncated":
      return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) };
    case "wrongShape":
      return { ...answer, status: 200, headers, body: JSON.stringify({ unexpected: ["shape"] }) };
    case "empty":
      return { ...answer, status: 200, headers: { ...headers, "content-type": "text/plain" }, body: "" };
    case "short":
      return { ...answer, body: withRows(answer.body, (rows) => rows.slice(0, -fault.missing)) };
    case "emptyList":
      return { ...answer, body: withRows(answer.body, () => [], 0) };
    case "status":
    case "slow":
    case "hang":
    case "reset":
      return answer;
  }
}

/** The body with other rows: of a list itself, or of the one list in an object (whose total may be another, too). */
function withRows(body: Answer["body"], change: (rows: unknown[]) => unknown[], total?: number): string {
  const told: unknown = JSON.parse(String(body));
  if (Array.isArray(told)) return JSON.stringify(change(told));
  const fields = Object.entries(told ?? {}).map(([key, value]: [string, unknown]) => {
    if (Array.isArray(value)) return [key, change(value)] as const;
    return [key, total !== undefined && key.startsWith("total") ? total : value] as const;
  });
  return JSON.stringify(Object.fromEntries(fields));
}
