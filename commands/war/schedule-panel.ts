import { z } from "zod";
import {
  button,
  card,
  COLOURS,
  defineComponent,
  defineConfirmation,
  dotted,
  lines,
  menu,
  row,
  stateOf,
  time,
  UserError,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import type { Schedule, ScheduleTerms } from "../../src/war/index.js";
import { listedName } from "../format/cut-list.js";
import { commonTimeZones, timeZoneLabel } from "../quiet/time-zone.js";
import { battleName, weekText } from "./battle.js";
import { serverOf } from "./officers.js";
import { scheduleCard, stateOfPaused } from "./schedule-card.js";
import { scheduleForm } from "./schedule-form.js";
import { scheduleMore } from "./schedule-more.js";

const common = { command: "war schedule", audience: "owner" } as const;
const state = stateOf<{ id: string }>({ id: z.string() });

const list = defineComponent({
  ...common,
  action: "list",
  state: stateOf({}),
  run: (_press, context) => show(context),
});

const open = defineComponent({
  ...common,
  action: "open",
  state: stateOf({}),
  run: ({ values: [id = ""] }, context) => showOne(id, context),
});

const edit = scheduleForm({ ...common, save: change });
const more = scheduleMore({ ...common, save: change });

const zone = defineComponent({
  ...common,
  action: "zone",
  state,
  run: ({ state: { id }, values: [timeZone] }, context) =>
    change(id, (terms) => ({ ...terms, timeZone: timeZone ?? terms.timeZone }), context),
});

/** What is on or off. */
const toggling = (action: "event" | "report", term: "scheduledEvent" | "report") =>
  defineComponent({
    ...common,
    action,
    state,
    run: ({ state: { id } }, context) => change(id, (terms) => ({ ...terms, [term]: !terms[term] }), context),
  });
const event = toggling("event", "scheduledEvent");
const report = toggling("report", "report");

const doing = (action: "pause" | "resume") =>
  defineComponent({
    ...common,
    action,
    state,
    async run({ state: { id } }, context) {
      if (!(await context.wars[action](id, serverOf(context)))) throw new UserError("error.war-schedule-gone");
      return showOne(id, context);
    },
  });
const pause = doing("pause");
const resume = doing("resume");

const removal = defineConfirmation({
  ...common,
  action: "remove-it",
  state,
  label: "war.schedule-remove",
  async run({ id }, context) {
    if (!(await context.wars.remove(id, serverOf(context)))) throw new UserError("error.war-schedule-gone");
    return show(context, context.t("war.schedule-removed"));
  },
});

const remove = defineComponent({
  ...common,
  action: "remove",
  state,
  async run({ state: { id } }, context) {
    const { terms } = await find(id, context);
    const content = context.t("war.schedule-remove-question", {
      battle: listedName(scheduleName(terms, context), 100),
    });
    return { content, components: [removal.buttons({ id }, context)] };
  },
});

type Act = `war.${"event-on" | "event-off" | "report-on" | "report-off" | "pause" | "resume" | "schedule-remove"}`;

/** The schedules of a server: all of them, or one with what can be done with it. */
export const panel = {
  components: [
    ...[list, open, zone, event, report, pause, resume, remove],
    ...[...removal.components, ...edit.components, ...more.components],
  ],
  modals: edit.modals,
  show: (context: Context) => show(context),
  showOne,
};

/** Without markup, for menus and suggestions: `Brawl · Mon–Wed 20:00–21:00`. */
export function scheduleLabel({ terms }: Pick<Schedule, "terms">, context: Context): string {
  return dotted(scheduleName(terms, context), timeZoneLabel(terms.timeZone, context.now));
}

function scheduleName(terms: ScheduleTerms, context: Context): string {
  return dotted(battleName(terms, context), weekText(terms, context));
}

/** @throws UserError when it is not there any more */
async function find(id: string, context: Context): Promise<Schedule> {
  const schedule = await context.wars.schedule(id, serverOf(context));
  if (!schedule) throw new UserError("error.war-schedule-gone");
  return schedule;
}

async function change(id: string, changed: (terms: ScheduleTerms) => ScheduleTerms, context: Context): Promise<View> {
  const { guildId, terms } = await find(id, context);
  const after = await context.wars.change(id, guildId, changed(terms));
  if (!after) throw new UserError("error.war-schedule-gone");
  return showOne(id, context, context.t("war.schedule-saved"));
}

async function show(context: Context, said?: string): Promise<View> {
  const { t, wars } = context;
  const all = await wars.schedules(serverOf(context));
  return {
    embeds: [
      card({
        title: t("war.schedules-title"),
        colour: all.some(isStopped) ? COLOURS.alert : COLOURS.neutral,
        description: lines(
          said,
          ...(all.length === 0
            ? [t("war.schedules-none")]
            : all.map((one) =>
                lines(
                  `**${listedName(scheduleName(one.terms, context), 100)}**`,
                  `-# ${dotted(timeZoneLabel(one.terms.timeZone, context.now), stateLine(one, context))}`,
                ),
              )),
        ),
      }),
    ],
    components:
      all.length === 0
        ? []
        : [
            row(
              menu({
                customId: open.customId({}, context),
                placeholder: t("watches.choose"),
                options: all.map((one) => ({ label: scheduleLabel(one, context), value: one.id })),
              }),
            ),
          ],
  };
}

function isStopped({ state: now, pauseReason }: Schedule): boolean {
  return now === "paused" && pauseReason !== "person";
}

function stateLine(schedule: Schedule, context: Context): string {
  const { terms, state: now, next } = schedule;
  return dotted(
    `<#${terms.channelId}>`,
    now === "paused" ? stateOfPaused(schedule, context) : next && dotted(time(next, "f"), time(next, "R")),
  );
}

async function showOne(id: string, context: Context, said?: string): Promise<View> {
  const { t, now, wars } = context;
  const schedule = await find(id, context);
  const { terms } = schedule;
  const war = (await wars.next(schedule.guildId, 25)).find(({ scheduleId }) => scheduleId === id);
  const act = (label: Act, component: typeof pause) =>
    button({ label: t(label), customId: component.customId({ id }, context) });
  const moreRow = more.row(id, terms, context);
  return {
    embeds: [scheduleCard(schedule, war, context, said)],
    components: [
      row(
        menu({
          customId: zone.customId({ id }, context),
          placeholder: t("war.choose-zone"),
          options: commonTimeZones(terms.timeZone).map((value) => ({
            label: timeZoneLabel(value, now),
            value,
            chosen: value === terms.timeZone,
          })),
        }),
      ),
      ...(moreRow ? [moreRow] : []),
      row(
        edit.button(id, context),
        act(terms.scheduledEvent ? "war.event-off" : "war.event-on", event),
        act(terms.report ? "war.report-off" : "war.report-on", report),
        act(schedule.state === "paused" ? "war.resume" : "war.pause", schedule.state === "paused" ? resume : pause),
        act("war.schedule-remove", remove),
      ),
      row(button({ label: t("war.schedules-back"), customId: list.customId({}, context) })),
    ],
  };
}
