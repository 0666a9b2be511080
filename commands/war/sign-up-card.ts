import {
  card,
  COLOURS,
  dotted,
  lines,
  spaced,
  time,
  type CardField,
  type MessageContext,
  type View,
} from "../../src/kernel/index.js";
import type { Roll, SignUp, Squad, War } from "../../src/war/index.js";
import { cutList, listedName } from "../format/cut-list.js";
import { battleName, battleTitle, opensAt, whenText } from "./battle.js";
import { ANSWERS, signUpRow } from "./sign-up-buttons.js";

/** In characters; together they leave room for the rest of the card. */
const LIMITS = { coming: 500, late: 400, absent: 600, excused: 300, squad: 180, reason: 60 } as const;
/** Who comes stands in columns of so many lines. */
const PER_COLUMN = 20;
const COLUMNS = 3;
/** As many squads as a card has room for. */
export const SQUADS_SHOWN = 10;

/** The message with which people sign up: who comes, and in which squad. In the language of the server. */
export function signUpCard(roll: Roll, context: MessageContext): View {
  const { war } = roll;
  return {
    content: headline(war, context),
    embeds: [
      card({
        title: battleTitle(war.terms, context),
        colour: colourOf(war),
        description: lines(whenText(war), stateText(war, context)),
        fields: [...answerFields(roll, context), ...squadFields(roll, context)],
      }),
    ],
    components: takesAnswers(war) ? [signUpRow(war.id, context)] : [],
  };
}

/** What a phone shows of it. */
function headline({ startsAt, state, terms }: War, { t }: MessageContext): string {
  const battle = battleName(terms, { t });
  const when = time(startsAt, "F");
  if (state === "open") return t("war.headline-open", { battle: listedName(battle), when });
  return state === "cancelled" ? t("war.headline-cancelled", { battle: listedName(battle), when }) : "";
}

function colourOf({ state }: War): number {
  if (state === "cancelled") return COLOURS.alert;
  return state === "open" || state === "running" ? COLOURS.good : COLOURS.neutral;
}

/** It has not begun. */
export function takesAnswers({ state }: Pick<War, "state">): boolean {
  return state === "planned" || state === "open";
}

/** Whether one can sign up, and until when. */
export function stateText({ state, startsAt, endsAt, terms }: War, { t }: Pick<MessageContext, "t">): string {
  switch (state) {
    case "planned":
      return t("war.state-planned", { when: time(opensAt({ startsAt, terms }), "R") });
    case "open":
      return t("war.state-open", { when: time(startsAt, "t") });
    case "running":
      return t("war.state-running", { when: time(endsAt, "t") });
    case "over":
      return t("war.state-over");
    case "cancelled":
      return t("war.state-cancelled");
  }
}

/** Who comes, who comes late, who does not. */
export function answerFields({ signUps, excused }: Roll, context: MessageContext): readonly CardField[] {
  const { t } = context;
  const of = (answer: SignUp["answer"]) => signUps.filter((one) => one.answer === answer);
  const [late, absent] = [of("late"), of("no")];
  const silent = excused.filter(({ personId }) => !signUps.some((one) => one.personId === personId));
  const heading = (answer: "yes" | "late" | "no" | "excused", count: number) =>
    t("war.list-heading", { answer: t(`war.answer-${answer}`), count });
  const field = (answer: "late" | "no" | "excused", entries: readonly string[], limit: number): CardField[] =>
    entries.length === 0
      ? []
      : [{ name: heading(answer, entries.length), value: cutList(entries, { separator: "\n", limit }, context) }];
  return [
    ...columns(of("yes"), heading("yes", of("yes").length), context),
    ...field("late", late.map(withReason), LIMITS.late),
    ...field("no", absent.map(withReason), LIMITS.absent),
    ...field(
      "excused",
      silent.map(({ name, reason }) => withReason({ name, reason })),
      LIMITS.excused,
    ),
  ];
}

function columns(coming: readonly SignUp[], name: string, context: MessageContext): CardField[] {
  const names = coming.map((one) => listedName(one.name));
  if (names.length === 0) return [{ name, value: context.t("war.nobody") }];
  const parts = Array.from({ length: Math.min(COLUMNS, Math.ceil(names.length / PER_COLUMN)) }, (_, column) =>
    names.slice(column * PER_COLUMN, (column + 1) * PER_COLUMN),
  );
  return parts.map((part, column) => ({
    name: column === 0 ? name : "\u200b",
    value: cutList(
      part,
      {
        separator: "\n",
        limit: LIMITS.coming,
        left: column === parts.length - 1 ? Math.max(0, names.length - COLUMNS * PER_COLUMN) : 0,
      },
      context,
    ),
    inline: parts.length > 1,
  }));
}

function withReason({ name, reason }: Pick<SignUp, "name" | "reason">): string {
  if (reason === null || reason.trim() === "") return listedName(name);
  return `${listedName(name)} · ${listedName(reason, LIMITS.reason)}`;
}

/** One field for each squad that has somebody in it. */
export function squadFields({ squads, signUps }: Roll, context: MessageContext): readonly CardField[] {
  const names = new Map(signUps.map(({ personId, name }) => [personId, name]));
  return squads
    .filter(({ members }) => members.length > 0)
    .slice(0, SQUADS_SHOWN)
    .map((squad) => ({
      name: squadHeading(squad, context),
      value: cutList(
        squad.members.map((id) => listedName(names.get(id) ?? "")),
        { separator: ", ", limit: LIMITS.squad },
        context,
      ),
      inline: true,
    }));
}

export function squadHeading({ name, members }: Squad, { number }: Pick<MessageContext, "number">): string {
  return spaced("🛡️", listedName(name), `(${number(members.length)})`);
}

/** How many said what, in a line. */
export function countsText({ signUps }: Roll, { t, number }: Pick<MessageContext, "t" | "number">): string {
  const count = (answer: SignUp["answer"]) =>
    t("card.pair", {
      name: t(`war.answer-${answer}`),
      value: number(signUps.filter((one) => one.answer === answer).length),
    });
  return dotted(...ANSWERS.map(count));
}
