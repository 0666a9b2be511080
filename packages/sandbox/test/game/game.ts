import type { Clock } from "../../../../src/time.js";
import { GameSimulator, type GameSimulatorOptions } from "../../src/game/index.js";

export const NOON = Date.UTC(2026, 10, 23, 12);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Points enough for every request of a test. */
export const roomy = { limitPerMinute: 1_000_000 };

/** A clock that stands still until told otherwise. */
export class TestClock implements Clock {
  at: number;
  #timers: { at: number; callback: () => void }[] = [];
  #onTimer: (() => void) | undefined;

  constructor(at = NOON) {
    this.at = at;
  }

  now(): number {
    return this.at;
  }

  setTimeout(callback: () => void, ms: number): () => void {
    const timer = { at: this.at + ms, callback };
    this.#timers.push(timer);
    this.#onTimer?.();
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  setBackgroundTimeout(callback: () => void, ms: number): () => void {
    return this.setTimeout(callback, ms);
  }

  advance(ms: number): void {
    this.at += ms;
    const due = this.#timers.filter((timer) => timer.at <= this.at);
    this.#timers = this.#timers.filter((timer) => timer.at > this.at);
    for (const { callback } of due) callback();
  }

  /** Resolves as soon as somebody waits on this clock. */
  async waitedOn(): Promise<void> {
    if (this.#timers.length > 0) return;
    await new Promise<void>((resolve) => (this.#onTimer = resolve));
  }
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as what the test expects. */
  readonly json: <T>() => Readonly<T>;
}

export interface Game {
  readonly simulator: GameSimulator;
  readonly clock: TestClock;
  /** Asks the API with the application's token, or with `headers`. */
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Reply>;
  /** Asks the API as a player. */
  readonly as: (login: string, path: string) => Promise<Reply>;
}

/** Runs `test` against a simulator of its own on a free port, and closes it. */
export async function withGame(options: GameSimulatorOptions, test: (game: Game) => Promise<void>): Promise<void> {
  const clock = new TestClock();
  const simulator = await GameSimulator.start({ clock, ...options });
  const get = (path: string, headers: Record<string, string> = bearer(simulator.credentials.appToken)) =>
    request(simulator.apiUrl + path, { headers });
  const as = (login: string, path: string) => get(path, bearer(simulator.issueUserToken(login)));
  try {
    await test({ simulator, clock, get, as });
  } finally {
    await simulator.close();
  }
}

export function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

export async function request(url: string, init: RequestInit = {}): Promise<Reply> {
  const response = await fetch(url, { redirect: "manual", ...init });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: <T>() => JSON.parse(text) as Readonly<T> };
}
