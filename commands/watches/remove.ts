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
  type View,
} from "../../src/kernel/index.js";
import { readEntries, removeEntry, scopeOf, type Group } from "./entries.js";
import { removedLine } from "./list.js";

/** As many as a menu holds. */
const PER_PAGE = 25;

/** A menu in which several are chosen to be deleted. */
export function defineWatchRemoval(group: Group) {
  const command = `${group} remove`;
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
      const scope = scopeOf(group, context);
      const chosen = (await readEntries(scope, context)).filter(({ id }) => values.includes(id));
      const gone = await Promise.all(chosen.map((entry) => removeEntry(entry, scope, context)));
      const removed = chosen.filter((_, index) => gone[index]);
      return show(
        state.page,
        context,
        removed.length > 0 ? removedLine(removed, context) : context.t("error.watch-gone"),
      );
    },
  });

  async function show(wanted: number, context: Context, said?: string): Promise<View> {
    const { t } = context;
    const entries = await readEntries(scopeOf(group, context), context);
    const shown = page(entries, wanted, PER_PAGE);
    return {
      embeds: [
        card({
          title: t(`watches.${group}.remove`),
          colour: said === undefined ? COLOURS.neutral : COLOURS.good,
          description: lines(said, t(entries.length > 0 ? "watches.which" : `watches.${group}.none`)),
        }),
      ],
      components:
        entries.length === 0
          ? []
          : [
              row(
                menu({
                  customId: choose.customId({ page: shown.number }, context),
                  placeholder: t("watches.which"),
                  max: shown.items.length,
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
    show: (context: Context) => show(0, context),
  };
}
