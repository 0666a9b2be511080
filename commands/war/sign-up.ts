import {
  defineComponent,
  defineModal,
  form,
  time,
  UserError,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import type { Answer, Answered, Roll, ScheduleTerms, War } from "../../src/war/index.js";
import { filled } from "./filled.js";
import { likelyCharacter } from "../options/character.js";
import { serverOf } from "./officers.js";
import { REASON, SIGN_UP } from "./sign-up-buttons.js";
import { signUpCard, takesAnswers } from "./sign-up-card.js";
import { found } from "./which.js";

/** In characters. */
const REASON_LENGTH = 100;

const yes = defineComponent({
  ...SIGN_UP.yes,
  run: ({ state: { war } }, context) => answer(war, "yes", null, context),
});

const late = defineComponent({
  ...SIGN_UP.late,
  run: ({ state: { war } }, context) => answer(war, "late", null, context),
});

/** Asks for the reason first, while one can still sign up. */
const no = defineComponent({
  ...SIGN_UP.no,
  async run({ state }, context) {
    const { t } = context;
    await requireOpen(state.war, context);
    return form({
      customId: reason.customId(state, context),
      title: t("war.reason-title"),
      fields: [
        {
          name: "reason",
          label: t("war.reason-label"),
          placeholder: t("war.reason-example"),
          maxLength: REASON_LENGTH,
          required: false,
        },
      ],
    });
  },
});

const reason = defineModal({
  ...REASON,
  run: ({ state: { war }, fields }, context) => answer(war, "no", filled(fields.reason) ?? null, context),
});

/** What hangs on a sign-up message. */
export const signUp = { components: [yes, late, no], modals: [reason] };

/** @throws UserError that says why nobody can sign up any more */
async function requireOpen(id: string, { wars, guildId, told, now }: Context): Promise<War> {
  const war = found(await wars.war(id, serverOf({ guildId })));
  if (war.state === "cancelled") throw new UserError("error.war-cancelled");
  // Its state follows a moment later.
  if (!takesAnswers(war) || told(war.startsAt) <= now) throw closed(war);
  return war;
}

async function answer(id: string, said: Answer, why: string | null, context: Context): Promise<View> {
  const { guildId, terms } = await requireOpen(id, context);
  const given = { ...(await whoIs(terms, context)), answer: said, reason: why };
  const result = await context.wars.signUp(id, guildId, given);
  return signUpCard(rollOf(result), context);
}

function rollOf(result: Answered): Roll {
  switch (result.kind) {
    case "done":
      return result.roll;
    case "closed":
      throw closed(result.war);
    case "cancelled":
      throw new UserError("error.war-cancelled");
    case "gone":
      throw new UserError("error.war-gone");
  }
}

function closed({ startsAt }: Pick<War, "startsAt">) {
  return new UserError("error.war-closed", { when: time(startsAt, "R") });
}

/** Whoever presses, by the name of their character; who has linked none, as Discord shows them. */
async function whoIs({ region }: Pick<ScheduleTerms, "region">, context: Context) {
  const character = (await likelyCharacter(region ?? undefined, context)) ?? null;
  return { personId: context.userId, name: character?.name ?? shownName(context.userName), character };
}

/** `Vesper`, of `Vesper (@vesper)`. */
export function shownName(userName: string): string {
  return /^(.+) \(@[^()@]+\)$/u.exec(userName)?.[1] ?? userName;
}
