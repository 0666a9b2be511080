import { card, COLOURS, defineSubcommand, UserError, type Attachment, type Context } from "../../src/kernel/index.js";
import { DAY_MS } from "../../src/time.js";
import type { Attendance, Attendee } from "../../src/war/index.js";
import { csvFile, csvMoment } from "../format/csv.js";
import { daysOf, pastPeriodOption, USUAL_PAST } from "../options/period.js";
import { nameOf } from "./attendance-card.js";
import { battleName } from "./battle.js";
import { requireOfficerHere, serverOf } from "./officers.js";
import { findWar, found, warOption } from "./which.js";

/** The newest ones of the period. */
const MOST_BATTLES = 200;

/** A file with a line for each person in each battle. */
export const exportFile = defineSubcommand({
  name: "export",
  visibility: "private",
  options: { battle: warOption("past"), period: pastPeriodOption() },
  async run({ options: { battle: asked, period = USUAL_PAST } }, context) {
    const { t, wars, now } = context;
    await requireOfficerHere(context);
    const guildId = serverOf(context);
    const since = now.getTime() - daysOf(period) * DAY_MS;
    const battles =
      asked === undefined
        ? (await wars.past(guildId, MOST_BATTLES)).filter(({ startsAt }) => startsAt.getTime() >= since)
        : [await findWar(asked, "past", context)];
    if (battles.length === 0) throw new UserError("war.stats-none");
    const read: Attendance[] = [];
    for (const { id } of battles) read.push(found(await wars.attendance(id, guildId)));
    const people = new Set(read.flatMap((one) => one.people.map(({ personId }) => personId)));
    return {
      embeds: [
        card({
          title: t("war.export-title"),
          colour: COLOURS.good,
          description: t("war.export-done", { battles: battles.length, people: people.size }),
          note: t("war.export-note"),
        }),
      ],
      files: [attendanceFile(read, context)],
    };
  },
});

/** Moments are UTC, as in the other files; the time zone of each battle is named beside its start. */
export function attendanceFile(
  read: readonly Attendance[],
  context: Pick<Context, "t" | "locale" | "now">,
): Attachment {
  const { t } = context;
  const heading = [
    t("war.csv-start"),
    t("war.csv-battle"),
    t("war.csv-name"),
    t("war.csv-discord"),
    t("war.csv-answer"),
    t("war.csv-reason"),
    t("war.csv-squad"),
    t("war.csv-voice"),
    t("war.csv-minutes"),
    t("war.csv-login"),
    t("war.csv-last-login"),
    t("war.csv-outcome"),
    t("war.csv-corrected"),
  ];
  const rows = read.flatMap((one) => one.people.map((person) => rowOf(one, person, context)));
  return csvFile("wars", [], [heading, ...rows], context);
}

function rowOf({ war }: Attendance, person: Attendee, { t }: Pick<Context, "t">): readonly string[] {
  const { personId, answer, reason, squad, voice, voiceMinutes, login, lastLogin, correction, excuse } = person;
  return [
    csvMoment(war.startsAt),
    battleName(war.terms, { t }),
    nameOf(person),
    // Spreadsheets round numbers as long as these.
    `@${personId}`,
    t(answer === null ? "war.answer-none" : `war.answer-${answer}`),
    correction?.reason ?? excuse?.reason ?? reason ?? "",
    squad ?? "",
    t(`war.known-${voice}`),
    voiceMinutes === null ? "" : String(voiceMinutes),
    t(`war.known-${login}`),
    csvMoment(lastLogin ?? undefined),
    t(`war.outcome-${person.verdict}`),
    correction ? t("war.csv-yes") : "",
  ];
}
