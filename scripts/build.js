// The whole build. Two at once in one checkout, such as two `npm start`, take turns: the second finds all built.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import process from "node:process";
import { lockBuild } from "./build-lock.js";

const root = join(import.meta.dirname, "..");
const release = await lockBuild(join(root, "dist"));
try {
  await import("./text-types.js");
  const compiler = createRequire(import.meta.url).resolve("typescript/lib/tsc.js");
  const { status } = spawnSync(process.execPath, [compiler, "-b", join(root, "tsconfig.build.json")], {
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
  if (status === 0) await import("./finish-build.js");
} finally {
  release();
}
