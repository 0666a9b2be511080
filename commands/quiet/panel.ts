import {
  card,
  COLOURS,
  defineComponent,
  dotted,
  lines,
  menu,
  optionalChoice,
  row,
  stateOf,
  type Context,
  type View,
} from "../../src/kernel/index.js";
import type { QuietHours, QuietOwner } from "../../src/watch/index.js";
import { changedHours, isChange, type QuietChange } from "./hours.js";
import { readTimeOfDay, timeOfDay, timeOfDayOption } from "./time-of-day.js";
import { commonTimeZones, timeIn, timeZoneLabel, timeZoneOption } from "./time-zone.js";

interface QuietPanelDefinition {
  /** The command it belongs to, with its sub-command. */
  readonly command: string;
  readonly title: "quiet.me.title" | "quiet.server.title";
  readonly note: "quiet.me.note" | "quiet.server.note";
  /** @throws UserError where there is nobody to have any */
  readonly owner: (context: Context) => QuietOwner;
}

const MODES = ["hold", "silent", "off"] as const;

/** The options of a command about quiet hours, and its menus. */
export function defineQuietPanel(definition: QuietPanelDefinition) {
  const { command } = definition;
  const common = { command, audience: "owner", state: stateOf({}) } as const;
  const choosing = (action: string, read: (chosen: string | undefined) => QuietChange) =>
    defineComponent({ ...common, action, run: ({ values: [chosen] }, context) => show(read(chosen), context) });
  const mode = choosing("mode", (chosen) => ({ mode: MODES.find((one) => one === chosen) }));
  const from = choosing("from", (chosen = "") => ({ from: readTimeOfDay(chosen) }));
  const until = choosing("until", (chosen = "") => ({ until: readTimeOfDay(chosen) }));
  const timeZone = choosing("zone", (chosen) => ({ timeZone: chosen }));

  /** Saves what changes, and shows what holds then. */
  async function show(change: QuietChange, context: Context): Promise<View> {
    const { watching, locale } = context;
    const owner = definition.owner(context);
    const before = await watching.quietHours(owner);
    const changed = isChange(change);
    const hours = changed ? changedHours(before, change, locale) : before;
    if (changed) await watching.setQuietHours(owner, hours);
    return {
      embeds: [
        card({
          title: context.t(definition.title),
          colour: changed ? COLOURS.good : COLOURS.neutral,
          description: lines(changed && context.t("settings.saved"), ...described(hours, context)),
          note: context.t(definition.note),
        }),
      ],
      components: menus(hours, context),
    };
  }

  /** The rest follows once there are any. */
  function menus(hours: QuietHours | null, context: Context) {
    const { t, now } = context;
    const modes = MODES.map((value) => ({
      label: t(`quiet.mode-${value}`),
      value,
      chosen: value === (hours?.mode ?? "off"),
    }));
    const zones = hours
      ? commonTimeZones(hours.timeZone).map((value) => ({
          label: timeZoneLabel(value, now),
          value,
          chosen: value === hours.timeZone,
        }))
      : [];
    return [
      row(menu({ customId: mode.customId({}, context), options: modes })),
      clockMenu(from.customId({}, context), "quiet.from", hours?.from, context),
      ...(hours
        ? [
            clockMenu(until.customId({}, context), "quiet.until", hours.until, context),
            row(menu({ customId: timeZone.customId({}, context), options: zones })),
          ]
        : []),
    ];
  }

  return {
    options: {
      from: timeOfDayOption(),
      until: timeOfDayOption(),
      time_zone: timeZoneOption(),
      mode: optionalChoice(MODES.map((value) => ({ value, name: `quiet.mode-${value}` as const }))),
    },
    components: [mode, from, until, timeZone],
    show,
  };
}

function described(hours: QuietHours | null, { t, now }: Context): string[] {
  if (!hours) return [t("quiet.none")];
  const { from, until, timeZone, mode } = hours;
  return [
    dotted(
      `**${timeOfDay(from)}–${timeOfDay(until)}**`,
      timeZoneLabel(timeZone, now),
      t("quiet.now", { time: timeIn(timeZone, now) }),
    ),
    mode === "hold" ? t("quiet.does-hold", { until: timeOfDay(until) }) : t("quiet.does-silent"),
  ];
}

const CLOCKS = { "quiet.from": "quiet.from-at", "quiet.until": "quiet.until-at" } as const;

function clockMenu(customId: string, what: "quiet.from" | "quiet.until", at: number | undefined, { t }: Context) {
  return row(
    menu({
      customId,
      placeholder: t(what),
      options: clockOf(at).map((minutes) => ({
        label: t(CLOCKS[what], { time: timeOfDay(minutes) }),
        value: timeOfDay(minutes),
        chosen: minutes === at,
      })),
    }),
  );
}

/** Every full hour, and the time itself where it is none. */
function clockOf(at: number | undefined): readonly number[] {
  const hours = Array.from({ length: 24 }, (_, hour) => hour * 60);
  return at === undefined || hours.includes(at) ? hours : [at, ...hours];
}
