// The client as it is packed: its types explain themselves in an editor, and its code needs no second copy of the same words.
import { Buffer } from "node:buffer";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { put } from "./output.js";

const dist = join(import.meta.dirname, "../packages/stalcraft/dist");
for (const name of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
  if (!name.endsWith(".js")) continue;
  const file = join(dist, name);
  const { code } = transformSync(readFileSync(file, "utf8"), {
    format: "esm",
    target: "es2022",
    legalComments: "none",
  });
  put(file, Buffer.from(code));
}
