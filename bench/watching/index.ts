import { startChild, stopChild } from "../child.js";
import { printTable, round } from "../table.js";
import { z } from "zod";

const MINUTES = Number(process.env.MINUTES ?? 3);

const measured = z.object({
  watches: z.number(),
  subjects: z.number(),
  looks: z.number(),
  alerts: z.number(),
  queries: z.number(),
  core: z.number(),
  emptyCore: z.number(),
  periodMs: z.number(),
  medianMs: z.object({ claim: z.number(), commit: z.number() }),
  crowd: z.number(),
  crowdMs: z.number(),
});

/** What 10,000 watches over 700 items cost the process that looks, beside asking the API. */
export async function benchWatching(): Promise<void> {
  const { child, message } = await startChild("watching.ts", { MINUTES: String(MINUTES) });
  await stopChild(child);
  const cost = measured.parse(message);
  printTable(
    `${cost.watches} watches over ${cost.subjects} items, embedded, ${MINUTES} min`,
    ["", "", "wanted"],
    [
      ["looks a minute", round(cost.looks / MINUTES), ""],
      ["each item every", `${round(cost.periodMs / 60_000, 1)} min`, ""],
      ["alerts a minute", round(cost.alerts / MINUTES), ""],
      ["statements a minute", round(cost.queries / MINUTES, 1), "< 30"],
      ["of one core", `${round(100 * cost.core, 1)} %`, "< 5 %"],
      ["of one core, nothing watched", `${round(100 * cost.emptyCore, 2)} %`, ""],
      ["a claim, median", `${round(cost.medianMs.claim, 1)} ms`, ""],
      ["a commit, median", `${round(cost.medianMs.commit, 1)} ms`, ""],
      [`one change for ${cost.crowd} watches`, `${round(cost.crowdMs)} ms`, ""],
    ],
  );
}
