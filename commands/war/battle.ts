import { dotted, escape, time, type MessageContext } from "../../src/kernel/index.js";
import { MINUTE_MS } from "../../src/time.js";
import type { Preset, ScheduleTerms, War } from "../../src/war/index.js";
import { timeOfDay } from "../quiet/time-of-day.js";
import { weekdaysText } from "../format/weekdays.js";

/** What a battle is called, without markup: as the clan calls it, or else as the game does. */
export function battleName(
  { title, battle }: Pick<ScheduleTerms, "title" | "battle">,
  { t }: Pick<MessageContext, "t">,
): string {
  return title ?? t(`war.battle-${battle}`);
}

/** The same for cards. */
export function battleTitle(terms: Pick<ScheduleTerms, "title" | "battle">, context: Pick<MessageContext, "t">) {
  return `⚔️ ${escape(battleName(terms, context))}`;
}

/** When it begins and ends in the clan's time zone: `Mon–Wed 20:00–21:00`. */
export function weekText(
  { days, at, lengthMinutes }: Pick<Preset, "days" | "at" | "lengthMinutes">,
  context: Pick<MessageContext, "t" | "locale">,
): string {
  return `${weekdaysText(days, context)} ${timeOfDay(at)}–${timeOfDay((at + lengthMinutes) % (24 * 60))}`;
}

/** When it is, as each reader's clock shows it: `Monday, 30 November 2026 20:00 · in 3 hours`. */
export function whenText({ startsAt }: Pick<War, "startsAt">): string {
  return dotted(`**${time(startsAt, "F")}**`, time(startsAt, "R"));
}

/** When its sign-up message comes. */
export function opensAt({ startsAt, terms }: Pick<War, "startsAt" | "terms">): Date {
  return new Date(startsAt.getTime() - terms.leadMinutes * MINUTE_MS);
}

/** A span in the largest unit that fits: `2 days`, `8 h`, `90 min`. */
export function spanText(minutes: number, { t }: Pick<MessageContext, "t">): string {
  if (minutes > 0 && minutes % (24 * 60) === 0) return t("war.span-days", { days: minutes / (24 * 60) });
  if (minutes > 0 && minutes % 60 === 0) return t("war.span-hours", { hours: minutes / 60 });
  return t("war.span-minutes", { minutes });
}

/** One battle among suggestions, in the clan's time zone: `Brawl · Mon, 30 Nov, 20:00`; one that does not take place says so. */
export function battleLabel(
  { startsAt, terms, state }: Pick<War, "startsAt" | "terms" | "state">,
  context: MessageContext,
): string {
  return dotted(
    battleName(terms, context),
    dayText(startsAt, terms.timeZone, context),
    state === "cancelled" && context.t("war.is-cancelled"),
  );
}

/** A moment in a time zone, where Discord shows no times of its own. */
function dayText(date: Date, timeZone: string, { locale }: Pick<MessageContext, "locale">): string {
  const format = new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return format.format(date);
}
