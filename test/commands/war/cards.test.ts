import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { csv } from "../../../commands/format/csv.js";
import { cutList, listedName } from "../../../commands/format/cut-list.js";
import { attendanceReport } from "../../../commands/war/attendance-card.js";
import { battleLabel } from "../../../commands/war/battle.js";
import { attendanceFile } from "../../../commands/war/export.js";
import { reminderCard } from "../../../commands/war/reminder-card.js";
import { signUpCard } from "../../../commands/war/sign-up-card.js";
import { messageContext } from "../../../src/kernel/context.js";
import { fitEmbeds } from "../../../src/kernel/embed.js";
import { LOCALES, type Locale } from "../../../src/kernel/locale.js";
import { Texts } from "../../../src/kernel/texts.js";
import type { View } from "../../../src/kernel/view.js";
import type { Answer, Attendee, Roll, SignUp, War } from "../../../src/war/index.js";

let texts: Texts;
beforeAll(async () => {
  texts = await Texts.load(join(import.meta.dirname, "../../../locales"));
});

const NOON = Date.UTC(2026, 10, 28, 12);
const context = (locale: Locale) => messageContext({ texts, time: { now: () => NOON }, commandId: () => "7" }, locale);

/** What people call themselves to break something. */
const HOSTILE = [
  "@everyone",
  "<@&300000000000000001>",
  "**bold** [link](https://example.com)",
  "`".repeat(60),
  "# heading\n> quote",
  "‮gnp.exe",
  "مرحبا بالعالم",
  "👩‍👩‍👧‍👦".repeat(20),
  "=cmd|' /C calc'!A0",
  "​",
  "x".repeat(200),
];

const war = (changes: Partial<War> = {}): War => ({
  id: "abcdef-kp0h0",
  guildId: "100000000000000001",
  scheduleId: "abcdef",
  startsAt: new Date(NOON + 3 * 3_600_000),
  endsAt: new Date(NOON + 4 * 3_600_000),
  state: "open",
  revision: 3,
  channelId: "200000000000000001",
  messageId: "300000000000000001",
  eventId: null,
  eventProblem: null,
  ...changes,
  terms: {
    battle: "brawl",
    title: null,
    days: [1, 2, 3],
    at: 20 * 60,
    timeZone: "Europe/Moscow",
    lengthMinutes: 60,
    stages: 3,
    leadMinutes: 480,
    reminderMinutes: 15,
    pingSignUp: true,
    scheduledEvent: false,
    report: true,
    officerRoleId: null,
    voiceChannelId: null,
    region: "RU",
    clanId: null,
    channelId: "200000000000000001",
    roleId: null,
    locale: "en",
    ...changes.terms,
  },
});

const person = (n: number, name: string, answer: Answer, reason: string | null = null): SignUp => ({
  personId: String(400_000_000_000_000_000n + BigInt(n)),
  name,
  character: null,
  answer,
  reason,
  at: new Date(NOON + n),
});

const roll = (changes: Partial<Roll> = {}): Roll => ({ war: war(), signUps: [], squads: [], excused: [], ...changes });

/** So many of each answer, with the names that people think of; squads of 25. */
function crowd(each: number): Roll {
  const signUps = (["yes", "late", "no"] as const).flatMap((answer, group) =>
    Array.from({ length: each }, (_, n) =>
      person(group * each + n, `${HOSTILE[n % HOSTILE.length]} ${n}`, answer, HOSTILE[(n + 3) % HOSTILE.length]),
    ),
  );
  const coming = signUps.slice(0, 2 * each).map(({ personId }) => personId);
  const squads = Array.from({ length: 10 }, (_, n) => ({
    id: `s${n}`,
    name: `${HOSTILE[n % HOSTILE.length]}`,
    members: coming.slice(n * 25, (n + 1) * 25),
  }));
  const excused = Array.from({ length: 30 }, (_, n) => ({
    ...{ id: `e${n}`, personId: `50000000000000${n}`, name: `${HOSTILE[n % HOSTILE.length]}` },
    ...{ from: new Date(NOON), until: new Date(NOON), reason: HOSTILE[n % HOSTILE.length] ?? "", by: null },
  }));
  return roll({ signUps, squads, excused });
}

const textOf = ({ content, embeds = [] }: View) =>
  [
    content,
    ...embeds.flatMap(({ title, description, fields = [] }) => [
      title,
      description,
      ...fields.flatMap(({ name, value }) => [name, value]),
    ]),
  ].join("\n");

/** Nothing of it would have to be cut for Discord, and nothing in it is more than text. */
function expectFit(view: View): void {
  expect(textOf({ ...view, embeds: fitEmbeds(view.embeds ?? []) })).toBe(textOf(view));
  expect((view.content ?? "").length).toBeLessThan(2_000);
  const text = textOf(view);
  expect(text).not.toMatch(/@everyone|<@&3000|\]\(https|[‪-‮⁦-⁩]|\n# |\n> quote/u);
}

describe("the sign-up message", () => {
  test.each(LOCALES)("shows who comes, and has its buttons while it is open, in %s", (locale) => {
    const { t } = context(locale);
    const signUps = [person(1, "Ada", "yes"), person(2, "Bor", "late"), person(3, "Cai", "no", "work")];
    const view = signUpCard(roll({ signUps }), context(locale));
    const text = textOf(view);
    expect(text).toContain(t("war.battle-brawl"));
    for (const word of ["Ada", "Bor", "Cai · work", `<t:${(NOON + 3 * 3_600_000) / 1_000}:F>`])
      expect(text).toContain(word);
    expect(view.components?.[0]?.components.map((part) => ("label" in part ? part.label : ""))).toEqual([
      t("war.answer-yes"),
      t("war.answer-late"),
      t("war.answer-no"),
    ]);
    for (const state of ["running", "over", "cancelled"] as const)
      expect(signUpCard(roll({ war: war({ state }) }), context(locale)).components).toEqual([]);
  });

  test.each([0, 1, 35, 100, 500])("fits into Discord's limits with %d answers of each kind", (each) => {
    for (const locale of LOCALES) expectFit(signUpCard(crowd(each), context(locale)));
  });

  test("says of many how many more there are, so that none is lost", () => {
    const signUps = Array.from({ length: 130 }, (_, n) => person(n, `Member_${n}`, "yes"));
    const [embed] = signUpCard(roll({ signUps }), context("en")).embeds ?? [];
    const lines = (embed?.fields ?? []).flatMap(({ value }) => value.split("\n"));
    const shown = lines.filter((line) => line.startsWith("Member")).length;
    const more = lines.flatMap((line) => Number(/^and (\d+) more$/.exec(line)?.[1] ?? 0)).reduce((a, b) => a + b);
    expect(shown + more).toBe(130);
    expect(embed?.fields?.[0]?.name).toBe("Yes (130)");
  });

  test("names who is excused and has not answered, and nobody twice", () => {
    const excuse = (n: number, name: string) => ({
      ...{ id: name, personId: person(n, name, "no").personId, name },
      ...{ from: new Date(NOON), until: new Date(NOON), reason: "ill", by: null },
    });
    const text = textOf(
      signUpCard(
        roll({ signUps: [person(1, "Ada", "yes")], excused: [excuse(1, "Ada"), excuse(2, "Bor")] }),
        context("en"),
      ),
    );
    expect(text).toContain("Excused (1)");
    expect(text).toContain("Bor · ill");
    expect(text.match(/Ada/g)).toHaveLength(1);
  });
});

test.each(LOCALES)("the reminder says when it begins, with the squads and the way to the sign-up, in %s", (locale) => {
  const signUps = [person(1, "Ada", "yes"), person(2, "Bor", "yes")];
  const squads = [{ id: "s", name: "Storm", members: [person(1, "Ada", "yes").personId] }];
  const view = reminderCard(roll({ signUps, squads }), context(locale));
  expect(view.content).toContain(`<t:${(NOON + 3 * 3_600_000) / 1_000}:R>`);
  expect(textOf(view)).toContain("🛡️ Storm (1)\nAda");
  expect(JSON.stringify(view.components)).toContain(
    "channels/100000000000000001/200000000000000001/300000000000000001",
  );
  expect(reminderCard(roll({ war: war({ messageId: null }) }), context(locale)).components).toEqual([]);
  for (const each of [0, 100]) expectFit(reminderCard(crowd(each), context(locale)));
});

const attendee = (changes: Partial<Attendee>): Attendee => ({
  ...{ personId: "400000000000000001", name: "Ada", answer: "yes", reason: null, squad: null },
  ...{ voice: "unknown", voiceStages: [], voiceMinutes: null, login: "unknown", lastLogin: null },
  ...{ correction: null, excuse: null, verdict: "unknown" },
  ...changes,
});

describe("the attendance", () => {
  test.each(LOCALES)("shows each source apart, and what is unknown as unknown, in %s", (locale) => {
    const { t } = context(locale);
    const lastLogin = new Date(NOON);
    const people = [
      attendee({ name: "Ada", voice: "yes", voiceMinutes: 52, verdict: "present" }),
      attendee({ name: "Bor", login: "yes", lastLogin, answer: null, verdict: "present" }),
      attendee({ name: "Cai", voice: "no", login: "no", lastLogin, verdict: "absent" }),
      attendee({ name: null, personId: "7" }),
      attendee({
        name: "Dov",
        verdict: "absent",
        correction: { personId: "9", name: "Dov", verdict: "absent", reason: "left early", by: "8" },
      }),
    ];
    const text = textOf(attendanceReport({ war: war({ state: "over" }), people }, context(locale)));
    const lineOf = (name: string) => text.split("\n")[text.split("\n").findIndex((line) => line.includes(name)) + 1];
    const unknown = t("war.known-unknown");
    expect(lineOf("Ada")).toContain(t("war.source-voice", { value: t("war.span-minutes", { minutes: 52 }) }));
    expect(lineOf("Ada")).toContain(t("war.source-login", { value: unknown }));
    expect(lineOf("Bor")).toContain(t("war.source-sign-up", { value: t("war.answer-none") }));
    expect(lineOf("Bor")).toContain(`<t:${NOON / 1_000}:f>`);
    expect(lineOf("Cai")).toContain(t("war.source-voice", { value: t("war.known-no") }));
    expect(lineOf("<@7>")).toContain(t("war.source-voice", { value: unknown }));
    expect(text).toContain(t("war.by-officer", { outcome: t("war.outcome-absent") }));
    expect(lineOf("Dov")).toContain("left early");
    expect(text.indexOf("Cai")).toBeLessThan(text.indexOf("Ada"));
  });

  test("of very many says how many more there are, within Discord's limits", () => {
    const people = Array.from({ length: 150 }, (_, n) =>
      attendee({
        personId: String(n),
        name: `${HOSTILE[n % HOSTILE.length]} ${n}`,
        reason: HOSTILE[n % HOSTILE.length] ?? null,
      }),
    );
    for (const locale of LOCALES) expectFit(attendanceReport({ war: war({ state: "over" }), people }, context(locale)));
    expect(textOf(attendanceReport({ war: war(), people }, context("en")))).toMatch(/and \d+ more/);
  });

  test("goes into a file in which nothing is calculated, and the ids of people stay whole", () => {
    const people = HOSTILE.map((name, n) => attendee({ personId: `4000000000000000${n}`, name, reason: name }));
    const { name, data } = attendanceFile([{ war: war({ state: "over" }), people }], { ...context("ru") });
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(data);
    expect(name).toBe("wars-2026-11-28.csv");
    expect(text.startsWith('\uFEFF"Начало (UTC)";"Битва"')).toBe(true);
    expect(text).toContain('"2026-11-28 15:00:00";"Потасовка"');
    expect(text).not.toMatch(/[";]"[=+@-]/);
    expect(text).toContain('"\'@40000000000000000"');
    expect(csv([["a", "b"]], ",")).toBe('\uFEFF"a","b"\r\n');
  });
});

test("a battle is named by the clan's own clock, in summer and in winter", () => {
  const terms = { ...war().terms, timeZone: "Europe/Berlin" };
  for (const startsAt of [new Date("2026-10-24T18:00Z"), new Date("2026-10-26T19:00Z"), new Date("2027-03-28T18:00Z")])
    for (const locale of LOCALES) {
      expect(battleLabel({ startsAt, terms, state: "open" }, context(locale))).toMatch(/20:00$/);
      expect(battleLabel({ startsAt, terms, state: "cancelled" }, context(locale))).toMatch(/20:00 · \S+$/);
    }
});

test("a list is cut at an entry, and counts what it leaves out", () => {
  const entries = Array.from({ length: 50 }, (_, n) => `name ${n}`);
  const { t } = context("en");
  for (let limit = 20; limit < 500; limit += 7) {
    const text = cutList(entries, { separator: ", ", limit }, { t });
    expect(text.length).toBeLessThanOrEqual(limit);
    const shown = text.split(", ").filter((part) => part.startsWith("name")).length;
    expect(text.endsWith(shown === 50 ? "name 49" : `and ${50 - shown} more`)).toBe(true);
  }
  expect(cutList([], { separator: ", ", limit: 10 }, { t })).toBe("");
  expect(cutList(["a"], { separator: ", ", limit: 100, left: 3 }, { t })).toBe("a, and 3 more");
});

test("a name is shown on one line, not too long, and as it was written", () => {
  for (const name of HOSTILE) {
    const shown = listedName(name);
    expect(shown).not.toBe("");
    expect(shown).not.toContain("\n");
    expect(shown.length).toBeLessThanOrEqual(60);
  }
  expect(listedName("W_T Bor")).toBe("W\\_T Bor");
});
