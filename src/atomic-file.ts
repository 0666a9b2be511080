import { randomUUID } from "node:crypto";
import { open, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

export interface AtomicWriting {
  /** Where it is written before it takes its name, in the same folder. Default: a random name. */
  readonly draft?: string;
  /** Its time of change, in milliseconds since the epoch. Default: now. */
  readonly changedAt?: number;
}

type Chunk = string | Uint8Array;

/**
 * Writes a file that only its owner may read. It is there whole, or as it was before: also when the process is killed
 * or the power is cut.
 */
export async function writeAtomically(
  file: string,
  chunks: AsyncIterable<Chunk> | Iterable<Chunk>,
  { draft = `${file}.${randomUUID()}.tmp`, changedAt }: AtomicWriting = {},
): Promise<void> {
  const handle = await open(draft, "wx", 0o600);
  try {
    try {
      await writeFile(handle, chunks);
      if (changedAt !== undefined) await handle.utimes(new Date(changedAt), new Date(changedAt));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  // The new name is in the folder, and the folder must reach the disk too. Windows cannot open folders.
  if (process.platform === "win32") return;
  const folder = await open(dirname(file));
  await folder.sync().finally(() => folder.close());
}
