import { restore } from "../restore.js";
import { fileArgument, runProgram } from "./program.js";

await runProgram(async ({ database }) => {
  const rows = await restore(database, fileArgument("usage: npm run restore -- <file>"));
  return `${rows} rows are restored. Tokens in them open with the keys of the store that was backed up.`;
});
