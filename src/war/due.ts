import { z } from "zod";
import { DAY_MS, MINUTE_MS } from "../time.js";
import { endOf, nextStarts, startsWithin } from "./occurrences.js";
import type { ScheduleTerms } from "./terms.js";
import type { War } from "./war.js";

const WHAT = ["open", "reminder", "attendance"] as const;
export type Told = (typeof WHAT)[number];

/** What was told of a schedule's wars. It is kept with the messages themselves: nothing is told twice. */
export const warMemory = z.object({
  told: z.array(z.object({ war: z.string(), what: z.enum(WHAT), at: z.number() })),
});
export type WarMemory = z.infer<typeof warMemory>;

/** What is to be done about wars now. */
export interface Due {
  readonly events: readonly {
    readonly war: War;
    readonly what: Told;
    readonly usefulForMs: number;
    readonly pings: boolean;
  }[];
  /** They have begun, or are over, and that was not noted yet. */
  readonly states: readonly { readonly war: War; readonly state: "running" | "over" }[];
  /** Those that run now. */
  readonly running: readonly War[];
  /** Those that ended a while ago at most. */
  readonly ended: readonly War[];
  readonly memory: WarMemory;
  /** When something is due next, in milliseconds from now. */
  readonly nextInMs: number;
}

/** So long after the end of a war the logins of who was there are read. */
export const AFTERWARDS_MS = 30 * MINUTE_MS;
/** Nobody wants to know later who was there. */
const REPORT_USEFUL_MS = DAY_MS;
const REMEMBERED_MS = 14 * DAY_MS;
/** What is due is looked for so often at least. */
const LONGEST_MS = 6 * 60 * MINUTE_MS;

/** The starts of wars that are to be announced by now. */
export function toAnnounce(at: number, terms: ScheduleTerms): number[] {
  return startsWithin(at, at + terms.leadMinutes * MINUTE_MS, terms);
}

/**
 * @param wars of the schedule, announced or over
 * @param isRead whether all that can be known of who was at a war is known
 */
export function dueOf(
  wars: readonly War[],
  terms: ScheduleTerms,
  before: WarMemory,
  at: number,
  isRead: (war: War) => boolean,
): Due {
  const told = before.told.filter((one) => at - one.at < REMEMBERED_MS);
  const events: Due["events"][number][] = [];
  const states: Due["states"][number][] = [];
  const moments: number[] = [];
  const isTold = (war: War, what: Told) => told.some((one) => one.war === war.id && one.what === what);
  const remember = (war: War, what: Told) => told.push({ war: war.id, what, at });
  const tell = (war: War, what: Told, usefulForMs: number, pings: boolean) => {
    remember(war, what);
    events.push({ war, what, usefulForMs, pings });
  };
  const alive = wars.filter(({ state }) => state !== "cancelled");
  const ahead = alive.filter(({ startsAt }) => startsAt.getTime() > at);
  const running = alive.filter(({ startsAt, endsAt }) => startsAt.getTime() <= at && endsAt.getTime() > at);
  const ended = alive.filter(({ endsAt }) => endsAt.getTime() <= at);

  for (const war of ahead) {
    const start = war.startsAt.getTime();
    const isNew = !isTold(war, "open");
    if (isNew) tell(war, "open", start - at, war.terms.pingSignUp);
    moments.push(start);
    if (war.terms.reminderMinutes === null || isTold(war, "reminder")) continue;
    const remindAt = start - war.terms.reminderMinutes * MINUTE_MS;
    if (remindAt > at) moments.push(remindAt);
    // A sign-up message that comes so late is the reminder.
    else if (isNew) remember(war, "reminder");
    else tell(war, "reminder", start - at, true);
  }
  for (const war of running) {
    if (war.state !== "running") states.push({ war, state: "running" });
    moments.push(war.endsAt.getTime());
  }
  for (const war of ended) {
    if (war.state !== "over") states.push({ war, state: "over" });
    const agoMs = at - war.endsAt.getTime();
    if (!war.terms.report || isTold(war, "attendance") || agoMs > REPORT_USEFUL_MS) continue;
    if (isRead(war) || agoMs >= AFTERWARDS_MS) tell(war, "attendance", REPORT_USEFUL_MS - agoMs, false);
    else moments.push(war.endsAt.getTime() + AFTERWARDS_MS);
  }
  const [next] = nextStarts(at + terms.leadMinutes * MINUTE_MS, 1, terms);
  if (next !== undefined) moments.push(next - terms.leadMinutes * MINUTE_MS);
  const nextInMs = Math.min(LONGEST_MS, ...moments.filter((moment) => moment > at).map((moment) => moment - at));
  return { events, states, running, ended, memory: { told }, nextInMs };
}

/** As the store takes it. */
export function spanOf(start: number, terms: ScheduleTerms): { readonly startsAt: Date; readonly endsAt: Date } {
  return { startsAt: new Date(start), endsAt: new Date(endOf(start, terms)) };
}
