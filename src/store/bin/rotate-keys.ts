import { addNewKey } from "../key-file.js";
import { migrate } from "../migrate.js";
import { isRotated, rotate } from "../rotation.js";
import { rowsAre, runProgram } from "./program.js";

await runProgram({
  create: false,
  async work({ database, keys, settings }) {
    await migrate(database);
    // A ring in the data directory is ours to extend; what an earlier run has left is finished first.
    const ours = settings.databaseUrl === undefined && settings.keys === undefined;
    const ring = ours && (await isRotated(database, keys)) ? await addNewKey(settings.dataDir) : keys;
    const { resealed, unreadable } = await rotate(database, ring);
    const left = unreadable === 0 ? "" : `; ${rowsAre(unreadable)} unchanged, because no key of this ring fits`;
    return `${rowsAre(resealed)} now encrypted with the key ${ring.newest}${left}. Keep older keys for older backups.`;
  },
});
