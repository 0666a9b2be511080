import { crc32 } from "node:zlib";
import type { CharacterReading } from "../../store/index.js";
import { backoff, DAY_MS, HOUR_MS } from "../../time.js";

/** When it is tried again what could not be read. */
const FAILED = { first: HOUR_MS, longest: DAY_MS };

type Next = CharacterReading["next"];

/** Its own time of the day, so that the readings of many spread over it. */
export function nextDay(key: string): Next {
  return { dayMs: Math.floor((crc32(key) / 2 ** 32) * DAY_MS) };
}

/** Whether it is this character's day of the week to be thinned. */
export const isThinnedOn = (now: number, number: number): boolean => (Math.floor(now / DAY_MS) + number) % 7 === 0;

/** @param failures before this one */
export function afterFailure(failures: number): Next {
  return { inMs: backoff(failures + 1, FAILED) };
}
