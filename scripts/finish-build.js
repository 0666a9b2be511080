// What the compiler leaves to do: the page's static files and the database's migrations go beside their modules; what was
// built from a source that is gone must go too, for the bot loads every command it finds in dist/commands; and an empty
// database is made, for the first start copies one in a fraction of the time and memory that making one takes.
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";

const root = join(import.meta.dirname, "..");
const page = "src/sandbox/playground/page";
const built = join(root, "dist", page);

mkdirSync(built, { recursive: true });
const isStatic = (file) => /\.(html|svg)$/.test(file);
for (const file of readdirSync(built).filter((name) => isStatic(name) || name.endsWith(".css")))
  rmSync(join(built, file));
for (const file of readdirSync(join(root, page)).filter(isStatic)) {
  copyFileSync(join(root, page, file), join(built, file));
}

for (const room of ["src", "commands"]) {
  for (const file of readdirSync(join(root, "dist", room), { recursive: true, encoding: "utf8" })) {
    const stem = /^(.*?)(\.d\.ts|\.js)(\.map)?$/.exec(file)?.[1];
    if (stem !== undefined && !existsSync(join(root, room, `${stem}.ts`))) rmSync(join(root, "dist", room, file));
  }
}

// One script and one style sheet: a browser that has to ask for some fifty files takes four times as long.
buildSync({
  entryPoints: { page: join(built, "main.js") },
  outdir: built,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
});
buildSync({
  entryPoints: [join(root, page, "page.css")],
  outdir: built,
  bundle: true,
  minify: true,
  target: "chrome123",
});

const migrations = "src/store/migrations";
rmSync(join(root, "dist", migrations), { recursive: true, force: true });
cpSync(join(root, migrations), join(root, "dist", migrations), { recursive: true });

const { makeSeed } = await import("../dist/src/store/embedded/seed.js");
await makeSeed(join(root, "dist/database-seed"));
