// Shows whether the tests would notice a fault: changes one line at a time in a copy of this folder, runs the tests that
// reach it, and tells which changes none of them noticed.
//   node scripts/mutate.js <folder or file in src> [number of changes, 10] [seed, 1] [tests to run, else the related ones]
// Takes minutes: it is for one who writes tests, and no part of what a change must pass.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import process from "node:process";

const ROOT = join(import.meta.dirname, "..");
const [target, number = "10", seed = "1", ...tests] = process.argv.slice(2);
const say = (text) => process.stdout.write(`${text}\n`);
if (target === undefined) {
  say("usage: node scripts/mutate.js <folder or file> [number] [seed] [tests…]");
  process.exit(2);
}

/** What a line may become; the first that fits and changes something is taken, from a random one on. */
const CHANGES = [
  ["===", (line) => line.replace(" === ", " !== ")],
  ["!==", (line) => line.replace(" !== ", " === ")],
  ["<", (line) => line.replace(/ < (?=[\w(])/, " <= ")],
  ["<=", (line) => line.replace(" <= ", " < ")],
  [">", (line) => line.replace(/ > (?=[\w(])/, " >= ")],
  [">=", (line) => line.replace(" >= ", " > ")],
  ["+", (line) => line.replace(/ \+ /, " - ")],
  ["-", (line) => line.replace(/ - /, " + ")],
  ["*", (line) => line.replace(/(?<=[\w)]) \* (?=[\w(])/, " / ")],
  ["/", (line) => line.replace(/(?<=[\w)]) \/ (?=[\w(])/, " * ")],
  ["&&", (line) => line.replace(" && ", " || ")],
  ["||", (line) => line.replace(" || ", " && ")],
  ["!", (line) => line.replace(/(?<=[( ])!(?=[\w(])/, "")],
  ["if", (line) => line.replace(/\bif \((.+)\)(?= |$)/, "if (!($1))")],
  ["true", (line) => line.replace(/\btrue\b/, "false")],
  ["false", (line) => line.replace(/\bfalse\b/, "true")],
  [
    "number",
    (line) =>
      line.replace(/(?<![\w.$"'`])(\d[\d_]*)(?![\w.])/, (digits) => String(Number(digits.replaceAll("_", "")) + 1)),
  ],
  ["statement", (line) => line.replace(/^(\s+)(?:await )?[\w.#]+\([^=]*\);$/, "$1;")],
  ["return", (line) => line.replace(/^(\s+(?:.*\) )?)return \S.*;$/, "$1return undefined as never;")],
];

/** The same numbers from 0 to 1 for the same seed. */
function random(state) {
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** Every line that can be changed. Comments, imports, types and single words of texts are not the program. */
function places(files) {
  return files.flatMap((file) =>
    readFileSync(file, "utf8")
      .split("\n")
      .flatMap((line, index) =>
        /^\s*(\/\/|\/?\*|import |export (type|interface|\{|\*)|type |interface |readonly |\}|$)/.test(line)
          ? []
          : [{ file, line, index }],
      ),
  );
}

const next = random(Number(seed));
const from = join(ROOT, target);
const files = statSync(from).isFile()
  ? [from]
  : readdirSync(from, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && basename(name) !== "index.ts")
      .sort()
      .map((name) => join(from, name));

const copy = mkdtempSync(join(tmpdir(), "zonewire-mutate-"));
for (const name of readdirSync(ROOT)) {
  if (["node_modules", "dist", "coverage", "data", ".git"].includes(name)) continue;
  cpSync(join(ROOT, name), join(copy, name), { recursive: true });
}
for (const name of ["node_modules", "dist"]) symlinkSync(join(ROOT, name), join(copy, name), "junction");

function test(file) {
  const which = tests.length > 0 ? ["run", ...tests] : ["related", "--run", file];
  const { status, stdout, stderr } = spawnSync(
    join(ROOT, "node_modules/.bin/vitest"),
    [...which, "--exclude", "test/browser/**", "--bail", "1", "--testTimeout", "60000", "--hookTimeout", "60000"],
    { cwd: copy, encoding: "utf8", timeout: 540_000 },
  );
  return { survived: status === 0, output: `${stdout}${stderr}` };
}

try {
  const open = places(files);
  const survivors = [];
  let made = 0;
  const unchanged = test(relative(ROOT, files[0]));
  if (!unchanged.survived) throw new Error(`the tests fail already without a change: ${unchanged.output}`);
  while (made < Number(number) && open.length > 0) {
    const [place] = open.splice(Math.floor(next() * open.length), 1);
    const start = Math.floor(next() * CHANGES.length);
    const turn = [...CHANGES.slice(start), ...CHANGES.slice(0, start)];
    const found = turn.map(([name, change]) => [name, change(place.line)]).find(([, line]) => line !== place.line);
    if (!found) continue;
    const [name, line] = found;
    made += 1;
    const file = relative(ROOT, place.file);
    const text = readFileSync(place.file, "utf8");
    writeFileSync(join(copy, file), text.split("\n").with(place.index, line).join("\n"));
    const { survived } = test(file);
    writeFileSync(join(copy, file), text);
    say(`${survived ? "SURVIVED" : "noticed "} ${file}:${place.index + 1} (${name})  ${line.trim()}`);
    if (survived) survivors.push(place);
  }
  say(`${survivors.length} of ${made} changes in ${target} were not noticed`);
} finally {
  rmSync(copy, { recursive: true, force: true });
}
