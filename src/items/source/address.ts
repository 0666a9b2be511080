import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { Agent, request, type Dispatcher } from "undici";
import { atMost, DAY_MS, type Clock } from "../../time.js";
import { SourceError, type Asking, type Source } from "./source.js";

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const MAX_REDIRECTS = 3;
const LONGEST_PAUSE_MS = DAY_MS;

/** The item database behind an http(s) address. A file's version is its ETag, or else its date. */
export function addressSource(address: string, clock: Clock): Source {
  const root = address.replace(/\/+$/, "");
  // It is asked seldom: a connection kept open would often be closed by the other side just when it is used again.
  const dispatcher = new Agent({ pipelining: 0 });
  /** The source asked for a pause until then; all its files are one host's. */
  let pausedUntil = 0;
  return {
    async read(path, asking) {
      if (clock.now() < pausedUntil) throw new SourceError("is not to be asked yet", { retryAt: pausedUntil });
      try {
        return await ask(new URL(`${root}/${path}`), dispatcher, asking, clock);
      } catch (error) {
        const failure = error instanceof SourceError ? error : new SourceError(reasonOf(error));
        pausedUntil = Math.max(pausedUntil, failure.retryAt ?? 0);
        throw failure;
      }
    },
  };
}

/** What `retry-after` says, in seconds or as a date; a day at most. */
function retryAtOf(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const at = /^\d+$/.test(header) ? now + Number(header) * 1_000 : Date.parse(header);
  return Number.isNaN(at) || at <= now ? undefined : Math.min(at, now + LONGEST_PAUSE_MS);
}

async function ask(
  url: URL,
  dispatcher: Dispatcher,
  { known, limit, patience, signal }: Asking,
  clock: Clock,
): ReturnType<Source["read"]> {
  const headers = { "accept-encoding": "gzip", ...(known !== undefined && ifChanged(known)) };
  const patient = atMost(patience, signal);
  const answer = await follow(url, { dispatcher, headers, signal: patient });
  const { statusCode, body } = answer;
  if (statusCode === 200) {
    const { etag, "last-modified": date, "content-encoding": encoding } = answer.headers;
    return { bytes: await contentOf(body, textOf(encoding), limit), version: textOf(etag) ?? textOf(date) };
  }
  await body.dump();
  if (statusCode === 304 && known !== undefined) return "unchanged";
  if (statusCode === 404 || statusCode === 410) return "missing";
  const retryAt = retryAtOf(textOf(answer.headers["retry-after"]), clock.now());
  throw new SourceError(`answered ${statusCode}`, { retryAt });
}

/** Redirects are followed a few times, and never from https to http. */
async function follow(
  url: URL,
  options: { readonly dispatcher: Dispatcher; readonly headers: Record<string, string>; readonly signal: AbortSignal },
): Promise<Dispatcher.ResponseData> {
  let at = url;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const answer = await request(at, options);
    const location = REDIRECTS.has(answer.statusCode) ? textOf(answer.headers.location) : undefined;
    if (location === undefined) return answer;
    await answer.body.dump();
    const next = new URL(location, at);
    if (!/^https?:$/.test(next.protocol) || (at.protocol === "https:" && next.protocol !== "https:")) break;
    at = next;
  }
  throw new SourceError("redirects somewhere else");
}

/** An ETag begins with a quotation mark, which no date does. */
function ifChanged(version: string): Record<string, string> {
  return /^(W\/)?"/.test(version) ? { "if-none-match": version } : { "if-modified-since": version };
}

function textOf(header: string | string[] | undefined): string | undefined {
  return typeof header === "string" ? header : undefined;
}

async function contentOf(body: Readable, encoding: string | undefined, limit: number): Promise<Buffer> {
  if (encoding === undefined || encoding === "identity") return limited(body, limit);
  body.on("error", (error) => plain.destroy(error));
  const plain = createGunzip();
  try {
    if (encoding !== "gzip") throw new SourceError("answers in an encoding that was not requested");
    return await limited(body.pipe(plain), limit);
  } finally {
    body.destroy();
  }
}

/** Counts what comes out: a small compressed file can be a large one. */
async function limited(stream: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) throw new SourceError("is larger than such a file can be");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "failed";
  if (error.name === "TimeoutError" || error.name === "AbortError") return "gave no answer in time";
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? "gave no proper answer" : `could not be reached (${code})`;
}
