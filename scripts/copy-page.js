// Puts the playground's page beside its compiled modules, as tsc copies neither HTML nor CSS nor pictures.
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const page = join("src", "sandbox", "playground", "page");

mkdirSync(join(root, "dist", page), { recursive: true });
for (const name of ["index.html", "style.css", "icon.svg"]) {
  copyFileSync(join(root, page, name), join(root, "dist", page, name));
}
