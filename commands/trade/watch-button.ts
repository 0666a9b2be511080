import { z } from "zod";
import { button, defineAddress, stateOf, type Context } from "../../src/kernel/index.js";
import { gradeShape, type Subject } from "./panels.js";

/** What the form begins with. */
export interface WatchSuggestion extends Subject {
  /** Rubles per unit; undefined: none is known. */
  readonly price: number | undefined;
}

/** Where the button leads that asks what to watch an item for. */
export const WATCH_BUTTON = defineAddress({
  command: "watch price",
  action: "ask",
  audience: "apart",
  state: stateOf<WatchSuggestion>({
    item: z.string(),
    region: z.string(),
    ...gradeShape,
    price: z.coerce.number().positive().optional(),
  }),
});

/** Prices below this have kopecks. */
const WHOLE_FROM = 100;

export function watchButton({ price, ...subject }: WatchSuggestion, context: Context) {
  const short = price === undefined ? undefined : price < WHOLE_FROM ? Number(price.toFixed(2)) : Math.floor(price);
  const state = { ...subject, price: short !== undefined && short > 0 ? short : undefined };
  return button({ label: context.t("panel.watch"), customId: WATCH_BUTTON.customId(state, context) });
}
