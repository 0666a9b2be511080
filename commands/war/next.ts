import { z } from "zod";
import {
  button,
  card,
  COLOURS,
  defineComponent,
  defineConfirmation,
  defineSubcommand,
  dotted,
  lines,
  linkButton,
  row,
  stateOf,
  time,
  UserError,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import type { Roll, War } from "../../src/war/index.js";
import { listedName } from "../format/cut-list.js";
import { battleName, battleTitle, whenText } from "./battle.js";
import { isOfficer, requireOfficer, serverOf } from "./officers.js";
import { messageLink } from "./reminder-card.js";
import { signUpRow } from "./sign-up-buttons.js";
import { answerFields, squadFields, stateText, takesAnswers } from "./sign-up-card.js";
import { signUp } from "./sign-up.js";
import { findWar, found, requireRoll, warOption } from "./which.js";

/** As many as are listed after it. */
const LATER = 5;

const common = {
  command: "war next",
  audience: "owner",
  state: stateOf<{ war: string }>({ war: z.string() }),
} as const;

const post = defineComponent({
  ...common,
  action: "post",
  async run({ state: { war: id } }, context) {
    const war = await officersWar(id, context);
    if (!(await context.wars.post(id, war.guildId))) throw new UserError("error.war-gone");
    return show(id, context, context.t("war.posted", { channel: `<#${war.terms.channelId}>` }));
  },
});

const cancelling = defineConfirmation({
  ...common,
  action: "cancel-it",
  label: "war.cancel",
  async run({ war: id }, context) {
    const war = await officersWar(id, context);
    found(await context.wars.cancel(id, war.guildId));
    return show(id, context);
  },
});

const cancel = defineComponent({
  ...common,
  action: "cancel",
  async run({ state }, context) {
    const { terms, startsAt } = await officersWar(state.war, context);
    const content = context.t("war.cancel-question", {
      battle: listedName(battleName(terms, context)),
      when: time(startsAt, "F"),
    });
    return { content, components: [cancelling.buttons(state, context)] };
  },
});

const restore = defineComponent({
  ...common,
  action: "restore",
  async run({ state: { war: id } }, context) {
    const war = await officersWar(id, context);
    found(await context.wars.restore(id, war.guildId));
    return show(id, context);
  },
});

export const next = defineSubcommand({
  name: "next",
  visibility: "private",
  options: { battle: warOption("next") },
  components: [...signUp.components, post, cancel, ...cancelling.components, restore],
  modals: signUp.modals,
  async run({ options: { battle: asked } }, context) {
    return show((await findWar(asked, "next", context)).id, context);
  },
});

async function officersWar(id: string, context: Context): Promise<War> {
  const war = found(await context.wars.war(id, serverOf(context)));
  requireOfficer(war.terms, context);
  return war;
}

async function show(id: string, context: Context, said?: string): Promise<View> {
  const { wars, t } = context;
  const [roll, ahead] = await Promise.all([requireRoll(id, context), wars.next(serverOf(context), LATER + 1)]);
  const { war } = roll;
  const later = ahead.filter((other) => other.startsAt > war.startsAt);
  return {
    embeds: [
      card({
        title: battleTitle(war.terms, context),
        colour: war.state === "cancelled" ? COLOURS.alert : COLOURS.neutral,
        description: lines(said, whenText(war), stateText(war, context), ownText(roll, context)),
        fields: [
          ...answerFields(roll, context),
          ...squadFields(roll, context),
          later.length > 0
            ? { name: t("war.later"), value: lines(...later.map((other) => laterText(other, context))) }
            : undefined,
        ],
      }),
    ],
    components: [...(takesAnswers(war) ? [signUpRow(war.id, context)] : []), ...buttonsRow(war, context)],
  };
}

/** What the caller has said. */
function ownText({ war, signUps, squads }: Roll, { t, userId }: Context): string | undefined {
  const own = signUps.find(({ personId }) => personId === userId);
  if (!own) return takesAnswers(war) ? t("war.own-none") : undefined;
  const squad = squads.find(({ members }) => members.includes(userId));
  return dotted(
    t("war.own-answer", { answer: t(`war.answer-${own.answer}`) }),
    squad && t("war.own-squad", { squad: listedName(squad.name) }),
  );
}

function laterText({ startsAt, state, terms }: War, context: Context): string {
  return dotted(
    time(startsAt, "f"),
    listedName(battleName(terms, context)),
    state === "cancelled" && context.t("war.is-cancelled"),
  );
}

function buttonsRow(war: War, context: Context) {
  const { t } = context;
  const url = messageLink(war);
  const lead = (label: "war.cancel" | "war.restore" | "war.post" | "war.post-again", component: typeof post) =>
    button({ label: t(label), customId: component.customId({ war: war.id }, context) });
  const ahead = takesAnswers(war);
  const buttons = [
    ...(url === undefined ? [] : [linkButton({ label: t("war.to-sign-up"), url })]),
    ...(isOfficer(war.terms, context) && (ahead || war.state === "cancelled")
      ? [
          ...(ahead ? [lead(war.messageId === null ? "war.post" : "war.post-again", post)] : []),
          ahead ? lead("war.cancel", cancel) : lead("war.restore", restore),
        ]
      : []),
  ];
  return buttons.length === 0 ? [] : [row(...buttons)];
}
