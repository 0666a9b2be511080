/** What the simulator was asked, without the socket. */
export interface GameRequest {
  readonly method: string;
  /** Percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Reads the whole body as text; rejects when it is too long or the sender goes away. */
  readonly readBody: () => Promise<string>;
}

/** What it answers. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** What it took from the caller's budget. */
  readonly cost?: number;
}

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return rawJson(status, JSON.stringify(value), headers);
}

/** JSON that is text already (numbers that JavaScript cannot hold). */
export function rawJson(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { "content-type": "application/json", ...headers }, body };
}

/** The API's error body. */
export function problemBody(status: number, title: string, details: Readonly<Record<string, unknown>> = {}): Answer {
  return json(status, { title, status, details });
}

/** An error the API answers with; thrown by routes. */
export class Problem extends Error {
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(status: number, title: string, details: Readonly<Record<string, unknown>> = {}) {
    super(title);
    this.name = "Problem";
    this.status = status;
    this.details = details;
  }

  toAnswer(): Answer {
    return problemBody(this.status, this.message, this.details);
  }
}

/** One header as text. */
export function header(request: GameRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" ? value : undefined;
}
