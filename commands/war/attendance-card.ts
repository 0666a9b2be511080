import {
  card,
  COLOURS,
  dotted,
  lines,
  spaced,
  time,
  type MessageContext,
  type Page,
  type View,
} from "../../src/kernel/index.js";
import type { Attendance, Attendee } from "../../src/war/index.js";
import { cutList, listedName } from "../format/cut-list.js";
import { battleTitle, whenText } from "./battle.js";

/** In characters: of the message that is sent after the war, and of reasons. */
const REPORT_LENGTH = 3_000;
const REASON_LENGTH = 60;

/** Absent ones first: these are what a leader looks for. */
const OUTCOMES = ["absent", "unknown", "excused", "present"] as const satisfies readonly Attendee["verdict"][];

export const OUTCOME_SIGNS: Readonly<Record<Attendee["verdict"], string>> = {
  present: "✅",
  absent: "❌",
  excused: "🏖️",
  unknown: "❔",
};

/** Who was there, for the channel: sent after the war. */
export function attendanceReport(attendance: Attendance, context: MessageContext): View {
  const { t } = context;
  const { war } = attendance;
  const people = inOrder(attendance.people);
  return {
    embeds: [
      card({
        title: t("war.attendance-title", { battle: battleTitle(war.terms, context) }),
        colour: COLOURS.neutral,
        description: lines(
          whenText(war),
          outcomesText(attendance, context),
          "",
          people.length === 0
            ? t("war.nobody-known")
            : cutList(
                people.map((person) => attendeeText(person, context)),
                { separator: "\n", limit: REPORT_LENGTH },
                context,
              ),
        ),
        note: t("war.attendance-legend"),
      }),
    ],
  };
}

/** The same for an officer, page by page. */
export function attendanceCard(
  { war, people }: Attendance,
  shown: Page<Attendee>,
  context: MessageContext,
  said?: string,
) {
  const { t } = context;
  return card({
    title: t("war.attendance-title", { battle: battleTitle(war.terms, context) }),
    colour: said === undefined ? COLOURS.neutral : COLOURS.good,
    description: lines(
      said,
      whenText(war),
      outcomesText({ people }, context),
      "",
      ...(people.length === 0 ? [t("war.nobody-known")] : shown.items.map((person) => attendeeText(person, context))),
    ),
    note: t("war.attendance-legend"),
  });
}

/** Those that were absent first, and each group by name. */
export function inOrder(people: readonly Attendee[]): readonly Attendee[] {
  const rank = ({ verdict }: Attendee) => OUTCOMES.indexOf(verdict);
  return [...people].sort((a, b) => rank(a) - rank(b) || nameOf(a).localeCompare(nameOf(b)));
}

/** How many were there, and how many were not. */
function outcomesText({ people }: Pick<Attendance, "people">, { t, number }: MessageContext): string {
  return dotted(
    ...[...OUTCOMES].reverse().map((outcome) => {
      const count = people.filter(({ verdict }) => verdict === outcome).length;
      return `${OUTCOME_SIGNS[outcome]} ${t(`war.outcome-${outcome}`)}: ${number(count)}`;
    }),
  );
}

/** One person: what came of it, then what each source tells. */
export function attendeeText(person: Attendee, context: MessageContext): string {
  const { t } = context;
  const { correction, excuse, verdict } = person;
  const reason = correction?.reason ?? (correction ? null : excuse?.reason) ?? person.reason;
  return lines(
    spaced(
      OUTCOME_SIGNS[verdict],
      personText(person),
      correction ? `· ${t("war.by-officer", { outcome: t(`war.outcome-${verdict}`) })}` : undefined,
    ),
    `-# ${dotted(
      signedText(person, context),
      voiceText(person, context),
      loginText(person, context),
      reason !== null && listedName(reason, REASON_LENGTH),
    )}`,
  );
}

/** Who it is: by name, or where nobody noted it, as Discord shows them. */
function personText({ name, personId }: Attendee): string {
  return name === null ? `<@${personId}>` : `**${listedName(name)}**`;
}

/** The same without markup. */
export function nameOf({ name, personId }: Pick<Attendee, "name" | "personId">): string {
  return name ?? personId;
}

function signedText({ answer }: Attendee, { t }: Pick<MessageContext, "t">): string {
  return t("war.source-sign-up", { value: answer === null ? t("war.answer-none") : t(`war.answer-${answer}`) });
}

function voiceText({ voice, voiceMinutes }: Attendee, { t }: Pick<MessageContext, "t">): string {
  const value =
    voice === "yes" && voiceMinutes !== null
      ? t("war.span-minutes", { minutes: voiceMinutes })
      : t(`war.known-${voice}`);
  return t("war.source-voice", { value });
}

function loginText({ login, lastLogin }: Attendee, { t }: Pick<MessageContext, "t">): string {
  const value = lastLogin === null || login === "unknown" ? t(`war.known-${login}`) : time(lastLogin, "f");
  return t("war.source-login", { value });
}
