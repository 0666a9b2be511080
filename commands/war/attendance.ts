import { z } from "zod";
import {
  button,
  card,
  COLOURS,
  defineComponent,
  defineModal,
  definePager,
  defineSubcommand,
  form,
  lines,
  menu,
  optionalChoice,
  optionalPerson,
  optionalText,
  page,
  row,
  stateOf,
  UserError,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import type { Attendance, Attendee, Verdict } from "../../src/war/index.js";
import { listedName } from "../format/cut-list.js";
import { attendanceCard, attendeeText, inOrder, nameOf, OUTCOME_SIGNS } from "./attendance-card.js";
import { battleTitle, whenText } from "./battle.js";
import { filled } from "./filled.js";
import { isOfficer, requireOfficer, serverOf } from "./officers.js";
import { pasting } from "./paste.js";
import { shownName } from "./sign-up.js";
import { findWar, found, warOption } from "./which.js";

const PER_PAGE = 12;
/** In characters. */
const REASON_LENGTH = 100;

const VERDICTS = ["present", "absent", "excused"] as const satisfies readonly Verdict[];

interface Whose extends Readonly<Record<string, string | number>> {
  readonly war: string;
  readonly person: string;
}

const common = { command: "war attendance", audience: "owner" } as const;
const warState = stateOf<{ war: string }>({ war: z.string() });
const whoseState = stateOf<Whose>({ war: z.string(), person: z.string() });

const pager = definePager({
  ...common,
  state: warState,
  show: ({ war }, wanted, context) => show(war, wanted, context),
});

const back = defineComponent({
  ...common,
  action: "back",
  state: warState,
  run: ({ state: { war } }, context) => show(war, 0, context),
});

const choose = defineComponent({
  ...common,
  action: "person",
  state: warState,
  run: ({ state: { war }, values: [person = ""] }, context) => showOne({ war, person }, context),
});

/** What an officer says; of an excuse, the reason is asked for. */
const verdicts = {
  present: judging("present"),
  absent: judging("absent"),
  excused: defineComponent({
    ...common,
    action: "excused",
    state: whoseState,
    run: ({ state }, context) =>
      form({
        customId: excuse.customId(state, context),
        title: context.t("war.excuse-title"),
        fields: [
          {
            name: "reason",
            label: context.t("war.reason-label"),
            placeholder: context.t("war.reason-example"),
            maxLength: REASON_LENGTH,
            required: false,
          },
        ],
      }),
  }),
};
const reset = judging(null);

function judging(verdict: Verdict | null) {
  return defineComponent({
    ...common,
    action: verdict ?? "reset",
    state: whoseState,
    run: ({ state }, context) => judge(state, verdict, null, context),
  });
}

const excuse = defineModal({
  ...common,
  action: "excuse",
  state: whoseState,
  run: ({ state, fields }, context) => judge(state, "excused", filled(fields.reason) ?? null, context),
});

const paste = pasting({
  ...common,
  show: (attendance, context, said) => view(attendance, 0, context, said),
});

export const attendance = defineSubcommand({
  name: "attendance",
  visibility: "private",
  options: {
    battle: warOption("past"),
    person: optionalPerson(),
    verdict: optionalChoice(VERDICTS.map((value) => ({ value, name: `war.outcome-${value}` as const }))),
    reason: optionalText({ maxLength: REASON_LENGTH }),
  },
  components: [...[back, choose, reset, ...Object.values(verdicts)], ...[...pager.components, ...paste.components]],
  modals: [excuse, ...pager.modals, ...paste.modals],
  async run({ options: { battle: asked, person, verdict, reason } }, context) {
    const { id: war } = await findWar(asked, "past", context);
    if (person === undefined) {
      if (verdict !== undefined || reason !== undefined) throw new UserError("error.war-who");
      return show(war, 0, context);
    }
    if (verdict === undefined) return showOne({ war, person: person.id }, context);
    if (person.seen?.isBot === true) throw new UserError("error.war-bot");
    const name = shownName(person.seen?.userName ?? person.id);
    return judge({ war, person: person.id }, verdict, reason ?? null, context, name);
  },
});

async function read(war: string, context: Context): Promise<Attendance> {
  return found(await context.wars.attendance(war, serverOf(context)));
}

/** @param name of who is not in the list yet */
async function judge(
  { war, person }: Whose,
  verdict: Verdict | null,
  reason: string | null,
  context: Context,
  name?: string,
): Promise<View> {
  const { wars, userId, t } = context;
  const before = await read(war, context);
  requireOfficer(before.war.terms, context);
  const listed = before.people.find(({ personId }) => personId === person);
  const known = listed ? nameOf(listed) : name;
  if (known === undefined) throw new UserError("error.war-gone");
  const people = [{ personId: person, name: known }];
  const said = verdict && { verdict, reason, by: userId };
  const after = found(await wars.correct(war, before.war.guildId, people, said));
  return view(after, 0, context, t("war.corrected", { name: listedName(known) }));
}

async function show(war: string, wanted: number, context: Context): Promise<View> {
  return view(await read(war, context), wanted, context);
}

function view(read: Attendance, wanted: number, context: Context, said?: string): View {
  const { t } = context;
  const shown = page(inOrder(read.people), wanted, PER_PAGE);
  const { id: war, terms } = read.war;
  const officer = isOfficer(terms, context);
  return {
    embeds: [attendanceCard(read, shown, context, said)],
    components: [
      ...(officer && shown.items.length > 0
        ? [
            row(
              menu({
                customId: choose.customId({ war }, context),
                placeholder: t("war.correct-choose"),
                options: shown.items.map((person) => ({
                  label: nameOf(person),
                  value: person.personId,
                  emoji: OUTCOME_SIGNS[person.verdict],
                })),
              }),
            ),
          ]
        : []),
      ...pager.buttons({ war }, shown, context),
      ...(officer ? [row(paste.button(war, context))] : []),
    ],
  };
}

async function showOne(whose: Whose, context: Context): Promise<View> {
  const { t } = context;
  const { war, people } = await read(whose.war, context);
  const person = people.find(({ personId }) => personId === whose.person);
  const officer = isOfficer(war.terms, context);
  if (!person && !officer) throw new UserError("error.war-not-there", { name: `<@${whose.person}>` });
  return {
    embeds: [
      card({
        title: t("war.attendance-title", { battle: battleTitle(war.terms, context) }),
        colour: COLOURS.neutral,
        description: lines(whenText(war), "", person ? attendeeText(person, context) : `<@${whose.person}>`),
        note: t("war.attendance-legend"),
      }),
    ],
    components: [
      ...(officer && person ? [verdictRow(person, whose, context)] : []),
      row(button({ label: t("war.back"), customId: back.customId({ war: whose.war }, context) })),
    ],
  };
}

function verdictRow({ correction }: Attendee, whose: Whose, context: Context) {
  const { t } = context;
  return row(
    ...VERDICTS.map((verdict) =>
      button({
        label: `${OUTCOME_SIGNS[verdict]} ${t(`war.outcome-${verdict}`)}`,
        customId: verdicts[verdict].customId(whose, context),
      }),
    ),
    button({ label: t("war.reset"), customId: reset.customId(whose, context), disabled: correction === null }),
  );
}
