import { z } from "zod";
import { button, defineAddress, stateOf, type Context, type MessageContext } from "../../src/kernel/index.js";
import type { AlertKind } from "../../src/watch/index.js";
import { gradeShape, type Subject } from "../trade/panels.js";
import type { Alerted } from "./alerted.js";

const ofWatch = { watch: z.string() };

/**
 * Where the buttons of an alert lead. The alert stays as it is: each press gets a private answer, and whether the person may
 * change the watch is looked at then.
 */
function addresses(command: string) {
  const common = { command, audience: "apart" } as const;
  return {
    snooze: defineAddress({
      ...common,
      action: "snooze",
      state: stateOf<{ watch: string; hours: number }>({ ...ofWatch, hours: z.coerce.number().int().min(1).max(24) }),
    }),
    pause: defineAddress({ ...common, action: "pause", state: stateOf<{ watch: string }>(ofWatch) }),
    resume: defineAddress({ ...common, action: "resume", state: stateOf<{ watch: string }>(ofWatch) }),
    remove: defineAddress({ ...common, action: "remove", state: stateOf<{ watch: string }>(ofWatch) }),
  };
}

const OF_SERVER = { emission: addresses("alerts emission"), roster: addresses("alerts clan") };

/** By whose the alerts are: a person's own, or a server's, which those who manage it may change. */
export const ALERT_BUTTONS = {
  // Rosters are told in servers alone.
  private: { emission: addresses("watch emission"), price: addresses("watch price"), roster: OF_SERVER.roster },
  server: { ...OF_SERVER, price: addresses("alerts price") },
};

/** The lots of what an alert is about, for whoever presses. That somebody does shows that they care. */
export const LOTS_BUTTON = defineAddress({
  command: "lots",
  action: "alerted",
  audience: "apart",
  state: stateOf<Subject & { watch: string }>({ ...ofWatch, item: z.string(), region: z.string(), ...gradeShape }),
});

/** What an alert carries is nobody's: whoever presses is looked at, gets an answer of their own, and the alert stays. */
export const NOBODY = { userId: "0", copy: false };

/** Hours. */
const SNOOZES = [1, 8];

const addressesOf = (kind: AlertKind, { guildId }: Pick<Alerted, "guildId">) =>
  ALERT_BUTTONS[guildId === null ? "private" : "server"][kind];

/** Snooze, pause, delete. */
export function alertButtons(kind: AlertKind, alerted: Alerted, { t, locale }: Pick<MessageContext, "t" | "locale">) {
  const { snooze, pause, remove } = addressesOf(kind, alerted);
  const { watchId: watch } = alerted;
  const nobody = { ...NOBODY, locale };
  return [
    ...SNOOZES.map((hours) =>
      button({ label: t("alert.snooze", { hours }), customId: snooze.customId({ watch, hours }, nobody) }),
    ),
    button({ label: t("alert.pause"), customId: pause.customId({ watch }, nobody) }),
    button({ label: t("alert.delete"), customId: remove.customId({ watch }, nobody) }),
  ];
}

/** Deletes a watch, from the answer that set it up. */
export function deleteButton(kind: AlertKind, alerted: Alerted, context: Context) {
  const { remove } = addressesOf(kind, alerted);
  return button({ label: context.t("alert.delete"), customId: remove.customId({ watch: alerted.watchId }, context) });
}
