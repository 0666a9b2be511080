import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../../src/time.js";
import { attendees, byLogin, inVoice } from "../../src/war/attendance.js";
import { coveredMs, joined } from "../../src/war/spans.js";
import { statsOf } from "../../src/war/stats.js";
import type { Evidence, War } from "../../src/war/war.js";
import { terms } from "./terms.js";

const START = Date.UTC(2026, 5, 1, 18);
const war: War = {
  ...{ id: "a-b", guildId: "9", scheduleId: "a", state: "over", terms: terms(), revision: 0 },
  ...{ startsAt: new Date(START), endsAt: new Date(START + HOUR_MS) },
  ...{ channelId: null, messageId: null, eventId: null, eventProblem: null },
};
const minutes = (from: number, until: number) => ({ from: START + from * MINUTE_MS, until: START + until * MINUTE_MS });
const dated = (from: number, until: number) => ({
  from: new Date(START + from * MINUTE_MS),
  until: new Date(START + until * MINUTE_MS),
});
const present = (from: number, until: number) => ({ ...minutes(from, until), present: true });
const away = (from: number, until: number) => ({ ...minutes(from, until), present: false });

describe("voice", () => {
  test.each([
    ["nothing is known", [], [], "unknown", null],
    ["there for one stage, and followed all the time", [present(0, 20)], [minutes(0, 60)], "yes", 20],
    ["there for five minutes of a stage", [present(15, 20)], [minutes(0, 60)], "yes", 5],
    ["there for four minutes only", [present(16, 20)], [minutes(0, 60)], "no", 4],
    ["there for two minutes, and a gap follows", [present(16, 18)], [minutes(0, 18), minutes(26, 60)], "unknown", 2],
    ["away all the time, asked one by one", [away(0, 60)], [], "no", 0],
    ["away, but nobody looked in the last stage", [away(0, 40)], [], "unknown", 0],
    ["away, with a gap that is too short to have been there", [away(0, 20), away(23, 60)], [], "no", 0],
    ["there before and after it", [present(-30, 0), present(60, 90)], [minutes(-30, 90)], "no", 0],
    ["four minutes in each of two stages", [present(16, 24)], [minutes(0, 60)], "no", 8],
  ] as const)("%s", (_what, seen, followed, voice, voiceMinutes) => {
    expect(inVoice(seen, followed, war)).toMatchObject({ voice, voiceMinutes });
  });

  test("what is not known never makes somebody absent, and knowing more never takes back what was known", () => {
    const span = fc
      .tuple(fc.integer({ min: -20, max: 80 }), fc.integer({ min: 1, max: 40 }))
      .map(([from, length]) => minutes(from, from + length));
    fc.assert(
      fc.property(fc.array(span), fc.array(span), fc.array(span), (there, gone, followed) => {
        const seen = [
          ...there.map((one) => ({ ...one, present: true })),
          ...gone.map((one) => ({ ...one, present: false })),
        ];
        const known = inVoice(seen, followed, war);
        expect(inVoice(seen, [], war).voice === "no" && known.voice !== "no").toBe(false);
        const more = inVoice(seen, [minutes(0, 60)], war);
        expect(more.voice).not.toBe("unknown");
        if (known.voice !== "unknown") expect(more.voice).toBe(known.voice);
        if (known.voice === "no") expect(coveredMs(there, minutes(0, 20))).toBeLessThan(5 * MINUTE_MS);
      }),
    );
  });

  test("spans count once where they overlap", () => {
    const span = fc
      .tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 20 }))
      .map(([from, length]) => ({ from, until: from + length }));
    fc.assert(
      fc.property(fc.array(span), span, (spans, whole) => {
        const ticks = Array.from({ length: whole.until - whole.from }, (_, n) => whole.from + n);
        const covered = ticks.filter((tick) => spans.some(({ from, until }) => from <= tick && tick < until));
        expect(coveredMs(spans, whole)).toBe(covered.length);
        expect(joined(joined(spans))).toEqual(joined(spans));
      }),
    );
  });
});

describe("logins", () => {
  const read = (login: number | null, readAfter = 70, outcome: "seen" | "hidden" | "gone" = "seen") => ({
    ...{ personId: "1", character: "c", outcome },
    ...{ firstLogin: login === null ? null : new Date(START + login * MINUTE_MS) },
    ...{ lastLogin: login === null ? null : new Date(START + login * MINUTE_MS) },
    readAt: new Date(START + readAfter * MINUTE_MS),
  });
  const days = (count: number) => (-count * DAY_MS) / MINUTE_MS;

  test.each([
    ["while it was", [read(5)], "yes"],
    ["shortly before", [read(-30)], "yes"],
    ["at noon: perhaps still there", [read(-360)], "unknown"],
    ["two days before", [read(days(2))], "no"],
    ["two days before, as read while it was", [read(days(2), 20)], "unknown"],
    ["afterwards: what was before is not known", [read(65)], "unknown"],
    ["of one character, and another one days ago", [read(5), { ...read(days(3)), character: "d" }], "yes"],
    ["of two characters, both days ago", [read(days(2)), { ...read(days(3)), character: "d" }], "no"],
    ["hidden", [read(null, 70, "hidden")], "unknown"],
    ["no such character", [read(null, 70, "gone"), { ...read(days(3)), character: "d" }], "unknown"],
    ["none was read", [], "unknown"],
  ] as const)("%s", (_what, logins, login) => {
    expect(byLogin(logins, war).login).toBe(login);
  });

  test("one that was read while it was counts also when there is a later one", () => {
    const both = { ...read(5), lastLogin: new Date(START + 65 * MINUTE_MS) };
    expect(byLogin([both], war)).toEqual({ login: "yes", lastLogin: both.lastLogin });
  });
});

describe("who was there", () => {
  const evidence = (changes: Partial<Evidence>): Evidence => ({
    ...{ war, signUps: [], squads: [], excused: [], voice: [], followed: [], logins: [], corrections: [] },
    ...changes,
  });
  const said = (personId: string, answer: "yes" | "late" | "no", reason: string | null = null) => ({
    ...{ personId, name: `P${personId}`, character: null, answer, reason, at: new Date(0) },
  });
  const verdicts = (changes: Partial<Evidence>) =>
    Object.fromEntries(attendees(evidence(changes)).map(({ personId, verdict }) => [personId, verdict]));
  const all = [dated(0, 60)];

  test("officers have the last word, then what was seen, then what was said", () => {
    const correction = { personId: "5", name: "P5", verdict: "excused", reason: null, by: "7" } as const;
    expect(
      verdicts({
        signUps: [said("1", "yes"), said("2", "yes"), said("3", "no"), said("4", "no", "ill"), said("5", "yes")],
        voice: [{ personId: "1", present: true, ...dated(0, 60) }],
        followed: all,
        corrections: [correction],
      }),
    ).toEqual({ 1: "present", 2: "absent", 3: "absent", 4: "excused", 5: "excused" });
    expect(verdicts({ signUps: [said("1", "yes"), said("4", "no", "ill")] })).toEqual({ 1: "unknown", 4: "excused" });
  });

  test("whoever was seen is among them, in the order of their ids, and who should have come", () => {
    const seen = ["100", "99"].map((personId) => ({ personId, present: true, ...dated(0, 60) }));
    const gone = { personId: "50", present: false, ...dated(0, 60) };
    const squads = [{ id: "s", name: "Alpha", members: ["7"] }];
    const people = attendees(evidence({ voice: [...seen, gone], squads }), [{ personId: "8", name: "Eight" }]);
    expect(people.map(({ personId, name, squad }) => [personId, name, squad])).toEqual([
      ["7", null, "Alpha"],
      ["8", "Eight", null],
      ["99", null, null],
      ["100", null, null],
    ]);
  });

  test("statistics count each person and each war once", () => {
    const first = attendees(
      evidence({ signUps: [said("1", "yes"), said("2", "late"), said("3", "no", "ill")], followed: all }),
    );
    const second = attendees(
      evidence({ signUps: [said("1", "yes")], voice: [{ personId: "1", present: true, ...dated(0, 60) }] }),
    );
    const stats = statsOf([
      { war, people: first },
      { war, people: second },
    ]);
    expect(stats.wars).toMatchObject([
      { yes: 1, late: 1, no: 1, silent: 0, present: 0, absent: 2, excused: 1, unknown: 0 },
      { yes: 1, late: 0, no: 0, silent: 0, present: 1, absent: 0, excused: 0, unknown: 0 },
    ]);
    expect(stats.people).toMatchObject([
      { personId: "1", wars: 2, yes: 2, present: 1, absent: 1, noShows: 1 },
      { personId: "2", wars: 1, late: 1, absent: 1, noShows: 1 },
      { personId: "3", wars: 1, no: 1, excused: 1, noShows: 0 },
    ]);
  });
});
