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
import type { Scope } from "../../src/watch/index.js";
import {
  findEntry,
  readEntries,
  removeEntry,
  resumeEntry,
  scopeOf,
  testEntry,
  type Entry,
  type Group,
} from "./entries.js";
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
    async run({ state, values: [id = ""] }, context) {
      // Whoever looks at it cares.
      await context.watching.touch(id, scopeOf(group, context));
      return showOne({ ...state, id }, context);
    },
  });

  /** A button on the card of one: does something, and shows what it is like then, with what is said about it. */
  const changing = (
    action: string,
    change: (entry: Entry, scope: Scope, context: Context) => Promise<string | boolean | undefined>,
  ) =>
    defineComponent({
      ...common,
      action,
      state: oneState,
      async run({ state }, context) {
        const scope = scopeOf(group, context);
        const done = await change(await findEntry(state.id, scope, context), scope, context);
        if (done === false || done === undefined) throw new UserError("error.watch-gone");
        return showOne(state, context, done === true ? undefined : done);
      },
    });
  const pause = changing("pause", async ({ watch }, scope, { watching }) => watch && watching.pause(watch.id, scope));
  const resume = changing(
    "resume",
    async (entry, scope, context) => (await resumeEntry(entry, scope, context)) && context.t("watches.resumed"),
  );
  const snoozes = SNOOZES.map((hours) => ({
    hours,
    component: changing(
      `snooze${hours}`,
      async ({ watch }, scope, { watching }) => watch && watching.snooze(watch.id, scope, hours * HOUR_MS),
    ),
  }));
  const test = changing("test", async (entry, scope, context) => {
    const result = await testEntry(entry, scope, context);
    return result && testText(result, entry, context);
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
          note: entry.panel ? t("watches.panel-goes") : undefined,
        }),
      ],
      components: [
        row(
          ...(rests(entry, context) ? [act("watches.resume", resume)] : []),
          ...(watch
            ? [
                ...(rests(entry, context) ? [] : [act("watches.pause", pause)]),
                ...snoozes.map(({ hours, component }) =>
                  button({
                    label: t("watches.snooze", { hours }),
                    customId: component.customId(place, context),
                    disabled: isPaused(entry),
                  }),
                ),
              ]
            : []),
          act("watches.test", test),
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

function isPaused({ watch, panel }: Entry): boolean {
  return (watch ?? panel)?.state === "paused";
}

/** It tells nothing now. */
function rests(entry: Entry, { told, now }: Context): boolean {
  const snoozedUntil = entry.watch?.snoozedUntil;
  return isPaused(entry) || (snoozedUntil !== undefined && snoozedUntil !== null && told(snoozedUntil) > now);
}

/** Something else than a person stopped it. */
function isStopped(entry: Entry): boolean {
  return isPaused(entry) && entry.watch?.pauseReason !== "person";
}

/** What was deleted, in a line. */
export function removedLine(entries: readonly Entry[], { t }: Pick<Context, "t">): string {
  return t("watches.deleted", { what: entries.map(({ title }) => escape(title)).join(", ") });
}
