import { z } from "zod";
import { SHARE } from "../src/history/reading/reader.js";
import { startChild, stopChild } from "./child.js";
import { printTable, round } from "./table.js";

const measured = z.object({
  characters: z.number(),
  statistics: z.number(),
  snapshots: z.number(),
  size: z.number(),
  tables: z.array(z.object({ name: z.string(), bytes: z.number() })),
  growth: z.array(z.object({ statistic: z.string(), days: z.number(), ms: z.number(), cpuMs: z.number() })),
  progressMs: z.number(),
  queueMs: z.number(),
  day: z.object({
    read: z.number(),
    totalMs: z.number(),
    claimMs: z.number(),
    commitMs: z.number(),
    thinMs: z.number(),
  }),
  tidyMs: z.number(),
  vacuumMs: z.number(),
  grownBy: z.number(),
  dayMs: z.number(),
});

const LIMITS = [400, 200, 100];
const CLANS = 200 * Number(process.env.SCALE ?? 1);

/** What the past of 200 clans and 5,000 people costs on the embedded database. */
export async function benchHistory(): Promise<void> {
  const { child, message } = await startChild("history.ts", { SCALE: process.env.SCALE ?? "1" });
  await stopChild(child);
  const cost = measured.parse(message);
  const mb = (bytes: number) => `${round(bytes / 1e6, 1)} MB`;
  printTable(
    `${cost.characters} characters with ${cost.statistics} statistics over 400 days, embedded: ${cost.snapshots} snapshots`,
    ["", "", "wanted"],
    [
      ["on disk", mb(cost.size), ""],
      ...cost.tables.map(({ name, bytes }) => [`  ${name}`, mb(bytes), ""]),
      ["  for each character", `${round(cost.size / cost.characters / 1e3, 1)} KB`, ""],
      ...cost.growth.map(({ statistic, days, ms, cpuMs }) => [
        `growth of ${statistic}, 50 members, ${days} d, p95 (of the processor)`,
        `${round(ms, 1)} ms (${round(cpuMs, 1)} ms)`,
        "< 100 ms",
      ]),
      ["progress of one, 90 d, p95", `${round(cost.progressMs, 1)} ms`, ""],
      ["what is due (each scrape)", `${round(cost.queueMs, 1)} ms`, ""],
      [`a day: ${cost.day.read} readings, the database`, `${round(cost.day.totalMs / 1_000, 1)} s`, ""],
      ["  of one core", `${round((100 * cost.day.totalMs) / cost.dayMs, 2)} %`, ""],
      [
        "  claim, commit, thin, p95 of 20",
        [cost.day.claimMs, cost.day.commitMs, cost.day.thinMs].map((ms) => `${round(ms)} ms`).join(", "),
        "",
      ],
      ["  more on disk after it", mb(cost.grownBy), ""],
      ["hourly upkeep", `${round(cost.tidyMs)} ms`, ""],
      ["nightly vacuum of the snapshots", `${round(cost.vacuumMs)} ms`, ""],
      ...LIMITS.map((limit) => [
        `a day within ${100 * SHARE} % of ${limit} points a minute`,
        `${round((cost.day.read + CLANS) / (limit * SHARE) / 60, 1)} h`,
        "< 24 h",
      ]),
    ],
  );
}
