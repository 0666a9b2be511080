import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { type Answer, type GameRequest, header } from "../http/answer.js";
import { type DatabaseFile, databaseFiles } from "./files.js";

interface ReadyFile {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/**
 * Serves the item database as a raw file host does: ETag, 304, plain text 404, JSON compressed for whoever takes it. Files
 * are made at the first request.
 */
export class ItemServer {
  readonly #files = databaseFiles();
  readonly #ready = new Map<string, ReadyFile>();

  /** `path` is relative to the database's root: `ru/listing.json`. */
  answer(request: GameRequest, path: string): Answer {
    const file = this.#read(path, header(request, "accept-encoding")?.includes("gzip") ?? false);
    if (file === undefined || (request.method !== "GET" && request.method !== "HEAD")) {
      return { status: 404, headers: { "content-type": "text/plain; charset=utf-8" }, body: "404: Not Found" };
    }
    const known = header(request, "if-none-match")?.split(/\s*,\s*/) ?? [];
    const etag = file.headers.etag ?? "";
    const fresh = known.some((tag) => tag === "*" || strong(tag) === strong(etag));
    return fresh ? { status: 304, headers: { etag }, body: "" } : { status: 200, ...file };
  }

  #read(path: string, compressed: boolean): ReadyFile | undefined {
    const file = this.#files.get(path);
    if (file === undefined) return undefined;
    const packs = compressed && file.type === "application/json";
    const key = `${packs ? "gzip" : "plain"}:${path}`;
    const ready = this.#ready.get(key) ?? make(file, packs);
    this.#ready.set(key, ready);
    return ready;
  }
}

function make({ type, content }: DatabaseFile, packs: boolean): ReadyFile {
  const body = content();
  const tag = `"${createHash("sha256").update(body).digest("hex").slice(0, 40)}"`;
  const headers = { "content-type": type, "cache-control": "max-age=300", vary: "accept-encoding" };
  return packs
    ? { body: gzipSync(body), headers: { ...headers, etag: `W/${tag}`, "content-encoding": "gzip" } }
    : { body, headers: { ...headers, etag: tag } };
}

function strong(tag: string): string {
  return tag.replace(/^W\//, "");
}
