import { z } from "zod";
import {
  card,
  COLOURS,
  defineSubcommand,
  definePager,
  dotted,
  lines,
  page,
  stateOf,
  time,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import { DAY_MS } from "../../src/time.js";
import type { Counts, WarStats } from "../../src/war/index.js";
import { listedName } from "../format/cut-list.js";
import { numbered } from "../format/numbered.js";
import { daysOf, pastPeriodOption, USUAL_PAST } from "../options/period.js";
import { nameOf, OUTCOME_SIGNS } from "./attendance-card.js";
import { battleName } from "./battle.js";
import { serverOf } from "./officers.js";

const PER_PAGE = 12;
const OUTCOMES = ["present", "absent", "excused", "unknown"] as const;
/** The newest battles that are listed one by one. */
const BATTLES_SHOWN = 8;

const pager = definePager({
  command: "war stats",
  audience: "owner",
  state: stateOf<{ days: number }>({ days: z.coerce.number().int().min(1).max(366) }),
  show: ({ days }, wanted, context) => show(days, wanted, context),
});

/** Who came how often, and how many came to each battle. */
export const stats = defineSubcommand({
  name: "stats",
  visibility: "private",
  options: { period: pastPeriodOption() },
  components: pager.components,
  modals: pager.modals,
  run: ({ options: { period = USUAL_PAST } }, context) => show(daysOf(period), 0, context),
});

async function show(days: number, wanted: number, context: Context): Promise<View> {
  const { wars, now, t } = context;
  const read = await wars.stats(serverOf(context), new Date(now.getTime() - days * DAY_MS));
  const people = [...read.people].sort(
    (a, b) => b.present - a.present || a.absent - b.absent || nameOf(a).localeCompare(nameOf(b)),
  );
  const shown = page(people, wanted, PER_PAGE);
  const newest = [...read.wars].sort((a, b) => b.war.startsAt.getTime() - a.war.startsAt.getTime());
  return {
    embeds: [
      card({
        title: t("war.stats-title", { days }),
        colour: COLOURS.neutral,
        description:
          read.wars.length === 0
            ? t("war.stats-none")
            : lines(
                t("war.stats-count", { count: read.wars.length }),
                "",
                ...numbered(shown, (one) => personText(one, context), context),
              ),
        fields: [
          newest.length > 0
            ? {
                name: t("war.stats-battles"),
                value: lines(...newest.slice(0, BATTLES_SHOWN).map((one) => battleText(one, context))),
              }
            : undefined,
        ],
        note: read.wars.length === 0 ? undefined : t("war.stats-legend"),
      }),
    ],
    components: pager.buttons({ days }, shown, context),
  };
}

/** What came of the battles of one person, then what they had said. */
function personText(person: WarStats["people"][number], context: Context): string {
  const { t, number } = context;
  const { name, personId, yes, late, no, silent, noShows } = person;
  return lines(
    dotted(
      name === null ? `<@${personId}>` : `**${listedName(name)}**`,
      outcomesOf(person, context),
      noShows > 0 && t("war.stats-no-shows", { count: noShows }),
    ),
    `-# ${t("war.stats-said", { yes: number(yes), late: number(late), no: number(no), silent: number(silent) })}`,
  );
}

/** `✅ 12 ❌ 3 🏖️ 2 ❔ 1` */
function outcomesOf(figures: Counts, { number }: Context): string {
  return OUTCOMES.map((outcome) => `${OUTCOME_SIGNS[outcome]} ${number(figures[outcome])}`).join("  ");
}

/** `18 Nov, Brawl · ✅ 12 ❌ 3 🏖️ 2 ❔ 1` */
function battleText({ war, ...counts }: WarStats["wars"][number], context: Context): string {
  return dotted(time(war.startsAt, "d"), listedName(battleName(war.terms, context)), outcomesOf(counts, context));
}
