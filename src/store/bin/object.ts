import { allowByName, objectByName } from "../history/object-by-name.js";
import { migrate } from "../migrate.js";
import { runProgram, UsageError } from "./program.js";

const USAGE = "usage: npm run object -- REGION NAME [--undo], such as: npm run object -- EU Wren";

const given = process.argv.slice(2);
const undo = given.includes("--undo");
const [region = "", name = "", ...more] = given.filter((one) => one !== "--undo");

await runProgram({
  create: false,
  check() {
    if (region === "" || name === "" || more.length > 0) throw new UsageError(USAGE);
  },
  async work({ database }) {
    await migrate(database);
    const who = `${name} (${region.toUpperCase()})`;
    if (undo) {
      return (await allowByName(database, region.toUpperCase(), name))
        ? `The history of ${who} may be kept again.`
        : `There was no objection to keeping the history of ${who}.`;
    }
    return (await objectByName(database, region.toUpperCase(), name))
      ? `The history of ${who} is deleted, and not kept any more.`
      : `Nothing was kept of ${who}, and nothing will be under this name.`;
  },
});
