import { cp, mkdtemp, symlink } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { scratchFolder } from "./scratch.js";

const ROOT = join(import.meta.dirname, "..");

let made: Promise<string> | undefined;

/**
 * A folder that holds the sources, and what tests start in processes of its own, as the build would leave them: to
 * translate them in every process takes longer than most of them run.
 */
export function compiled(): Promise<string> {
  return (made ??= compile());
}

async function compile(): Promise<string> {
  const folder = await mkdtemp(join(scratchFolder(), "compiled-"));
  await build({
    absWorkingDir: ROOT,
    entryPoints: ["src/**/*.ts", "commands/**/*.ts", "test/store/holder.ts", "test/watch/chaos/worker.ts"],
    outbase: ".",
    outdir: folder,
    format: "esm",
    logLevel: "error",
  });
  await cp(join(ROOT, "src/store/migrations"), join(folder, "src/store/migrations"), { recursive: true });
  await cp(join(ROOT, "package.json"), join(folder, "package.json"));
  for (const name of ["node_modules", "dist", "locales"])
    await symlink(join(ROOT, name), join(folder, name), "junction");
  return folder;
}
