import { open } from "node:fs/promises";
import { join } from "node:path";
import { SourceError, type Source } from "./source.js";

/** The item database in a folder, such as a clone of the public repository. A file's version is its time and size. */
export function folderSource(folder: string): Source {
  return {
    async read(path, { known, limit }) {
      try {
        const file = await open(join(folder, path));
        try {
          const { mtimeMs, size } = await file.stat();
          const version = `${mtimeMs}/${size}`;
          if (version === known) return "unchanged";
          if (size > limit) throw new SourceError("is larger than such a file can be");
          return { bytes: await file.readFile(), version };
        } finally {
          await file.close();
        }
      } catch (error) {
        if (error instanceof SourceError) throw error;
        const { code } = error as NodeJS.ErrnoException;
        if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return "missing";
        throw new SourceError(`cannot be read (${code ?? "unknown reason"})`);
      }
    },
  };
}
