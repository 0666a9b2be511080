import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";

export interface StaticFile {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly etag: string;
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** The page runs in a browser, so it exists only built, also while the rest runs from its sources. */
const BUILT = ["page", "../../dist/playground/page"].map((path) => join(import.meta.dirname, path));

/**
 * The folder of the built page.
 *
 * @throws Error when it is not built
 */
export function builtPage(): string {
  const folder = BUILT.find((path) => existsSync(join(path, "page.js")));
  if (folder === undefined) throw new Error("the sandbox's page is not built: run `npm run build`");
  return folder;
}

/**
 * The files of the built page by their path: `/` and `/name`. Read once, so nothing else can be requested.
 *
 * @throws Error when the folder is not there or holds no page
 */
export function staticFiles(folder: string): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  for (const name of readdirSync(folder)) {
    const type = types[extname(name)];
    if (type === undefined) continue;
    const body = new Uint8Array(readFileSync(join(folder, name)));
    const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
    files.set(name === "index.html" ? "/" : `/${name}`, { body, type, etag });
  }
  if (!files.has("/")) throw new Error(`the playground's page is not built: no index.html in ${folder}`);
  return files;
}
