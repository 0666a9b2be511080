import { fold } from "../../src/fold.js";
import {
  defineSubcommand,
  escape,
  optionalBoolean,
  optionalChannel,
  optionalInteger,
  optionalRole,
  optionalText,
  UserError,
  type ChosenChannel,
  type ChosenRole,
  type Context,
  type TextOption,
  type View,
} from "../../src/kernel/index.js";
import { TERMS, type Schedule } from "../../src/war/index.js";
import { alertTarget } from "../options/alert-target.js";
import { findClanId, optionalClanOption } from "../options/clan.js";
import { namedRegionOption } from "../options/region.js";
import { weekdaysOption } from "../options/weekdays.js";
import { timeOfDayOption } from "../quiet/time-of-day.js";
import { timeZoneOption } from "../quiet/time-zone.js";
import { serverOf } from "./officers.js";
import { findPreset, presetOption } from "./presets.js";
import { panel, scheduleLabel } from "./schedule-panel.js";
import { changedTerms, newTerms, presetTerms, type TermsChange } from "./terms.js";

/** Where one message can be edited again and again: Discord limits that of announcements, and in forums each message is a post. */
const KINDS = ["text", "thread", "voice"] as const;

/** Hours. */
const OPENS = { min: 1, max: TERMS.lead.max / 60 };

export const schedule = defineSubcommand({
  name: "schedule",
  visibility: "private",
  permission: "manage-server",
  options: {
    channel: optionalChannel({ kinds: KINDS }),
    preset: presetOption(),
    weekdays: weekdaysOption(),
    time: timeOfDayOption(),
    time_zone: timeZoneOption(),
    length: optionalInteger(TERMS.length),
    title: optionalText({ maxLength: TERMS.titleLength }),
    role: optionalRole(),
    opens: optionalInteger(OPENS),
    reminder: optionalInteger({ min: 0, max: TERMS.reminder.max }),
    event: optionalBoolean(),
    officers: optionalRole(),
    voice: optionalChannel({ kinds: ["voice"] }),
    rounds: optionalInteger(TERMS.stages),
    report: optionalBoolean(),
    region: namedRegionOption(),
    clan: optionalClanOption(),
    schedule: scheduleOption(),
  },
  components: panel.components,
  modals: panel.modals,
  async run({ options: { schedule: asked, ...options } }, context) {
    const isSaid = Object.values(options).some((value) => value !== undefined);
    if (!isSaid)
      return asked === undefined ? panel.show(context) : panel.showOne((await find(asked, context)).id, context);
    const before = asked === undefined ? undefined : await find(asked, context);
    return before ? change(before, options, context) : add(options, context);
  },
});

interface Options extends TermsChange {
  readonly channel: ChosenChannel | undefined;
  readonly preset: string | undefined;
  readonly clan: string | undefined;
}

async function add({ channel, preset: asked, clan, ...said }: Options, context: Context): Promise<View> {
  const { wars, userId, t } = context;
  if (!channel) throw new UserError("error.war-channel-missing");
  const preset = asked === undefined ? undefined : findPreset(asked, said.region, context);
  const { guildId, locale } = await target(channel, said.role, context);
  const region = said.region ?? preset?.region ?? context.region;
  const clanId = clan === undefined ? null : await findClanId(clan, region, context);
  const terms = newTerms(preset, checked(said), { channelId: channel.id, locale, clanId }, context);
  const added = await wars.add(guildId, userId, terms);
  if (added.kind === "limit") throw new UserError("error.war-limit", { limit: added.limit });
  return panel.showOne(added.schedule.id, context, t("war.schedule-saved"));
}

async function change(before: Schedule, { channel, preset: asked, clan, ...said }: Options, context: Context) {
  const { wars, t } = context;
  const preset = asked === undefined ? undefined : findPreset(asked, said.region, context);
  const place = channel ?? { id: before.terms.channelId, seen: undefined };
  if (channel || said.role) await target(place, said.role ?? roleOf(before), context);
  const terms = changedTerms(preset ? presetTerms(before.terms, preset) : before.terms, checked(said));
  const clanId = clan === undefined ? terms.clanId : await findClanId(clan, terms.region ?? context.region, context);
  const changed = await wars.change(before.id, before.guildId, { ...terms, channelId: place.id, clanId });
  if (!changed) throw new UserError("error.war-schedule-gone");
  return panel.showOne(changed.id, context, t("war.schedule-saved"));
}

function roleOf({ terms: { roleId } }: Schedule): ChosenRole | undefined {
  return roleId === null ? undefined : { id: roleId, seen: undefined };
}

/** What is less than the least reminder becomes the least. */
function checked({ reminder, ...said }: TermsChange): TermsChange {
  return { ...said, reminder: reminder ? Math.max(TERMS.reminder.min, reminder) : reminder };
}

/** @throws UserError that says what is in the way there */
async function target(channel: ChosenChannel, role: ChosenRole | undefined, context: Context) {
  const found = await alertTarget({ channel, role, publish: undefined }, context);
  const mention = `<#${found.channel.id}>`;
  if (!KINDS.some((kind) => kind === found.channel.kind))
    throw new UserError("error.war-channel", { channel: mention });
  return found;
}

/** One of the server's schedules, by its id; undefined where it is left out. */
function scheduleOption(): TextOption<string | undefined> {
  return optionalText({
    async suggest(text, context) {
      if (context.guildId === undefined) return [];
      const wanted = fold(text.trim());
      return (await context.wars.schedules(context.guildId))
        .map((one) => ({ name: scheduleLabel(one, context), value: one.id }))
        .filter(({ name }) => fold(name).includes(wanted))
        .slice(0, 25);
    },
  });
}

/** By its id or as it was suggested. @throws UserError when there is none */
async function find(asked: string, context: Context): Promise<Schedule> {
  const all = await context.wars.schedules(serverOf(context));
  const found = all.find((one) => one.id === asked || fold(scheduleLabel(one, context)) === fold(asked));
  if (!found) throw new UserError("error.war-schedule-unknown", { name: escape(asked) });
  return found;
}
