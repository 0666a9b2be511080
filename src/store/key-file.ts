import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { KeyRing, KeyRingError } from "./encryption.js";
import { inDataDirectory } from "./embedded/trouble.js";
import { StoreSetupError } from "./errors.js";
import { writeAtomically } from "../atomic-file.js";

const FILE = "encryption-keys";

/** The ring of an embedded store, made at the first start unless `create` is false. Only for the holder of the directory's lock. */
export async function keyFile(dataDir: string, { create = true } = {}): Promise<KeyRing> {
  const file = join(dataDir, FILE);
  return inDataDirectory(dataDir, async () => {
    if (!existsSync(file)) {
      if (!create) return KeyRing.empty;
      await writeAtomically(file, [`${KeyRing.newKey()}\n`]);
    }
    return read(file);
  });
}

/** Puts a new key in front of the ring's others. */
export async function addNewKey(dataDir: string): Promise<KeyRing> {
  const file = join(dataDir, FILE);
  return inDataDirectory(dataDir, async () => {
    await writeAtomically(file, [`${KeyRing.newKey()}\n`, readFileSync(file, "utf8")]);
    return read(file);
  });
}

function read(file: string): KeyRing {
  try {
    return KeyRing.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (error instanceof KeyRingError) throw new StoreSetupError(`${file} ${error.message}`);
    throw new StoreSetupError(
      `the keys in DATA_DIR (${file}) cannot be read: give the user that runs this the right to`,
      {
        cause: error,
      },
    );
  }
}
