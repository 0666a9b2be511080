import { UserError, type ChosenChannel, type ChosenRole, type Context } from "../../src/kernel/index.js";
import type { Preset, ScheduleTerms } from "../../src/war/index.js";
import { usualTimeZone } from "../quiet/time-zone.js";

/** What somebody says of a schedule; what is undefined stays as it was. */
export interface TermsChange {
  readonly weekdays?: readonly number[] | undefined;
  /** Minutes of the day. */
  readonly time?: number | undefined;
  readonly time_zone?: string | undefined;
  /** Minutes. */
  readonly length?: number | undefined;
  readonly rounds?: number | undefined;
  /** Hours. */
  readonly opens?: number | undefined;
  /** Minutes; 0: none. */
  readonly reminder?: number | undefined;
  readonly event?: boolean | undefined;
  readonly report?: boolean | undefined;
  readonly title?: string | undefined;
  readonly role?: ChosenRole | undefined;
  readonly officers?: ChosenRole | undefined;
  readonly voice?: ChosenChannel | undefined;
  readonly region?: string | undefined;
}

/** What nobody said and no preset has. */
const USUAL = { lengthMinutes: 60, stages: 1, leadMinutes: 8 * 60, reminderMinutes: 15 } as const;

/** Where and for whom: looked up before. */
export type TermsPlace = Pick<ScheduleTerms, "channelId" | "locale" | "clanId">;

/**
 * The terms of a new schedule.
 * @throws UserError when neither a preset nor weekdays and a time are given
 */
export function newTerms(
  preset: Preset | undefined,
  change: TermsChange,
  place: TermsPlace,
  context: Pick<Context, "locale" | "region">,
): ScheduleTerms {
  const days = change.weekdays ?? preset?.days;
  const at = change.time ?? preset?.at;
  if (days === undefined || at === undefined) throw new UserError("error.war-when");
  return changedTerms(
    {
      ...place,
      battle: preset?.battle ?? "other",
      title: null,
      days: [...days],
      at,
      timeZone: preset?.timeZone ?? usualTimeZone(context.locale),
      lengthMinutes: preset?.lengthMinutes ?? USUAL.lengthMinutes,
      stages: preset?.stages ?? USUAL.stages,
      leadMinutes: USUAL.leadMinutes,
      reminderMinutes: USUAL.reminderMinutes,
      pingSignUp: true,
      scheduledEvent: false,
      report: true,
      roleId: null,
      officerRoleId: null,
      voiceChannelId: null,
      region: preset?.region ?? context.region,
    },
    change,
  );
}

/** With a preset's battle, days and times in place of its own. */
export function presetTerms(terms: ScheduleTerms, { id: _, days, ...preset }: Preset): ScheduleTerms {
  return { ...terms, ...preset, days: [...days] };
}

export function changedTerms(terms: ScheduleTerms, change: TermsChange): ScheduleTerms {
  const { weekdays, reminder, opens } = change;
  return {
    ...terms,
    title: change.title ?? terms.title,
    days: weekdays ? [...weekdays] : terms.days,
    at: change.time ?? terms.at,
    timeZone: change.time_zone ?? terms.timeZone,
    lengthMinutes: change.length ?? terms.lengthMinutes,
    stages: change.rounds ?? terms.stages,
    leadMinutes: opens === undefined ? terms.leadMinutes : opens * 60,
    reminderMinutes: reminder === undefined ? terms.reminderMinutes : reminder === 0 ? null : reminder,
    scheduledEvent: change.event ?? terms.scheduledEvent,
    report: change.report ?? terms.report,
    roleId: change.role?.id ?? terms.roleId,
    officerRoleId: change.officers?.id ?? terms.officerRoleId,
    voiceChannelId: change.voice?.id ?? terms.voiceChannelId,
    region: change.region ?? terms.region,
  };
}
