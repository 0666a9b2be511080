import type { CardField, Context, TextKey } from "../../src/kernel/index.js";
import type { CharacterStat } from "../../src/stalcraft/index.js";

type Measure = "count" | "hours" | "kilometres";

/** The statistics most people look for, by the API's ids. Times come in milliseconds, distances in centimetres. */
const MAIN: readonly { readonly id: string; readonly key: TextKey; readonly measure: Measure }[] = [
  { id: "pla-tim", key: "stat.time-played", measure: "hours" },
  { id: "kil", key: "stat.kills", measure: "count" },
  { id: "dea", key: "stat.deaths", measure: "count" },
  { id: "ast", key: "stat.assists", measure: "count" },
  { id: "max-kil-ser", key: "stat.killstreak", measure: "count" },
  { id: "npc-kil", key: "stat.npc-kills", measure: "count" },
  { id: "mut-kil", key: "stat.mutants", measure: "count" },
  { id: "art-col", key: "stat.artefacts", measure: "count" },
  { id: "que-fin", key: "stat.quests", measure: "count" },
  { id: "completed-ops", key: "stat.operations", measure: "count" },
  { id: "dis-on-foo", key: "stat.walked", measure: "kilometres" },
  { id: "ach-gai", key: "stat.achievements", measure: "count" },
];

const MS_PER_HOUR = 3_600_000;
const CM_PER_KM = 100_000;

/** The main statistics a character has, and the two that follow from them: kills per death and share of hits. */
export function mainStatistics(stats: readonly CharacterStat[], context: Context): CardField[] {
  const { t, number } = context;
  const values = new Map(stats.flatMap(({ id, value }) => (typeof value === "number" ? [[id, value] as const] : [])));
  const shown = (value: number, measure: Measure) => {
    if (measure === "hours") return t("stat.hours", { hours: number(Math.floor(value / MS_PER_HOUR)) });
    if (measure === "kilometres") return t("stat.km", { km: number(Math.round(value / CM_PER_KM)) });
    return number(value);
  };
  const fields = MAIN.flatMap(({ id, key, measure }) => {
    const value = values.get(id);
    return value === undefined ? [] : [{ name: t(key), value: shown(value, measure), inline: true }];
  });
  const ratio = share(values.get("kil"), values.get("dea"));
  const accuracy = share(values.get("sho-hit"), values.get("sho-fir"));
  if (ratio !== undefined) fields.push({ name: t("stat.kd"), value: number(ratio), inline: true });
  if (accuracy !== undefined)
    fields.push({
      name: t("stat.accuracy"),
      value: t("stat.percent", { percent: number(accuracy * 100) }),
      inline: true,
    });
  return fields;
}

function share(part: number | undefined, whole: number | undefined): number | undefined {
  return part === undefined || whole === undefined || whole <= 0 ? undefined : part / whole;
}
