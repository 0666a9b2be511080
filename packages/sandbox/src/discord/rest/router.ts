import type { UploadedFile } from "../attachments.js";

/** A request as a route's handler sees it. */
export interface Call {
  readonly query: URLSearchParams;
  readonly json: unknown;
  readonly files: readonly UploadedFile[];
  /** What the audit log is to say, as it was sent: URL-encoded. */
  readonly reason: string | undefined;
}

/** An answer. No `json` and no `raw`: 204 without a content type. */
export interface Answer {
  readonly status: number;
  readonly json?: unknown;
  readonly raw?: { readonly type: string; readonly data: Buffer };
  /** In place of the route's usual ones. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Gets the values of the route's parameters in order. */
export type Handler = (call: Call, ...parameters: string[]) => Answer;

export interface Route {
  readonly method: string;
  /** As in Discord's docs, `/channels/:channel/messages`. */
  readonly path: string;
  /** Whether it needs the bot's token. */
  readonly auth: boolean;
  readonly handle: Handler;
}

export const noContent: Answer = { status: 204 };

export function ok(json: unknown, status = 200): Answer {
  return { status, json };
}

/** Finds routes by method and path. */
export class Router {
  readonly #byLength = new Map<number, { route: Route; segments: string[] }[]>();

  constructor(routes: readonly Route[]) {
    for (const route of routes) {
      const segments = route.path.split("/");
      const bucket = this.#byLength.get(segments.length) ?? [];
      this.#byLength.set(segments.length, [...bucket, { route, segments }]);
    }
  }

  /** The route for a decoded path; `"method"` when only the method is wrong, `undefined` when there is none. */
  find(method: string, path: string): { route: Route; parameters: string[] } | "method" | undefined {
    const given = path.split("/");
    let otherMethod = false;
    for (const { route, segments } of this.#byLength.get(given.length) ?? []) {
      if (!segments.every((segment, index) => segment.startsWith(":") || segment === given[index])) continue;
      if (route.method === method) {
        return { route, parameters: given.filter((_, index) => segments[index]?.startsWith(":")) };
      }
      otherMethod = true;
    }
    return otherMethod ? "method" : undefined;
  }
}
