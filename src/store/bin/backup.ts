import { stat } from "node:fs/promises";
import { backUp, isBackup } from "../backup.js";
import { fileArgument, rowsAre, runProgram, UsageError } from "./program.js";

const file = () => fileArgument("usage: npm run backup -- <file>");

/** A job that makes backups may always give the same name; any other file was not meant to be lost. */
let before: Date | undefined;

await runProgram({
  async check() {
    const there = await stat(file()).catch(() => undefined);
    if (!there?.isFile() || there.size === 0) return;
    if (!(await isBackup(file()))) throw new UsageError(`${file()} is there, and is no backup: name another file`);
    before = there.mtime;
  },
  create: false,
  async work({ database }) {
    const rows = await backUp(database, file());
    const instead = before ? `, in place of the backup of ${before.toISOString()} that was there` : "";
    return `${rowsAre(rows)} in ${file()}${instead}. Tokens are encrypted in it: keep ENCRYPTION_KEYS (or DATA_DIR/encryption-keys) too, in another place.`;
  },
});
