import type { ScheduleTerms } from "../../src/war/index.js";

/** A war every day at 20:00 in London. */
export const terms = (changes: Partial<ScheduleTerms> = {}): ScheduleTerms => ({
  ...{ battle: "brawl", title: null, days: [1, 2, 3, 4, 5, 6, 7], at: 1_200, timeZone: "Europe/London" },
  ...{ lengthMinutes: 60, stages: 3, leadMinutes: 1_440, reminderMinutes: 30, pingSignUp: false },
  ...{ scheduledEvent: false, report: false, officerRoleId: null, voiceChannelId: null, region: null, clanId: null },
  ...{ channelId: "5", roleId: null, locale: "en" },
  ...changes,
});
