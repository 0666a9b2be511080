import { daysBefore } from "./timestamp.js";

/** What of a message decides how it stands below the one before it. */
export interface Line {
  readonly author: string;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  readonly ephemeral: boolean;
  /** It says which command it answers. */
  readonly headed: boolean;
}

/** Milliseconds after which an author is named again. */
const PAUSE_MS = 7 * 60_000;

/** Whether a message goes on under the name that stands above the one before it. */
export function continues(line: Line, before: Line | undefined): boolean {
  if (before === undefined || line.headed || startsDay(line, before)) return false;
  const near = line.at - before.at < PAUSE_MS;
  return near && line.author === before.author && line.ephemeral === before.ephemeral;
}

/** Whether a day begins with this message. */
export function startsDay({ at }: Line, before: Line | undefined): boolean {
  return before === undefined || daysBefore(before.at, at) !== 0;
}
