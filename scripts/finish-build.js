// What the compiler leaves to do: the page's static files and the database's migrations go beside their modules; what was
// built from a source that is gone must go too, for the bot loads every command it finds in dist/commands; and an empty
// database is made, for the first start copies one in a fraction of the time and memory that making one takes.
// A bot may run from here meanwhile: no file is gone or half written at any moment.
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import process from "node:process";
import { buildSync } from "esbuild";

const root = join(import.meta.dirname, "..");
const page = "src/sandbox/playground/page";
const built = join(root, "dist", page);

/** The files of one folder, those in folders within it too. */
const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));

function put(file, write) {
  const draft = `${file}.${process.pid}`;
  mkdirSync(dirname(file), { recursive: true });
  write(draft);
  renameSync(draft, file);
}

/** The files of one folder into another, where no others of their kind stay. */
function copyInto(to, from, isWanted) {
  const wanted = filesIn(from).filter(isWanted);
  for (const file of wanted) put(join(to, file), (draft) => copyFileSync(join(from, file), draft));
  for (const file of filesIn(to)) if (isWanted(file) && !wanted.includes(file)) rmSync(join(to, file));
}

copyInto(built, join(root, page), (file) => /\.(html|svg)$/.test(file));

for (const room of ["src", "commands"]) {
  for (const file of readdirSync(join(root, "dist", room), { recursive: true, encoding: "utf8" })) {
    const stem = /^(.*?)(\.d\.ts|\.js)(\.map)?$/.exec(file)?.[1];
    if (stem !== undefined && !existsSync(join(root, room, `${stem}.ts`))) rmSync(join(root, "dist", room, file));
  }
}

// One script and one style sheet: a browser that has to ask for some fifty files takes four times as long.
const bundles = [
  buildSync({
    entryPoints: { page: join(built, "main.js") },
    outdir: built,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
  }),
  buildSync({
    entryPoints: [join(root, page, "page.css")],
    outdir: built,
    bundle: true,
    minify: true,
    target: "chrome123",
    write: false,
  }),
];
for (const { path, contents } of bundles.flatMap(({ outputFiles }) => outputFiles)) {
  put(path, (draft) => writeFileSync(draft, contents));
}

const migrations = "src/store/migrations";
copyInto(join(root, "dist", migrations), join(root, migrations), () => true);

const { makeSeed } = await import("../dist/src/store/embedded/seed.js");
await makeSeed(join(root, "dist/database-seed"));
