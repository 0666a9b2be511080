import { mix } from "../world/random.js";
import { DAY } from "../world/time.js";

export type TimePrecision = "seconds" | "micros";

/** Moments as the API writes them: whole seconds in production, microseconds on the demo host. */
export interface Times {
  readonly usual: (at: number) => string;
  /** Profiles have milliseconds. */
  readonly millis: (at: number) => string;
}

export function timesOf(precision: TimePrecision): Times {
  const millis = (at: number) => new Date(at).toISOString();
  const micros = (at: number) => `${millis(at).slice(0, 23)}${String(mix(at, 1) % 1_000).padStart(3, "0")}Z`;
  return { usual: precision === "micros" ? micros : wholeSeconds(), millis };
}

/** A page has hundreds of moments on few days: a day is written once and kept. */
function wholeSeconds(): (at: number) => string {
  const days = new Map<number, string>();
  return (at) => {
    const day = Math.floor(at / DAY);
    let date = days.get(day);
    if (date === undefined) {
      date = new Date(at).toISOString().slice(0, 11);
      days.set(day, date);
    }
    const second = Math.floor(at / 1_000) - day * 86_400;
    return `${date}${two(second / 3_600)}:${two((second / 60) % 60)}:${two(second % 60)}Z`;
  };
}

function two(value: number): string {
  const whole = Math.floor(value);
  return whole < 10 ? `0${whole}` : String(whole);
}
