// What the compiler leaves to do: the page's static files and the database's migrations go next to their modules; what was
// built from a source that is gone must go too, for the bot loads every command it finds in dist/commands; and an empty
// database is made, for the first start copies one in a fraction of the time and memory that making one takes.
// A bot may run from here meanwhile: no file is gone or half written at any moment.
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { buildSync } from "esbuild";
import { mirror, put } from "./output.js";

const root = join(import.meta.dirname, "..");
const page = join(root, "packages/sandbox/src/playground/page");
const built = join(root, "packages/sandbox/dist/playground/page");
const bundle = join(built, "page.js");

/** Each folder of sources, and what it is built into. */
const ROOMS = [
  ["src", "dist/src"],
  ["commands", "dist/commands"],
  ["packages/stalcraft/src", "packages/stalcraft/dist"],
  ["packages/sandbox/src", "packages/sandbox/dist"],
];
for (const [sources, output] of ROOMS.map((pair) => pair.map((folder) => join(root, folder)))) {
  for (const file of readdirSync(output, { recursive: true, encoding: "utf8" })) {
    const stem = /^(.*?)(\.d\.ts|\.js)(\.map)?$/.exec(file)?.[1];
    const gone = stem !== undefined && !existsSync(join(sources, `${stem}.ts`));
    if (gone && join(output, file) !== bundle) rmSync(join(output, file));
  }
}

// One script and one style sheet: a browser that has to ask for some fifty files takes four times as long.
const { outputFiles: script } = buildSync({
  entryPoints: { page: join(built, "main.js") },
  outdir: built,
  write: false,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
});
const { outputFiles: styles } = buildSync({
  entryPoints: [join(page, "page.css")],
  outdir: built,
  write: false,
  bundle: true,
  minify: true,
  target: "chrome123",
});
const pageFiles = [
  ...[...script, ...styles].map(({ path, contents }) => ({ name: basename(path), bytes: contents })),
  ...readdirSync(page)
    .filter((name) => /\.(html|svg)$/.test(name))
    .map((name) => ({ name, bytes: readFileSync(join(page, name)) })),
];
for (const { name, bytes } of pageFiles) put(join(built, name), bytes);
for (const name of readdirSync(built)) {
  if (/\.(html|svg|css)$/.test(name) && !pageFiles.some((file) => file.name === name)) rmSync(join(built, name));
}

const migrations = "src/store/migrations";
mirror(join(root, migrations), join(root, "dist", migrations));

const { makeSeed } = await import("../dist/src/store/embedded/seed.js");
await makeSeed(join(root, "dist/database-seed"));
