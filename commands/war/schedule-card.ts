import { card, COLOURS, dotted, lines, time, type Context } from "../../src/kernel/index.js";
import type { Schedule, War } from "../../src/war/index.js";
import { listedName } from "../format/cut-list.js";
import { timeZoneLabel } from "../quiet/time-zone.js";
import { pausedText } from "../watches/state.js";
import { battleTitle, spanText, weekText } from "./battle.js";

const yesNo = (value: boolean, { t }: Pick<Context, "t">) => t(value ? "war.on" : "war.off");

/** Everything that a schedule says. @param war its next one, if there is any */
export function scheduleCard(schedule: Schedule, war: War | undefined, context: Context, said: string | undefined) {
  const { t, now } = context;
  const { terms, next, state } = schedule;
  const pair = (name: string, value: string) => t("card.pair", { name, value });
  const { roleId, officerRoleId, voiceChannelId, reminderMinutes } = terms;
  return card({
    title: battleTitle(terms, context),
    colour: state === "paused" ? COLOURS.alert : said === undefined ? COLOURS.neutral : COLOURS.good,
    description: lines(
      said,
      `**${weekText(terms, context)}**`,
      timeZoneLabel(terms.timeZone, now),
      state === "paused" ? stateOfPaused(schedule, context) : undefined,
      state === "running" && next ? dotted(pair(t("war.next-start"), time(next, "F")), time(next, "R")) : undefined,
      "",
      pair(
        t("war.term-sign-up"),
        t("war.sign-up-when", { channel: `<#${terms.channelId}>`, span: spanText(terms.leadMinutes, context) }),
      ),
      pair(
        t("war.term-reminder"),
        reminderMinutes === null ? t("war.off") : t("war.before", { span: spanText(reminderMinutes, context) }),
      ),
      roleId !== null && pair(t("war.term-role"), dotted(`<@&${roleId}>`, !terms.pingSignUp && t("war.reminder-only"))),
      pair(t("war.term-event"), yesNo(terms.scheduledEvent, context)),
      pair(t("war.term-report"), yesNo(terms.report, context)),
      terms.stages > 1 && pair(t("war.term-rounds"), String(terms.stages)),
      voiceChannelId !== null && pair(t("war.term-voice"), `<#${voiceChannelId}>`),
      pair(
        t("war.term-officers"),
        dotted(
          officerRoleId !== null && `<@&${officerRoleId}>`,
          t("war.officers-permission", { permission: t("permission.manage-server") }),
        ),
      ),
      pair(t("war.term-logins"), dotted(terms.region ?? t("war.off"), clanText(terms.clanId, context))),
      problemText(war, context),
    ),
    note: t("war.schedule-note"),
  });
}

/** Why it does not go on. */
export function stateOfPaused({ pauseReason, targetReason, terms }: Schedule, context: Context): string {
  return pausedText({ pauseReason, targetReason, target: `channel:${terms.channelId}`, expiresAt: null }, context);
}

function clanText(clanId: string | null, { clans }: Context): string | undefined {
  const clan = clanId === null ? undefined : clans.find(clanId)?.clan;
  return clan && listedName(`[${clan.tag}] ${clan.name}`, 60);
}

/** Why there is no scheduled event although there should be. */
function problemText(war: War | undefined, { t }: Context): string | undefined {
  switch (war?.eventProblem ?? null) {
    case null:
      return undefined;
    case "permission.create-events":
      return t("war.event-permission", { permission: t("permission.create-events") });
    case "full":
      return t("war.event-full");
    default:
      return t("war.event-refused");
  }
}
