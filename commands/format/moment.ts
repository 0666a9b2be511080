import { dotted, time, type Context } from "../../src/kernel/index.js";

/** A moment as people want to read it: how long ago, and at what time. Each reader sees their own zone. */
export function moment(date: Date): string {
  return dotted(time(date, "R"), time(date, "T"));
}

/** A span of time such as `4 min 12 s`; less than nothing counts as nothing. */
export function duration(ms: number, { t, number }: Pick<Context, "t" | "number">): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return t("time.minutes", { minutes: number(minutes), seconds: seconds % 60 });
  return t("time.hours", { hours: number(Math.floor(minutes / 60)), minutes: minutes % 60 });
}

/** The line that says how old the shown data is. */
export function dataAge(receivedAt: Date, { t }: Pick<Context, "t">): string {
  return t("card.data-from", { when: time(receivedAt, "R") });
}
