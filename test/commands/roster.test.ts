import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { isAbsent } from "../../commands/clan/last-logins.js";
import { rosterFile } from "../../commands/clan/roster-csv.js";
import { csv } from "../../commands/format/csv.js";
import { ranksOf, sorted, SORTS } from "../../commands/clan/roster.js";
import { DAY_MS } from "../../src/time.js";
import { Texts } from "../../src/kernel/texts.js";
import type { Locale } from "../../src/kernel/locale.js";
import { ClanMember } from "@zonewire/stalcraft";

const member = (name: string, rank: string, joinTime: string) =>
  new ClanMember({ name, rank, joinTime: `${joinTime}T00:00:00Z` }, new Date(0));
const ROSTER = [
  member("ёж", "RECRUIT", "2025-03-01"),
  member("Wolf10", "SOLDIER", "2024-01-01"),
  member("Wolf9", "SOLIDER", "2024-06-01"),
  member("=1+1", "KEEPER", "2026-01-01"),
  member("Boss", "LEADER", "2023-01-01"),
];
const EN = { locale: "en" } as const;
const names = (members: readonly ClanMember[]) => members.map(({ name }) => name);

describe("a roster", () => {
  test("by rank: the highest first, ranks that are new to us last, equal ones by name", () => {
    expect(names(sorted(ROSTER, "rank", undefined, EN))).toEqual(["Boss", "Wolf9", "Wolf10", "ёж", "=1+1"]);
  });

  test("by name: numbers in their order; by joining: the oldest first", () => {
    expect(names(sorted(ROSTER, "name", undefined, EN))).toEqual(["=1+1", "Boss", "Wolf9", "Wolf10", "ёж"]);
    expect(names(sorted(ROSTER, "joined", undefined, EN))).toEqual(["Boss", "Wolf10", "Wolf9", "ёж", "=1+1"]);
  });

  test("by absence: the longest first, then hidden logins, then unread ones", () => {
    const times = new Map([
      ["Boss", new Date("2026-11-23")],
      ["Wolf9", undefined],
      ["ёж", new Date("2026-10-01")],
    ]);
    const logins = { times, readAt: undefined, outage: undefined, exhausted: { until: undefined } };
    expect(names(sorted(ROSTER, "seen", logins, EN))).toEqual(["ёж", "Boss", "Wolf9", "=1+1", "Wolf10"]);
  });

  test("calls absent who was not there for more than so many days, and nobody whose last login is not known", () => {
    const now = new Date("2026-11-28T12:00:00Z");
    const ago = (days: number, ms = 0) => new Date(now.getTime() - days * DAY_MS - ms);
    const times = new Map([
      ["today", ago(0)],
      ["just seven days", ago(7)],
      ["longer", ago(7, 1)],
      ["hidden", undefined],
    ]);
    const absent = (days: number) =>
      ["today", "just seven days", "longer", "hidden", "unread"].filter((name) =>
        isAbsent({ name }, days, { times }, { now }),
      );
    expect(absent(7)).toEqual(["longer"]);
    expect(absent(6)).toEqual(["just seven days", "longer"]);
    expect(absent(8)).toEqual([]);
    expect(isAbsent({ name: "longer" }, 7, undefined, { now })).toBe(false);
  });

  test.each(SORTS)("of nobody, or of one, by %s", (sort) => {
    expect(sorted([], sort, undefined, EN)).toEqual([]);
    expect(names(sorted(ROSTER.slice(0, 1), sort, undefined, EN))).toEqual(["ёж"]);
  });

  test("counts its ranks, both spellings of one as one", () => {
    expect([...ranksOf(ROSTER)]).toEqual([
      ["LEADER", 1],
      ["SOLDIER", 2],
      ["RECRUIT", 1],
      ["KEEPER", 1],
    ]);
  });
});

/** Reads CSV as RFC 4180 has it. */
function parse(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const cell = /"((?:[^"]|"")*)"/y;
    cell.lastIndex = at;
    const found = cell.exec(text);
    if (!found) throw new Error(`no cell at ${at}`);
    row.push(found[1]!.replaceAll('""', '"'));
    at = cell.lastIndex;
    if (text.startsWith(separator, at)) at += 1;
    else if (text.startsWith("\r\n", at)) {
      rows.push(row);
      row = [];
      at += 2;
    } else throw new Error(`no end of a cell at ${at}`);
  }
  return rows;
}

describe("the file", () => {
  const hostile = fc.oneof(
    fc.string({ unit: "binary" }),
    fc
      .tuple(fc.constantFrom("=", "+", "-", "@", "\t", "\r", " =", "\u200b=", "＝", '"', ";", ","), fc.string())
      .map(([first, rest]) => first + rest),
  );

  test("keeps every cell as it is, except that none is a formula", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(hostile, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom("," as const, ";" as const),
        (rows, separator) => {
          const text = csv(rows, separator);
          expect(text.startsWith("\uFEFF")).toBe(true);
          const read = parse(text.slice(1), separator);
          expect(read.map(({ length }) => length)).toEqual(rows.map(({ length }) => length));
          for (const [line, row] of rows.entries()) {
            for (const [index, cell] of row.entries()) {
              const kept = read[line]![index]!;
              expect([cell, `'${cell}`]).toContain(kept);
              expect(kept).not.toMatch(/^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u);
            }
          }
        },
      ),
    );
  });

  let texts: Texts;
  beforeAll(async () => {
    texts = await Texts.load(join(import.meta.dirname, "../../locales"));
  });
  const read = (locale: Locale, seen = false) => {
    const times = new Map([["Boss", new Date("2026-11-20T10:20:30.999Z")]]);
    const logins = seen ? { times, readAt: undefined, outage: undefined, exhausted: undefined } : undefined;
    const context = { t: texts.translator(locale), locale, now: new Date("2026-11-23T23:59:59Z") };
    const { name, data } = rosterFile({ tag: "[Z/o] 1" }, ROSTER, "EU", logins, context);
    expect([...data.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    return { name, text: new TextDecoder().decode(data) };
  };

  test("has a line for each member, in the given order, and moments in UTC", () => {
    const { name, text } = read("en");
    expect(name).toBe("clan-members-Zo1-EU-2026-11-23.csv");
    expect(parse(text, ",")).toEqual([
      ["Name", "Rank", "Joined (UTC)"],
      ["ёж", "Recruit", "2025-03-01 00:00:00"],
      ["Wolf10", "Soldier", "2024-01-01 00:00:00"],
      ["Wolf9", "Soldier", "2024-06-01 00:00:00"],
      ["'=1+1", "KEEPER", "2026-01-01 00:00:00"],
      ["Boss", "Leader", "2023-01-01 00:00:00"],
    ]);
  });

  test("has last logins where they were read, empty where they are not known", () => {
    const rows = parse(read("en", true).text, ",");
    expect(rows.map((row) => row[3])).toEqual(["Last login (UTC)", "", "", "", "", "2026-11-20 10:20:30"]);
  });

  test("has between its cells what a spreadsheet of the reader's language expects", () => {
    expect(parse(read("ru").text, ";")[1]).toEqual(["ёж", "Запасной", "2025-03-01 00:00:00"]);
    for (const locale of ["es", "fr"] as const) expect(parse(read(locale).text, ";")).toHaveLength(6);
    expect(parse(read("ko").text, ",")).toHaveLength(6);
  });
});
