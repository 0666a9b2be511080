import { GuildScheduledEventStatus as Status } from "discord-api-types/v10";
import type { ScheduledEvent } from "./entities.js";

/** Scheduled and active ones of a guild. */
export const MOST_EVENTS = 100;

/** What it is at `now`: such an event starts and ends by itself. */
export function statusAt({ status, startsAt, endsAt }: ScheduledEvent, now: number): Status {
  if (status === Status.Canceled || status === Status.Completed) return status;
  if (now >= endsAt) return Status.Completed;
  return now >= startsAt ? Status.Active : status;
}

export function isOpen(event: ScheduledEvent, now: number): boolean {
  const status = statusAt(event, now);
  return status === Status.Scheduled || status === Status.Active;
}

/** Events go from scheduled to active and over, or from scheduled to cancelled. */
export function mayBecome(from: Status, to: Status): boolean {
  if (from === Status.Scheduled) return to === Status.Active || to === Status.Canceled;
  return from === Status.Active && to === Status.Completed;
}
