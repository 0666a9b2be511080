import { ButtonStyle } from "discord-api-types/v10";
import { z } from "zod";
import { button, defineAddress, row, stateOf, type MessageContext } from "../../src/kernel/index.js";
import type { Answer } from "../../src/war/index.js";
import { NOBODY } from "../alert-cards/buttons.js";

const state = stateOf<{ war: string }>({ war: z.string() });

/** The message changes for all who read it, so it stays in its language. */
const address = (action: string) => defineAddress({ command: "war next", action, audience: "anyone", state });

export const SIGN_UP: Readonly<Record<Answer, ReturnType<typeof address>>> = {
  yes: address("yes"),
  late: address("late"),
  no: address("no"),
};

/** What the form that asks for the reason of a "no" leads to. */
export const REASON = { command: "war next", action: "reason", audience: "anyone", state } as const;

const STYLES: Readonly<Record<Answer, ButtonStyle>> = {
  yes: ButtonStyle.Success,
  late: ButtonStyle.Primary,
  no: ButtonStyle.Secondary,
};

export const ANSWERS = ["yes", "late", "no"] as const satisfies readonly Answer[];

/** Yes, late, no: whoever presses says it for themselves. */
export function signUpRow(war: string, { t, locale }: Pick<MessageContext, "t" | "locale">) {
  return row(
    ...ANSWERS.map((answer) =>
      button({
        label: t(`war.answer-${answer}`),
        customId: SIGN_UP[answer].customId({ war }, { ...NOBODY, locale }),
        style: STYLES[answer],
      }),
    ),
  );
}
