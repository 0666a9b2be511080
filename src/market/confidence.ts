import { DAY_MS } from "../time.js";
export type Confidence = "high" | "medium" | "low" | "none";

/** At least this many sales, the newest of them at most this old. */
const CONFIDENCE = {
  high: { sales: 20, age: DAY_MS },
  medium: { sales: 5, age: 3 * DAY_MS },
} as const;

export interface Evidence {
  /** Sales that a median is of. */
  readonly count: number;
  /** The time of the newest of them. */
  readonly newest: Date | undefined;
  readonly now: Date;
}

/**
 * How far a median can be trusted: "high" from 20 sales with the newest at most a day old, "medium" from 5 with the newest
 * at most three days old, "none" without sales, else "low".
 */
export function confidence({ count, newest, now }: Evidence): Confidence {
  if (count <= 0 || newest === undefined) return "none";
  const age = now.getTime() - newest.getTime();
  if (count >= CONFIDENCE.high.sales && age <= CONFIDENCE.high.age) return "high";
  if (count >= CONFIDENCE.medium.sales && age <= CONFIDENCE.medium.age) return "medium";
  return "low";
}
