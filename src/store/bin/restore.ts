import { openBackup, restore } from "../restore.js";
import { fileArgument, rowsAre, runProgram } from "./program.js";

const file = () => fileArgument("usage: npm run restore -- <file>");

await runProgram({
  check: async () => (await openBackup(file())).close(),
  create: true,
  async work({ database }) {
    const rows = await restore(database, file());
    return `${rowsAre(rows)} restored. Tokens in them open with the keys of the store that was backed up.`;
  },
});
