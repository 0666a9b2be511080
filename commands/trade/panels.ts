import { z } from "zod";
import { button, defineAddress, row, stateOf, type Address, type Context } from "../../src/kernel/index.js";

/** What answers about prices are about: an item in a region, of one grade or of all. */
export interface Subject extends Readonly<Record<string, string | number | undefined>> {
  readonly item: string;
  readonly region: string;
  /** 0 (common) to 5 (legendary). Undefined: any. */
  readonly quality: number | undefined;
  /** 0 to 15. Undefined: any. */
  readonly level: number | undefined;
}

/** How a grade is written in the id of a button. */
export const gradeShape = {
  quality: z.coerce.number().int().min(0).max(9).optional(),
  level: z.coerce.number().int().min(0).max(99).optional(),
};
export const subjectState = stateOf<Subject>({ item: z.string(), region: z.string(), ...gradeShape });

const panel = (command: string): Address<Subject> =>
  defineAddress({ command, action: "open", audience: "copied", state: subjectState });

/** Where buttons lead that go from one answer about an item to another; each command says what its own does. */
export const PANELS = {
  price: panel("price"),
  lots: panel("lots"),
  history: panel("history"),
  item: panel("item"),
};

/** The buttons to the other answers about the same item, and `more`; `here` is undefined where none of them is shown. */
export function panelButtons(
  subject: Subject,
  here: keyof typeof PANELS | undefined,
  context: Context,
  ...more: ReturnType<typeof button>[]
) {
  const label = { price: "panel.price", lots: "panel.lots", history: "panel.history", item: "panel.item" } as const;
  const others = (["price", "lots", "history", "item"] as const).filter((name) => name !== here);
  return row(
    ...others.map((name) =>
      button({ label: context.t(label[name]), customId: PANELS[name].customId(subject, context) }),
    ),
    ...more,
  );
}
