import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import type { Command } from "./command.js";

const module = z.object({
  default: z.custom<Command>(
    (value) =>
      z.object({ name: z.string(), topic: z.string(), actions: z.map(z.string(), z.unknown()) }).safeParse(value)
        .success,
  ),
});

/**
 * Loads every command in `folder`: the default export of each module in it, and of the `index` of each sub-folder that
 * has one. Sorted by name.
 * @throws Error naming the file when a module has no command to give or one without a topic, and when two carry one name.
 */
export async function loadCommands(folder: string): Promise<Command[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      if (entry.isFile()) return isModule(entry.name) ? [join(folder, entry.name)] : [];
      const inside = entry.isDirectory() ? await readdir(join(folder, entry.name)) : [];
      return inside
        .filter((name) => name.startsWith("index.") && isModule(name))
        .map((name) => join(folder, entry.name, name));
    }),
  );
  const commands = await Promise.all(found.flat().map(loadCommand));
  const names = commands.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`two commands are named "${twice}"`);
  return commands.sort((a, b) => a.name.localeCompare(b.name));
}

function isModule(file: string): boolean {
  return /\.(js|ts)$/.test(file) && !file.endsWith(".d.ts");
}

async function loadCommand(file: string): Promise<Command> {
  const loaded = module.safeParse(await import(pathToFileURL(file).href));
  if (!loaded.success) throw new Error(`${file} has no command with a topic as its default export`);
  return loaded.data.default;
}
