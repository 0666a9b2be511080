import { createHash } from "node:crypto";
import { type Answer, type GameRequest, header } from "../http/answer.js";
import { databaseFiles } from "./files.js";

interface ReadyFile {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** Serves the item database as a raw file host does: ETag, 304, plain text 404. Files are made when first asked for. */
export class ItemServer {
  readonly #files = databaseFiles();
  readonly #ready = new Map<string, ReadyFile>();

  /** `path` is relative to the database's root: `ru/listing.json`. */
  answer(request: GameRequest, path: string): Answer {
    const file = this.#read(path);
    if (file === undefined || (request.method !== "GET" && request.method !== "HEAD")) {
      return { status: 404, headers: { "content-type": "text/plain; charset=utf-8" }, body: "404: Not Found" };
    }
    const known = header(request, "if-none-match")?.split(/\s*,\s*/) ?? [];
    const etag = file.headers.etag ?? "";
    const fresh = known.some((tag) => tag === "*" || tag.replace(/^W\//, "") === etag);
    return fresh ? { status: 304, headers: { etag }, body: "" } : { status: 200, ...file };
  }

  #read(path: string): ReadyFile | undefined {
    const ready = this.#ready.get(path);
    if (ready !== undefined) return ready;
    const file = this.#files.get(path);
    if (file === undefined) return undefined;
    const body = file.content();
    const etag = `"${createHash("sha256").update(body).digest("hex").slice(0, 40)}"`;
    const made = { body, headers: { "content-type": file.type, "cache-control": "max-age=300", etag } };
    this.#ready.set(path, made);
    return made;
  }
}
