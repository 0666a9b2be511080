import { backUp } from "../backup.js";
import { migrate } from "../migrate.js";
import { fileArgument, runProgram } from "./program.js";

await runProgram(async ({ database }) => {
  const file = fileArgument("usage: npm run backup -- <file>");
  await migrate(database);
  const rows = await backUp(database, file);
  return `${rows} rows are in ${file}. Tokens are encrypted in it: keep ENCRYPTION_KEYS (or DATA_DIR/encryption-keys) too, in another place.`;
});
