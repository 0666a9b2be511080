import { z } from "zod";
import { zoneOf } from "./zoned-time.js";

/** What is fought, as the game names it. */
export const BATTLES = ["brawl", "tournament", "base", "other"] as const;
export type Battle = (typeof BATTLES)[number];

const DAY_MINUTES = 1_440;

/** What may be set, and within which limits. */
export const TERMS = {
  titleLength: 60,
  /** In minutes. */
  length: { min: 5, max: 720 },
  stages: { min: 1, max: 12 },
  /** Of the sign-up message, in minutes: from half an hour to a week. */
  lead: { min: 30, max: 7 * DAY_MINUTES },
  /** In minutes. */
  reminder: { min: 5, max: DAY_MINUTES },
} as const;

const snowflake = z.string().regex(/^\d{1,20}$/);
const within = ({ min, max }: { readonly min: number; readonly max: number }) => z.int().min(min).max(max);

/** What an officer sets. A watch of kind "war" keeps it as its rule, and each war as it was then. */
export const scheduleTerms = z.object({
  /** Where the messages go. */
  channelId: snowflake,
  /** Whom reminders ping. */
  roleId: snowflake.nullable(),
  /** The language of the messages. */
  locale: z.string().min(2).max(10),
  battle: z.enum(BATTLES),
  /** A name of its own, in place of the battle's. */
  title: z.string().min(1).max(TERMS.titleLength).nullable(),
  /** ISO: 1 (Monday) to 7, rising, each once. */
  days: z
    .array(z.int().min(1).max(7))
    .min(1)
    .transform((days) => [...new Set(days)].sort((a, b) => a - b)),
  /** Minutes of the day in the time zone, 0 to 1439. */
  at: z
    .int()
    .min(0)
    .max(DAY_MINUTES - 1),
  /** "Europe/Berlin" */
  timeZone: z.string().refine((name) => zoneOf(name) !== undefined),
  lengthMinutes: within(TERMS.length),
  /** Of equal length, one after the other. */
  stages: within(TERMS.stages),
  /** The sign-up message comes so long before the start. */
  leadMinutes: within(TERMS.lead),
  /** Null: nobody is reminded. */
  reminderMinutes: within(TERMS.reminder).nullable(),
  /** The sign-up message pings the role, as the reminder does. */
  pingSignUp: z.boolean(),
  /** A scheduled event of Discord's is made for each war. */
  scheduledEvent: z.boolean(),
  /** After the war, a message says who was there. */
  report: z.boolean(),
  /** Its members may correct who was there, beside those who manage the server. */
  officerRoleId: snowflake.nullable(),
  /** Where people have to be to count as there; null: any voice channel of the server. */
  voiceChannelId: snowflake.nullable(),
  /** Where the characters are whose last login is read; null: logins are not read. */
  region: z.string().min(1).max(20).nullable(),
  /** Whose war it is. */
  clanId: z.string().min(1).max(64).nullable(),
});
export type ScheduleTerms = z.infer<typeof scheduleTerms>;
