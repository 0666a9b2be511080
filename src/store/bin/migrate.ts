import { allMigrations, migrate } from "../migrate.js";
import { runProgram } from "./program.js";

await runProgram({
  create: true,
  async work({ database }) {
    const { applied, newer } = await migrate(database, allMigrations(), { besideNewer: true });
    if (applied.length > 0) return `The schema is up to date. Applied: ${applied.join(", ")}.`;
    if (newer.length > 0)
      return `Nothing to do: a newer release has applied ${newer.join(", ")}, and this one can go on.`;
    return "Nothing to do: the schema is up to date.";
  },
});
