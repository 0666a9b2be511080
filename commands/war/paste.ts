import { ButtonStyle } from "discord-api-types/v10";
import { z } from "zod";
import {
  button,
  card,
  defineComponent,
  defineModal,
  form,
  lines,
  row,
  stateOf,
  UserError,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import type { Attendance, Attendee, NamedPerson, Verdict } from "../../src/war/index.js";
import { cutList, listedName } from "../format/cut-list.js";
import { nameOf } from "./attendance-card.js";
import { battleTitle, whenText } from "./battle.js";
import { marksOf, marksText, matched, MOST_MARKED, namesIn } from "./name-list.js";
import { requireOfficer, serverOf } from "./officers.js";
import { found } from "./which.js";

/** In characters, of each list in the question. */
const LIST_LENGTH = 1_500;
const PASTED_LENGTH = 4_000;

interface Pasted extends Readonly<Record<string, string | number>> {
  readonly war: string;
  /** How many there are: when somebody came since, the marks mean others. */
  readonly count: number;
  readonly marks: string;
}

/** A pasted list of names says who was there: shows whom it means, and asks before anything is changed. */
export function pasting({
  show,
  ...common
}: {
  readonly command: string;
  readonly audience: "owner";
  readonly show: (attendance: Attendance, context: Context, said: string) => View;
}) {
  const pasted = stateOf<Pasted>({
    war: z.string(),
    count: z.coerce.number().int().nonnegative(),
    marks: z.string().default(""),
  });

  const ask = defineComponent({
    ...common,
    action: "paste",
    state: stateOf<{ war: string }>({ war: z.string() }),
    run: ({ state }, context) =>
      form({
        customId: list.customId(state, context),
        title: context.t("war.paste-title"),
        fields: [
          {
            name: "names",
            label: context.t("war.paste-label"),
            description: context.t("war.paste-about"),
            long: true,
            maxLength: PASTED_LENGTH,
            required: true,
          },
        ],
      }),
  });

  const list = defineModal({
    ...common,
    action: "pasted",
    state: stateOf<{ war: string }>({ war: z.string() }),
    async run({ state: { war }, fields }, context) {
      const attendance = await read(war, context);
      if (attendance.people.length > MOST_MARKED) throw new UserError("error.war-paste-many", { limit: MOST_MARKED });
      return question(attendance, namesIn(fields.names ?? ""), context);
    },
  });

  const confirming = (action: "those" | "all") =>
    defineComponent({
      ...common,
      action,
      state: pasted,
      async run({ state: { war, count, marks } }, context) {
        const { wars, userId, t } = context;
        const before = await read(war, context);
        if (before.people.length !== count) throw new UserError("error.war-paste-changed");
        const marked = marksOf(marks, count);
        const present = before.people.filter((_, index) => marked[index]);
        const missing = before.people.filter(({ verdict }, index) => !marked[index] && verdict !== "excused");
        const { guildId } = before.war;
        const say = async (people: readonly Attendee[], verdict: Verdict) =>
          found(await wars.correct(war, guildId, people.map(named), { verdict, reason: null, by: userId }));
        let after = await say(present, "present");
        if (action === "all" && missing.length > 0) after = await say(missing, "absent");
        return show(after, context, t("war.pasted", { count: present.length }));
      },
    });
  const those = confirming("those");
  const all = confirming("all");

  async function read(war: string, context: Context): Promise<Attendance> {
    const attendance = found(await context.wars.attendance(war, serverOf(context)));
    requireOfficer(attendance.war.terms, context);
    return attendance;
  }

  function question({ war, people }: Attendance, names: readonly string[], context: Context): View {
    const { t } = context;
    const { found: meant, unknown } = matched(names, people.map(named));
    if (meant.length === 0) throw new UserError("error.war-paste-none");
    const isMeant = ({ personId }: Attendee) => meant.some((one) => one.personId === personId);
    const state = { war: war.id, count: people.length, marks: marksText(people.map(isMeant)) };
    const others = people.filter((one) => !isMeant(one) && one.verdict !== "excused");
    const listed = (list: readonly string[]) =>
      cutList(
        list.map((name) => listedName(name)),
        { separator: ", ", limit: LIST_LENGTH },
        context,
      );
    return {
      embeds: [
        card({
          title: t("war.attendance-title", { battle: battleTitle(war.terms, context) }),
          description: lines(
            whenText(war),
            "",
            t("war.paste-found", { count: meant.length, names: listed(meant.map(({ name }) => name)) }),
            unknown.length > 0 && t("war.paste-unknown", { count: unknown.length, names: listed(unknown) }),
          ),
          note: unknown.length > 0 ? t("war.paste-note") : undefined,
        }),
      ],
      components: [
        row(
          button({
            label: t("war.paste-those", { count: meant.length }),
            customId: those.customId(state, context),
            style: ButtonStyle.Success,
          }),
          button({
            label: t("war.paste-all", { count: others.length }),
            customId: all.customId(state, context),
            disabled: others.length === 0,
          }),
        ),
      ],
    };
  }

  return {
    components: [ask, those, all],
    modals: [list],
    button: (war: string, context: Context) =>
      button({ label: context.t("war.paste"), customId: ask.customId({ war }, context) }),
  };
}

function named(person: Attendee): NamedPerson {
  return { personId: person.personId, name: nameOf(person) };
}
