import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { KeyRing, KeyRingError } from "./encryption.js";
import { StoreSetupError } from "./errors.js";
import { writeAtomically } from "./atomic-file.js";

const FILE = "encryption-keys";

/** The ring of an embedded store, made at the first start. Only for the holder of the directory's lock. */
export async function keyFile(dataDir: string): Promise<KeyRing> {
  const file = join(dataDir, FILE);
  if (!existsSync(file)) await writeAtomically(file, [`${KeyRing.newKey()}\n`]);
  return read(file);
}

/** Puts a new key in front of the ring's others. */
export async function addNewKey(dataDir: string): Promise<KeyRing> {
  const file = join(dataDir, FILE);
  await writeAtomically(file, [`${KeyRing.newKey()}\n`, readFileSync(file, "utf8")]);
  return read(file);
}

function read(file: string): KeyRing {
  try {
    return KeyRing.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (error instanceof KeyRingError) throw new StoreSetupError(`${file} ${error.message}`);
    throw error;
  }
}
