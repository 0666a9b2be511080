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
  UserError,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import { findEntry, readEntries, scopeOf, type Entry, type Group } from "./entries.js";
import { testText } from "./test-text.js";

/** As many as a menu holds. */
const PER_PAGE = 25;

/** Sends a real message where one of them goes: of several, one is chosen in a menu. */
export function defineWatchTest(group: Group) {
  const command = `${group} test`;
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
    run: async ({ state, values: [id = ""] }, context) => show(state.page, context, await send(id, context)),
  });

  async function send(id: string, context: Context): Promise<Sent> {
    const scope = scopeOf(group, context);
    const entry = await findEntry(id, scope, context);
    const result = entry.watch && (await context.watching.test(entry.watch.id, scope, context.signal));
    if (!result) throw new UserError("error.watch-gone");
    return { text: testText(result, entry, context), arrived: result.kind === "sent" };
  }

  async function begin(context: Context): Promise<View> {
    const [only, ...others] = await testable(context);
    return show(0, context, only && others.length === 0 ? await send(only.id, context) : undefined);
  }

  async function testable(context: Context): Promise<readonly Entry[]> {
    return (await readEntries(scopeOf(group, context), context)).filter(({ watch }) => watch);
  }

  async function show(wanted: number, context: Context, sent?: Sent): Promise<View> {
    const { t } = context;
    const entries = await testable(context);
    const shown = page(entries, wanted, PER_PAGE);
    return {
      embeds: [
        card({
          title: t("watches.test-title"),
          colour: sent ? (sent.arrived ? COLOURS.good : COLOURS.alert) : COLOURS.neutral,
          description: lines(
            sent?.text,
            entries.length === 0 ? t(`watches.${group}.none`) : !sent && t("watches.which-test"),
          ),
        }),
      ],
      components:
        entries.length === 0
          ? []
          : [
              row(
                menu({
                  customId: choose.customId({ page: shown.number }, context),
                  placeholder: t("watches.which-test"),
                  options: shown.items.map(({ id, title }) => ({ label: title, value: id })),
                }),
              ),
              ...pager.buttons({}, shown, context),
            ],
    };
  }

  return { components: [...pager.components, choose], modals: pager.modals, begin };
}

interface Sent {
  readonly text: string;
  readonly arrived: boolean;
}
