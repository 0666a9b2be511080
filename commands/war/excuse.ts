import {
  card,
  COLOURS,
  defineComponent,
  defineSubcommand,
  dotted,
  lines,
  menu,
  optionalInteger,
  optionalPerson,
  optionalText,
  row,
  stateOf,
  time,
  UserError,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import { DAY_MS } from "../../src/time.js";
import type { Excuse } from "../../src/war/index.js";
import { cutList, listedName } from "../format/cut-list.js";
import { isOfficerHere, requireOfficerHere, serverOf } from "./officers.js";
import { shownName } from "./sign-up.js";
import { findWar, warOption } from "./which.js";

/** In characters. */
const REASON_LENGTH = 100;
const LIST_LENGTH = 3_500;
const MOST_DAYS = 60;

const remove = defineComponent({
  command: "war excuse",
  audience: "owner",
  action: "remove",
  state: stateOf({}),
  async run({ values: [id = ""] }, context) {
    const { wars, userId, t } = context;
    const guildId = serverOf(context);
    const excuse = (await wars.excuses(guildId)).find((one) => one.id === id);
    if (!excuse) throw new UserError("error.war-excuse-gone");
    if (excuse.personId !== userId) await requireOfficerHere(context);
    await wars.removeExcuse(id, guildId);
    return show(context, t("war.excuse-removed", { name: listedName(excuse.name) }));
  },
});

/** People say that they cannot come; officers say it for others. Without options: who is excused. */
export const excuse = defineSubcommand({
  name: "excuse",
  visibility: "private",
  options: {
    reason: optionalText({ maxLength: REASON_LENGTH }),
    away: optionalInteger({ min: 1, max: MOST_DAYS }),
    battle: warOption("next"),
    person: optionalPerson(),
  },
  components: [remove],
  async run({ options: { reason, away, battle: asked, person } }, context) {
    const { wars, userId, userName, now, t } = context;
    if (reason === undefined) {
      if (away !== undefined || asked !== undefined || person !== undefined)
        throw new UserError("error.war-excuse-reason");
      return show(context);
    }
    const guildId = serverOf(context);
    if (person !== undefined && person.id !== userId) await requireOfficerHere(context);
    if (person?.seen?.isBot === true) throw new UserError("error.war-bot");
    const personId = person?.id ?? userId;
    const name = shownName(person ? (person.seen?.userName ?? person.id) : userName);
    const war = asked === undefined ? undefined : await findWar(asked, "next", context);
    const from = war?.startsAt ?? now;
    const until = war?.endsAt ?? new Date(now.getTime() + (away ?? 1) * DAY_MS);
    const added = await wars.excuse(guildId, { personId, name, from, until, reason, by: userId });
    return show(context, t("war.excuse-saved", { name: listedName(added.name), when: time(added.until, "f") }));
  },
});

/** Those that are not over yet: all of them for officers, one's own for others. */
async function show(context: Context, said?: string): Promise<View> {
  const { wars, t, userId } = context;
  const officer = await isOfficerHere(context);
  const all = await wars.excuses(serverOf(context));
  const shown = officer ? all : all.filter(({ personId }) => personId === userId);
  return {
    embeds: [
      card({
        title: t("war.excuses-title"),
        colour: said === undefined ? COLOURS.neutral : COLOURS.good,
        description: lines(
          said,
          shown.length === 0
            ? t("war.excuses-none")
            : cutList(shown.map(excuseText), { separator: "\n", limit: LIST_LENGTH }, context),
        ),
        note: t("war.excuses-note"),
      }),
    ],
    components:
      shown.length === 0
        ? []
        : [
            row(
              menu({
                customId: remove.customId({}, context),
                placeholder: t("war.excuse-remove"),
                options: shown.map(({ id, name, reason }) => ({ label: name, value: id, description: reason })),
              }),
            ),
          ],
  };
}

function excuseText({ name, from, until, reason }: Excuse): string {
  const span = `${time(from, "f")} – ${time(until, "f")}`;
  return dotted(`🏖️ **${listedName(name)}**`, span, listedName(reason, REASON_LENGTH));
}
