import { z } from "zod";
import {
  button,
  card,
  COLOURS,
  defineComponent,
  definePager,
  escape,
  lines,
  menu,
  page,
  row,
  stateOf,
  UserError,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import { HOUR_MS } from "../../src/time.js";
import type { ListedWatch, Scope } from "../../src/watch/index.js";
import { findEntry, readEntries, removeEntry, scopeOf, type Entry, type Group } from "./entries.js";
import { furtherLines, placeOf, stateLine } from "./state.js";
import { testText } from "./test-text.js";

const PER_PAGE = 8;

/** One of them, and the page it is on. */
interface Place {
  readonly id: string;
  readonly page: number;
}

const SNOOZES = [1, 8];

/** Everything of a person or a server that tells by itself, with its state; one can be chosen and changed. */
export function defineWatchList(group: Group) {
  const command = `${group} list`;
  const common = { command, audience: "owner" } as const;
  const pageState = stateOf({ page: z.coerce.number().int().nonnegative() });
  const oneState = stateOf({ id: z.string(), page: z.coerce.number().int().nonnegative() });

  const pager = definePager({
    command,
    audience: "owner",
    state: stateOf({}),
    show: (_state, wanted, context) => show(wanted, context),
  });
  const back = defineComponent({
    ...common,
    action: "back",
    state: pageState,
    run: ({ state }, context) => show(state.page, context),
  });
  const open = defineComponent({
    ...common,
    action: "open",
    state: pageState,
    run: ({ state, values: [id = ""] }, context) => showOne({ ...state, id }, context),
  });

  /** A button on the card of one: does something, and shows what it is like then. */
  const changing = (
    action: string,
    change: (watch: ListedWatch, scope: Scope, context: Context) => Promise<boolean>,
    said: (context: Context) => string | undefined = () => undefined,
  ) =>
    defineComponent({
      ...common,
      action,
      state: oneState,
      async run({ state }, context) {
        const scope = scopeOf(group, context);
        const { watch } = await findEntry(state.id, scope, context);
        if (!watch || !(await change(watch, scope, context))) throw new UserError("error.watch-gone");
        return showOne(state, context, said(context));
      },
    });
  const pause = changing("pause", ({ id }, scope, { watching }) => watching.pause(id, scope));
  const resume = changing("resume", ({ id }, scope, { watching }) => watching.resume(id, scope));
  const snoozes = SNOOZES.map((hours) => ({
    hours,
    component: changing(`snooze${hours}`, ({ id }, scope, { watching }) => watching.snooze(id, scope, hours * HOUR_MS)),
  }));
  const test = defineComponent({
    ...common,
    action: "test",
    state: oneState,
    async run({ state }, context) {
      const scope = scopeOf(group, context);
      const entry = await findEntry(state.id, scope, context);
      const result = entry.watch && (await context.watching.test(entry.watch.id, scope, context.signal));
      if (!result) throw new UserError("error.watch-gone");
      return showOne(state, context, testText(result, entry, context));
    },
  });
  const remove = defineComponent({
    ...common,
    action: "remove",
    state: oneState,
    async run({ state }, context) {
      const scope = scopeOf(group, context);
      const entry = await findEntry(state.id, scope, context);
      await removeEntry(entry, scope, context);
      return show(state.page, context, removedLine([entry], context));
    },
  });

  async function show(wanted: number, context: Context, said?: string): Promise<View> {
    const { t, watching } = context;
    const entries = await readEntries(scopeOf(group, context), context);
    const shown = page(entries, wanted, PER_PAGE);
    const limit = group === "watch" ? watching.limits.perPerson : watching.limits.perServer;
    return {
      embeds: [
        card({
          title: t(`watches.${group}.title`),
          colour: entries.some(isStopped) ? COLOURS.alert : COLOURS.neutral,
          description: lines(
            said,
            ...(entries.length === 0
              ? [t(`watches.${group}.none`)]
              : shown.items.map((entry) =>
                  lines(`**${escape(entry.title)}** → ${placeOf(entry, context)}`, `-# ${stateLine(entry, context)}`),
                )),
          ),
          note:
            entries.length > 0
              ? t("watches.count", { count: entries.filter(({ watch }) => watch).length, limit })
              : undefined,
        }),
      ],
      components: [
        ...(entries.length > 0
          ? [
              row(
                menu({
                  customId: open.customId({ page: shown.number }, context),
                  placeholder: t("watches.choose"),
                  options: shown.items.map((entry) => ({ label: entry.title, value: entry.id })),
                }),
              ),
            ]
          : []),
        ...pager.buttons({}, shown, context),
      ],
    };
  }

  async function showOne(place: Place, context: Context, said?: string): Promise<View> {
    const { t } = context;
    const entry = await findEntry(place.id, scopeOf(group, context), context);
    const { watch } = entry;
    const act = (
      label: "watches.pause" | "watches.resume" | "watches.test" | "watches.delete",
      component: typeof remove,
    ) => button({ label: t(label), customId: component.customId(place, context) });
    return {
      embeds: [
        card({
          title: escape(entry.title),
          colour: isStopped(entry) ? COLOURS.alert : COLOURS.neutral,
          description: lines(
            said,
            t("card.pair", { name: t("watches.where"), value: placeOf(entry, context) }),
            stateLine(entry, context),
            furtherLines(entry, context),
          ),
          note: entry.panel ? t("watches.panel-stays") : undefined,
        }),
      ],
      components: [
        row(
          ...(watch
            ? [
                watch.state === "running" ? act("watches.pause", pause) : act("watches.resume", resume),
                ...snoozes.map(({ hours, component }) =>
                  button({
                    label: t("watches.snooze", { hours }),
                    customId: component.customId(place, context),
                    disabled: watch.state === "paused",
                  }),
                ),
                act("watches.test", test),
              ]
            : []),
          act("watches.delete", remove),
        ),
        row(button({ label: t("watches.back"), customId: back.customId({ page: place.page }, context) })),
      ],
    };
  }

  return {
    components: [
      ...pager.components,
      ...[open, back, pause, resume, test, remove],
      ...snoozes.map(({ component }) => component),
    ],
    modals: pager.modals,
    show: (context: Context) => show(0, context),
  };
}

/** Something else than a person stopped it. */
function isStopped({ watch, panel }: Entry): boolean {
  if (panel) return panel.state === "paused";
  return watch?.state === "paused" && watch.pauseReason !== "person";
}

/** What was deleted, in a line. */
export function removedLine(entries: readonly Entry[], { t }: Pick<Context, "t">): string {
  return t("watches.deleted", { what: entries.map(({ title }) => escape(title)).join(", ") });
}
