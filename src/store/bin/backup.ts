import { backUp } from "../backup.js";
import { fileArgument, runProgram } from "./program.js";

const file = () => fileArgument("usage: npm run backup -- <file>");

await runProgram({
  check: () => void file(),
  create: false,
  async work({ database }) {
    const rows = await backUp(database, file());
    return `${rows} rows are in ${file()}. Tokens are encrypted in it: keep ENCRYPTION_KEYS (or DATA_DIR/encryption-keys) too, in another place.`;
  },
});
