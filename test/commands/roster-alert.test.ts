import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { rosterAlert } from "../../commands/alert-cards/roster.js";
import { messageContext } from "../../src/kernel/context.js";
import { LOCALES, type Locale } from "../../src/kernel/locale.js";
import { Texts } from "../../src/kernel/texts.js";
import type { RosterChange, RosterEvent } from "../../src/watch/index.js";

let texts: Texts;
beforeAll(async () => {
  texts = await Texts.load(join(import.meta.dirname, "../../locales"));
});

const NOON = Date.UTC(2026, 10, 28, 12);
const context = (locale: Locale) => messageContext({ texts, time: { now: () => NOON }, commandId: () => "7" }, locale);
const event = (changes: RosterChange[]): RosterEvent => ({
  kind: "roster",
  region: "EU",
  clanId: "8f14e45f-ceea-467f-9a5b-0b9f3c4d2e1a",
  clanTag: "W_T",
  clanName: "*Watch*",
  changes,
});
const one: RosterChange = { kind: "joined", name: "Ada_1", rank: "RECRUIT" };
const EVERY: RosterChange[] = [
  { kind: "leader", name: "Bor", was: "Ada" },
  { kind: "leader", name: "Bor" },
  one,
  { kind: "left", name: "Cai", rank: "WAR_LORD", joinedAt: NOON },
  { kind: "promoted", name: "Dov", from: "RECRUIT", to: "OFFICER" },
  { kind: "demoted", name: "Eli", from: "OFFICER", to: "RECRUIT" },
  { kind: "ranked", name: "Fay", from: "OFFICER", to: "WAR_LORD" },
  { kind: "renamed", name: "Gil", was: "Hal" },
];

describe("the alert of a roster", () => {
  test.each(LOCALES)("says each change in a line of its own, in %s", (locale) => {
    const { content, embeds = [], components } = rosterAlert(event(EVERY), context(locale));
    expect(content).toContain("W\\_T");
    const lines = embeds[0]?.description?.split("\n") ?? [];
    expect(lines).toHaveLength(EVERY.length);
    for (const [n, { name }] of EVERY.entries()) expect(lines[n]).toContain(name.replace("_", "\\_"));
    expect(new Set(lines.map((line) => line.replace(/[A-Z]\S*/g, ""))).size).toBe(EVERY.length);
    expect(lines.join()).toContain("WAR\\_LORD");
    expect(components).toHaveLength(1);
  });

  test("a single change is what a phone shows at once", () => {
    expect(rosterAlert(event([one]), context("en")).content).toBe("➕ **Ada\\_1** joined: Recruit");
    expect(rosterAlert(event(EVERY), context("ru")).content).toContain("8 изменений");
  });

  test("of very many the first are shown, and where the others are", () => {
    const many = Array.from({ length: 40 }, (_, n) => ({ ...one, name: `M${n}` }));
    const { embeds = [] } = rosterAlert(event(many), context("en"));
    const lines = embeds[0]?.description?.split("\n") ?? [];
    expect(lines).toHaveLength(26);
    expect(lines[25]).toBe("… and 15 more changes: </clan log:7>");
  });

  test("is red where somebody left, so that it is seen", () => {
    const colour = (change: RosterChange) => rosterAlert(event([change]), context("en")).embeds?.[0]?.color;
    expect(colour({ kind: "left", name: "Cai", rank: "RECRUIT", joinedAt: NOON })).not.toBe(colour(one));
  });
});
