import { z } from "zod";
import { button, defineAddress, stateOf, type MessageContext } from "../../src/kernel/index.js";
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

export const ALERT_BUTTONS = { private: addresses("watch price"), server: addresses("alerts price") };

/** What an alert carries is nobody's: whoever presses is looked at, gets an answer of their own, and the alert stays. */
export const NOBODY = { userId: "0", copy: false };

/** Hours. */
const SNOOZES = [1, 8];

/** Snooze, pause, delete. */
export function alertButtons({ watchId: watch, guildId }: Alerted, { t, locale }: MessageContext) {
  const { snooze, pause, remove } = ALERT_BUTTONS[guildId === null ? "private" : "server"];
  const nobody = { ...NOBODY, locale };
  return [
    ...SNOOZES.map((hours) =>
      button({ label: t("price-alert.snooze", { hours }), customId: snooze.customId({ watch, hours }, nobody) }),
    ),
    button({ label: t("price-alert.pause"), customId: pause.customId({ watch }, nobody) }),
    button({ label: t("price-alert.delete"), customId: remove.customId({ watch }, nobody) }),
  ];
}
