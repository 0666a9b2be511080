import { allowByName, knownRegions, objectByName } from "../history/object-by-name.js";
import { migrate } from "../migrate.js";
import { runProgram, UsageError } from "./program.js";

const USAGE = "usage: npm run object -- REGION NAME [--undo], such as: npm run object -- EU Wren";

const given = process.argv.slice(2);
const undo = given.includes("--undo");
const [typed = "", name = "", ...more] = given.filter((one) => one !== "--undo");
const region = typed.toUpperCase();

await runProgram({
  create: false,
  check() {
    if (region === "" || name === "" || more.length > 0) throw new UsageError(USAGE);
  },
  async work({ database }) {
    await migrate(database);
    const who = `${name} (${region})`;
    if (undo) {
      return (await allowByName(database, region, name))
        ? `The history of ${who} may be kept again.`
        : `There was no objection to keeping the history of ${who}.`;
    }
    const known = await knownRegions(database);
    if (!known.includes(region))
      throw new UsageError(`there is no region ${region}: it must be one of ${known.join(", ")}`);
    return (await objectByName(database, region, name))
      ? `The history of ${who} is deleted, and not kept any more.`
      : `Nothing was kept of ${who}, and nothing will be under this name.`;
  },
});
