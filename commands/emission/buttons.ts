import { z } from "zod";
import { button, callId, defineAddress, stateOf, type Context } from "../../src/kernel/index.js";
import { emission as watchEmission } from "../watch/emission.js";

/** Of every button here: the region it is about. */
const COMMON = { command: "emission", state: stateOf({ region: z.string() }) } as const;

export const REFRESH = defineAddress({ ...COMMON, action: "refresh", audience: "anyone" });
/** The message stays as it is: it may be a panel. */
export const HISTORY = defineAddress({ ...COMMON, action: "history", audience: "apart" });

/** Nobody's: whoever presses one gets an answer of their own. */
const NOBODY = { userId: "0", copy: false };

/** What leads on from how things stand in a region: to be told of it, and to what was before. */
export function emissionButtons(region: string, { t, locale }: Pick<Context, "t" | "locale">) {
  const id = HISTORY.customId({ region }, { ...NOBODY, locale });
  return [...notifyButtons(region, { t }), button({ label: t("emission.history"), customId: id })];
}

/** Whoever presses it is told of this region's emissions from then on. None where the region's name is too long for it. */
export function notifyButtons(region: string, { t }: Pick<Context, "t">) {
  const call = { command: "watch emission", action: watchEmission.action, options: { region } };
  const customId = callId(call, undefined);
  return customId === undefined ? [] : [button({ label: t("emission.notify"), customId })];
}
