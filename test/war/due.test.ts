import { expect, test } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/time.js";
import { dueOf, spanOf, toAnnounce, type WarMemory } from "../../src/war/due.js";
import { warId } from "../../src/war/occurrences.js";
import type { ScheduleTerms } from "../../src/war/index.js";
import type { War } from "../../src/war/war.js";
import { terms } from "./terms.js";

/** Acts as the watcher and the store do, from moment to moment, and writes down what people hear. */
function live(given: ScheduleTerms, from: number, until: number, restarts: () => boolean = () => false) {
  const wars = new Map<string, War>();
  let memory: WarMemory = { told: [] };
  const told: string[] = [];
  let looks = 0;
  for (let at = from; at < until; looks += 1) {
    for (const start of toAnnounce(at, given)) {
      const id = warId("s", start);
      if (!wars.has(id))
        wars.set(id, {
          ...{ id, guildId: "9", scheduleId: "s", state: "open", terms: given, revision: 0, ...spanOf(start, given) },
          ...{ channelId: null, messageId: null, eventId: null, eventProblem: null },
        });
    }
    const due = dueOf([...wars.values()], given, memory, at, () => true);
    for (const { war, state } of due.states) wars.set(war.id, { ...war, state });
    // Killed before it was stored: the same is due again.
    if (restarts()) {
      at += 1_000;
      continue;
    }
    memory = due.memory;
    for (const { war, what } of due.events) told.push(`${what} ${war.id} ${at - war.startsAt.getTime()}`);
    expect(due.nextInMs).toBeGreaterThan(0);
    at += due.nextInMs;
  }
  return { told, wars: [...wars.values()], memory, looks };
}

const START = Date.UTC(2026, 2, 23);

test("each war is announced, reminded of and reported once, at its time, over the change to summer time", () => {
  const given = terms({ timeZone: "Europe/Berlin", report: true });
  const { told, wars, memory, looks } = live(given, START, START + 14 * DAY_MS);
  for (const what of ["open", "reminder", "attendance"]) {
    const ids = told.filter((one) => one.startsWith(`${what} `)).map((one) => one.split(" ")[1]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(13);
  }
  const days = wars.map(({ startsAt }) => startsAt.toISOString().slice(11, 16));
  expect(new Set(days)).toEqual(new Set(["19:00", "18:00"]));
  for (const one of told) {
    const [what, , ms] = one.split(" ");
    const expected = { open: -DAY_MS, reminder: -30 * MINUTE_MS, attendance: HOUR_MS }[what!]!;
    // The first one of all is announced late.
    if (what === "open") expect(Number(ms)).toBeGreaterThanOrEqual(expected - HOUR_MS);
    else expect(Number(ms)).toBe(expected);
  }
  expect(memory.told.length).toBeLessThan(60);
  expect(looks).toBeLessThan(150);
});

test("a process that is killed before it has stored what was due doubles nothing and loses nothing", () => {
  let n = 0;
  const given = terms({ report: true });
  const killed = live(given, START, START + 5 * DAY_MS, () => (n += 1) % 3 !== 0);
  const lasting = live(given, START, START + 5 * DAY_MS);
  const names = (told: readonly string[]) => told.map((one) => one.split(" ").slice(0, 2).join(" "));
  expect(names(killed.told)).toEqual(names(lasting.told));
});

test("a sign-up message that comes later than the reminder is the reminder", () => {
  const given = terms({ leadMinutes: 30, reminderMinutes: 60 });
  const { told } = live(given, START, START + 2 * DAY_MS);
  expect(told.map((one) => one.split(" ")[0])).toEqual(["open", "open"]);
});

test("after a pause nothing is told of what is over, and no war that has begun is announced", () => {
  const given = terms({ report: true });
  const { wars } = live(given, START, START + 2 * DAY_MS);
  const late = START + 6 * DAY_MS + 21 * HOUR_MS;
  const due = dueOf(wars, given, { told: [] }, late, () => true);
  expect(due.events).toEqual([]);
  expect(toAnnounce(late, given).every((start) => start > late)).toBe(true);
});

test("a cancelled war is neither announced nor reminded of", () => {
  const given = terms();
  const { wars } = live(given, START, START + HOUR_MS);
  const cancelled = wars.map((war): War => ({ ...war, state: "cancelled" }));
  expect(dueOf(cancelled, given, { told: [] }, START + 19.8 * HOUR_MS, () => true).events).toEqual([]);
});
