import type { Clock } from "../clock.js";
import { LimitedError } from "./errors.js";

/** So many times within so many milliseconds. */
export interface Limit {
  readonly times: number;
  readonly withinMs: number;
}

const HOUR = 3_600_000;

/** Which of Discord's limits are enforced, each per channel or guild. Undefined: that one is not. They can be changed at any time. */
export interface Limits {
  /** Edits of messages that are older than an hour; no header warns of it. Default 3 within 6 s. */
  oldEdits: Limit | undefined;
  /** Edits of any message in an announcement channel. Default 3 an hour. */
  announcementEdits: Limit | undefined;
  /** Default 10 an hour. */
  crossposts: Limit | undefined;
  /** New messages. Default undefined; Discord's is about 5 within 5 s. */
  messages: Limit | undefined;
  /** Direct messages newly opened, of all people together. Default undefined. */
  openedDms: Limit | undefined;
  /** Changes of the members of a guild. Default 10 within 10 s. */
  memberEdits: Limit | undefined;
}

const usualLimits: Limits = {
  oldEdits: { times: 3, withinMs: 6_000 },
  announcementEdits: { times: 3, withinMs: HOUR },
  crossposts: { times: 10, withinMs: HOUR },
  messages: undefined,
  openedDms: undefined,
  memberEdits: { times: 10, withinMs: 10_000 },
};

/** Discord's codes for a limit, beside the wait. */
const codes: Partial<Record<keyof Limits, number>> = { oldEdits: 30046, announcementEdits: 20022, openedDms: 40003 };

/** Counts against the limits, on the simulator's clock. */
export class LimitCounts {
  readonly limits: Limits;
  /** How often each limit refused something. */
  readonly refused: Record<keyof Limits, number> = {
    oldEdits: 0,
    announcementEdits: 0,
    crossposts: 0,
    messages: 0,
    openedDms: 0,
    memberEdits: 0,
  };
  readonly #clock: Pick<Clock, "now">;
  /** When it was done lately, by limit and place. */
  readonly #done = new Map<string, number[]>();

  constructor(clock: Pick<Clock, "now">, limits: Partial<Limits> = {}) {
    this.#clock = clock;
    this.limits = { ...usualLimits, ...limits };
  }

  /** Counts once more. @throws LimitedError when it was too often */
  take(what: keyof Limits, placeId = ""): void {
    const limit = this.limits[what];
    if (limit === undefined) return;
    const now = this.#clock.now();
    const key = `${what} ${placeId}`;
    const lately = (this.#done.get(key) ?? []).filter((at) => at > now - limit.withinMs);
    this.#done.set(key, lately);
    const [oldest] = lately;
    if (lately.length >= limit.times && oldest !== undefined) {
      this.refused[what] += 1;
      throw new LimitedError((oldest + limit.withinMs - now) / 1000, { code: codes[what] ?? 0 });
    }
    lately.push(now);
  }
}
