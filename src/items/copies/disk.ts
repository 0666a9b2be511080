import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { writeAtomically } from "../../atomic-file.js";
import type { Copies, Copy } from "./copies.js";

const MOST_BYTES = 256 * 1_024 * 1_024;
/** How the name of an unfinished file ends; a process that was killed may leave some. */
const DRAFT = ".draft";
const FOLDER = /^[0-9a-f]{16}$/;
const label = z.object({ path: z.string(), version: z.string().optional() });

export interface DiskOptions {
  readonly folder: string;
  /** Whose files these are: each source has a folder of its own. */
  readonly source: string;
  /** Hears when copies cannot be written; once, until it works again. */
  readonly onFailure: (error: unknown) => void;
  /** Default: 256 MB. */
  readonly mostBytes?: number;
}

/**
 * Copies in a folder, 256 MB at most. Each is one file: a line that says what it is, then the bytes; its time of change is
 * when the source last confirmed it. Written aside and renamed, so that what is read is whole.
 */
export class DiskCopies implements Copies {
  readonly #home: string;
  readonly #folder: string;
  readonly #onFailure: DiskOptions["onFailure"];
  readonly #mostBytes: number;
  readonly #drafts = new Set<string>();
  #failing = false;

  constructor({ folder, source, onFailure, mostBytes = MOST_BYTES }: DiskOptions) {
    this.#home = folder;
    this.#folder = join(folder, createHash("sha256").update(source).digest("hex").slice(0, 16));
    this.#onFailure = onFailure;
    this.#mostBytes = mostBytes;
  }

  async get(path: string): Promise<Copy | undefined> {
    try {
      const file = join(this.#folder, path);
      const content = await readFile(file);
      const end = content.indexOf("\n");
      const { path: meant, version } = label.parse(JSON.parse(content.toString("utf8", 0, end)));
      // Ids differ by case, which not every file system sees.
      if (meant !== path) return undefined;
      return { bytes: content.subarray(end + 1), version, checkedAt: (await stat(file)).mtimeMs };
    } catch {
      return undefined;
    }
  }

  async put(path: string, { bytes, version, checkedAt }: Copy): Promise<void> {
    const file = join(this.#folder, path);
    const draft = `${file}.${randomUUID()}${DRAFT}`;
    await this.#try(async () => {
      await mkdir(dirname(file), { recursive: true });
      this.#drafts.add(draft);
      try {
        await writeAtomically(file, [`${JSON.stringify({ path, version })}\n`, bytes], { draft, changedAt: checkedAt });
      } finally {
        this.#drafts.delete(draft);
      }
    });
  }

  async confirm(path: string, checkedAt: number): Promise<void> {
    await this.#try(() => utimes(join(this.#folder, path), new Date(checkedAt), new Date(checkedAt)));
  }

  async prune(): Promise<void> {
    await this.#try(async () => {
      await this.#removeOtherSources();
      const files = await filesBelow(this.#folder);
      const abandoned = files.filter(({ path }) => path.endsWith(DRAFT) && !this.#drafts.has(path));
      for (const { path } of abandoned) await rm(path, { force: true });
      let bytes = files.reduce((sum, { size }) => sum + size, 0);
      for (const { path, size } of files.sort((a, b) => a.checkedAt - b.checkedAt)) {
        if (bytes <= this.#mostBytes) break;
        await rm(path, { force: true });
        bytes -= size;
      }
    });
  }

  async #removeOtherSources(): Promise<void> {
    const names = await readdir(this.#home).catch(() => []);
    for (const name of names.filter((name) => FOLDER.test(name) && join(this.#home, name) !== this.#folder)) {
      await rm(join(this.#home, name), { recursive: true, force: true });
    }
  }

  async #try(write: () => Promise<void>): Promise<void> {
    try {
      await write();
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) this.#onFailure(error);
      this.#failing = true;
    }
  }
}

async function filesBelow(folder: string): Promise<{ path: string; size: number; checkedAt: number }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return Promise.all(
    files.map(async (path) => {
      const { size, mtimeMs } = await stat(path);
      return { path, size, checkedAt: mtimeMs };
    }),
  );
}
