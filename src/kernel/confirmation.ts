import { ButtonStyle } from "discord-api-types/v10";
import { button, row } from "./card.js";
import { defineComponent, stateOf, type Component, type StateCodec } from "./component.js";
import type { Context } from "./context.js";
import type { PlainTextKey } from "./texts.js";
import type { Row, View } from "./view.js";

export interface Confirmation<T> {
  readonly components: readonly Component[];
  /** The two buttons to put under the question. */
  readonly buttons: (state: T, context: Context) => Row;
}

interface ConfirmationDefinition<T> {
  /** The command it belongs to, with its sub-command. */
  readonly command: string;
  /** The name of what is confirmed; unique among the components of the command. */
  readonly action: string;
  /** What it is to be done to. */
  readonly state: StateCodec<T>;
  /** What the button says that does it. */
  readonly label: PlainTextKey;
  run(state: T, context: Context): Promise<View> | View;
}

/** A question before something that cannot be taken back: one button does it, the other one leaves everything as it is. */
export function defineConfirmation<T>(definition: ConfirmationDefinition<T>): Confirmation<T> {
  const { command, action, state, label } = definition;
  const common = { command, audience: "owner" } as const;
  const confirm = defineComponent({
    ...common,
    action,
    state,
    run: ({ state: given }, context) => definition.run(given, context),
  });
  const cancel = defineComponent({
    ...common,
    action: `${action}-no`,
    state: stateOf({}),
    run: (_press, { t }) => ({ content: t("confirm.cancelled") }),
  });
  return {
    components: [confirm, cancel],
    buttons: (given, context) =>
      row(
        button({ label: context.t(label), customId: confirm.customId(given, context), style: ButtonStyle.Danger }),
        button({ label: context.t("confirm.cancel"), customId: cancel.customId({}, context) }),
      ),
  };
}
