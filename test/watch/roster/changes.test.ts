import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rosterChanges } from "../../../src/watch/roster/changes.js";
import { applied, member, NOON, roster } from "./rosters.js";

describe("changes of a roster", () => {
  const ada = member("Ada", "LEADER");
  const bor = member("Bor", "OFFICER");
  const cai = member("Cai", "RECRUIT");
  const before = [ada, bor, cai];

  test("joins and leaves", () => {
    const dov = member("Dov", "RECRUIT", 0);
    expect(rosterChanges(before, [ada, cai, dov])).toEqual([
      { kind: "joined", name: "Dov", rank: "RECRUIT" },
      { kind: "left", name: "Bor", rank: "OFFICER", joinedAt: bor.joinedAt },
    ]);
  });

  test.each([
    ["COMMONER", "RECRUIT", "demoted"],
    ["RECRUIT", "COLONEL", "promoted"],
    ["OFFICER", "LEADER", "leader"],
    ["LEADER", "COLONEL", "demoted"],
    ["RECRUIT", "WARLORD", "ranked"],
    ["WARLORD", "RECRUIT", "ranked"],
    ["WARLORD", "", "ranked"],
  ])("%s to %s is: %s", (from, to, kind) => {
    const changes = rosterChanges([{ ...cai, rank: from }], [{ ...cai, rank: to }]);
    expect(changes).toMatchObject([{ kind, name: "Cai" }]);
  });

  test("a new leader is told once, with who led before; what became of the former one too", () => {
    const after = [{ ...ada, rank: "COLONEL" }, { ...bor, rank: "LEADER" }, cai];
    expect(rosterChanges(before, after)).toEqual([
      { kind: "leader", name: "Bor", was: "Ada" },
      { kind: "demoted", name: "Ada", from: "LEADER", to: "COLONEL" },
    ]);
    expect(rosterChanges(before, [{ ...bor, rank: "LEADER" }, cai])).toEqual([
      { kind: "leader", name: "Bor", was: "Ada" },
      { kind: "left", name: "Ada", rank: "LEADER", joinedAt: ada.joinedAt },
    ]);
    expect(rosterChanges([bor], [{ ...bor, rank: "LEADER" }])).toEqual([{ kind: "leader", name: "Bor" }]);
  });

  test("a leader under another name is still the leader", () => {
    expect(rosterChanges(before, [{ ...ada, name: "Ada II" }, bor, cai])).toEqual([
      { kind: "renamed", name: "Ada II", was: "Ada" },
    ]);
  });

  test("one who went and one who came with the same moment of joining was renamed, promoted or not", () => {
    expect(rosterChanges(before, [ada, { ...bor, name: "BOR" }, cai])).toEqual([
      { kind: "renamed", name: "BOR", was: "Bor" },
    ]);
    expect(rosterChanges(before, [ada, { ...bor, name: "Boris", rank: "COLONEL" }, cai])).toEqual([
      { kind: "promoted", name: "Boris", from: "OFFICER", to: "COLONEL" },
      { kind: "renamed", name: "Boris", was: "Bor" },
    ]);
  });

  test("two who exchanged their names were renamed", () => {
    const swapped = [ada, { ...bor, name: "Cai" }, { ...cai, name: "Bor" }];
    expect(rosterChanges(before, swapped)).toEqual([
      { kind: "renamed", name: "Cai", was: "Bor" },
      { kind: "renamed", name: "Bor", was: "Cai" },
    ]);
  });

  test("of several with one moment of joining only those are renamed of whom it is clear who is who", () => {
    const founders = [member("Ada", "LEADER", 9), member("Bor", "SOLDIER", 9), member("Cai", "SOLDIER", 9)];
    const [first, second, third] = founders as [typeof ada, typeof ada, typeof ada];
    expect(rosterChanges(founders, [{ ...first, name: "Axe" }, second, third])).toMatchObject([{ kind: "renamed" }]);
    expect(rosterChanges(founders, [{ ...first, name: "Axe" }, { ...second, name: "Box" }, third])).toMatchObject([
      { kind: "renamed", name: "Axe", was: "Ada" },
      { kind: "renamed", name: "Box", was: "Bor" },
    ]);
    const unclear = [first, { ...second, name: "Box" }, { ...third, name: "Cox" }];
    expect(rosterChanges(founders, unclear).map(({ kind }) => kind)).toEqual(["joined", "joined", "left", "left"]);
  });

  test("who left and came back has done both; a moment told a little differently is no such thing", () => {
    expect(rosterChanges([cai], [{ ...cai, joinedAt: NOON }])).toMatchObject([
      { kind: "joined", name: "Cai" },
      { kind: "left", name: "Cai" },
    ]);
    expect(rosterChanges([cai], [{ ...cai, joinedAt: cai.joinedAt + 900 }])).toEqual([]);
  });

  test("nothing happened where two rosters hold the same, in whatever order", () => {
    fc.assert(
      fc.property(
        roster.chain((members) =>
          fc.tuple(fc.constant(members), fc.shuffledSubarray(members, { minLength: members.length })),
        ),
        ([members, shuffled]) => {
          expect(rosterChanges(members, shuffled)).toEqual([]);
        },
      ),
    );
  });

  test("applied to the roster before they give the one after, whatever happened", () => {
    fc.assert(
      fc.property(roster, roster, (from, to) => {
        const after = Object.fromEntries(applied(from, rosterChanges(from, to)));
        expect(after).toEqual(Object.fromEntries(to.map(({ name, rank }) => [name, rank])));
      }),
      { numRuns: 300 },
    );
  });

  test("a rename joins two names that were there at different times, since one moment; each of them once", () => {
    fc.assert(
      fc.property(roster, roster, (from, to) => {
        const renamed = rosterChanges(from, to).filter((change) => change.kind === "renamed");
        for (const { name, was } of renamed) {
          const old = from.find((one) => one.name === was);
          expect(old?.joinedAt).toBe(to.find((one) => one.name === name)?.joinedAt);
        }
        expect(new Set(renamed.map(({ was }) => was)).size).toBe(renamed.length);
        expect(new Set(renamed.map(({ name }) => name)).size).toBe(renamed.length);
      }),
      { numRuns: 300 },
    );
  });
});
