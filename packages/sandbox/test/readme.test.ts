import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { transform } from "esbuild";
import { expect, test } from "vitest";
import { scratchFolder } from "../../../test/scratch.js";

const PACKAGE = join(import.meta.dirname, "..");

test("the README's bot runs as it stands there, alone in a process", async () => {
  const sample = await readFile(join(PACKAGE, "test/sample/ping.ts"), "utf8");
  const readme = await readFile(join(PACKAGE, "README.md"), "utf8");
  // The file is the one that the compiler checks.
  expect(readme).toContain(`\`\`\`ts\n${sample}\`\`\``);
  expect(sample.trim().split("\n").length).toBeLessThanOrEqual(30);

  const folder = await mkdtemp(join(scratchFolder(), "readme-"));
  await symlink(join(PACKAGE, "../../node_modules"), join(folder, "node_modules"), "junction");
  const { code } = await transform(sample, { loader: "ts", format: "esm" });
  await writeFile(join(folder, "ping.mjs"), code);
  const bot = spawn(process.execPath, [join(folder, "ping.mjs")], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [bot.stdout, bot.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const [exitCode] = (await once(bot, "close")) as [number];
  expect({ exitCode, output }).toEqual({ exitCode: 0, output: "" });
});
