import { z } from "zod";
import {
  card,
  COLOURS,
  defineComponent,
  definePager,
  lines,
  menu,
  page,
  row,
  stateOf,
  type Context,
  type PlainTextKey,
  type View,
} from "../../src/kernel/index.js";
import { readEntries, scopeOf, type Entry, type Group } from "./entries.js";

/** As many as a menu holds. */
const PER_PAGE = 25;

interface Choosing {
  readonly group: Group;
  readonly command: string;
  readonly title: PlainTextKey;
  /** What is to be chosen. */
  readonly prompt: PlainTextKey;
  /** Whether several may be chosen at once. */
  readonly several: boolean;
  /** What is done with them. */
  readonly chosen: (entries: readonly Entry[], context: Context) => Promise<Said>;
}

/** What came of a choice, in a line. */
export interface Said {
  readonly text: string;
  readonly good: boolean;
}

/** A paged menu of what a person or a server watches; what is chosen is done at once, and the menu comes again. */
export function defineChoosing({ group, command, title, prompt, several, chosen }: Choosing) {
  const pager = definePager({
    command,
    audience: "owner",
    state: stateOf({}),
    show: (_state, wanted, context) => show(wanted, context),
  });
  const choose = defineComponent({
    command,
    action: "choose",
    audience: "owner",
    state: stateOf({ page: z.coerce.number().int().nonnegative() }),
    async run({ state, values }, context) {
      const entries = await readEntries(scopeOf(group, context), context);
      const those = entries.filter(({ id }) => values.includes(id));
      const gone = { text: context.t("error.watch-gone"), good: false };
      return show(state.page, context, those.length > 0 ? await chosen(those, context) : gone);
    },
  });

  async function show(wanted: number, context: Context, said?: Said): Promise<View> {
    const { t } = context;
    const entries = await readEntries(scopeOf(group, context), context);
    const shown = page(entries, wanted, PER_PAGE);
    const colour = said ? (said.good ? COLOURS.good : COLOURS.alert) : COLOURS.neutral;
    const further = t(entries.length > 0 ? prompt : `watches.${group}.none`);
    return {
      embeds: [card({ title: t(title), colour, description: lines(said?.text, further) })],
      components:
        entries.length === 0
          ? []
          : [
              row(
                menu({
                  customId: choose.customId({ page: shown.number }, context),
                  placeholder: t(prompt),
                  max: several ? shown.items.length : 1,
                  options: shown.items.map((entry) => ({ label: entry.title, value: entry.id })),
                }),
              ),
              ...pager.buttons({}, shown, context),
            ],
    };
  }

  return {
    components: [...pager.components, choose],
    modals: pager.modals,
    show: (context: Context, said?: Said) => show(0, context, said),
  };
}
