import { loadavg } from "node:os";
import { printTable, round } from "../table.js";
import { burst } from "./burst.js";
import { spammer } from "./spammer.js";
import { pictures } from "./pictures.js";
import { onStage, type Scenario } from "./stage.js";
import { steady } from "./steady.js";

/** By the name that `npm run bench -- load burst` asks for one. */
const SCENARIOS: Readonly<Record<string, Scenario>> = { burst, steady, spammer, pictures };

/** What the bot holds out, each scenario on a bot that has just started. */
export async function benchLoad(wanted: readonly string[]): Promise<void> {
  const named = Object.entries(SCENARIOS).filter(([name]) => wanted.includes(name));
  for (const [, scenario] of named.length > 0 ? named : Object.entries(SCENARIOS)) {
    const figures = await onStage(scenario);
    const load = loadavg().map((processes) => round(processes, 1));
    printTable(
      scenario.name,
      ["", ""],
      Object.entries({ ...figures, "load of the machine, 1/5/15 min": load.join(" / ") }),
    );
  }
}
