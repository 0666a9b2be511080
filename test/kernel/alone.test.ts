import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const KERNEL = join(ROOT, "src/kernel");

/** Nobody adds anything to its interfaces then, neither services nor texts nor preferences. */
test("the kernel compiles without the bot, with time and log alone", () => {
  const files = readdirSync(KERNEL, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
  const program = ts.createProgram(
    files.map((name) => join(KERNEL, name)),
    options,
  );
  const ours = program.getSourceFiles().filter(({ fileName }) => !fileName.includes("/node_modules/"));
  const names = ours.map(({ fileName }) => relative(ROOT, fileName));
  const others = names.filter((name) => !name.startsWith("src/kernel/"));
  expect(["src/time.ts", "src/log.ts"]).toEqual(expect.arrayContaining(others));
  const problems = [
    ...program.getOptionsDiagnostics(),
    ...ours.flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]),
  ].map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
  expect(problems).toEqual([]);
  expect(names).toContain("src/kernel/router.ts");
});
