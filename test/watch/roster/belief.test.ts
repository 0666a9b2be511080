import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { firstState, needsConfirming, observed, rosterState } from "../../../src/watch/roster/belief.js";
import { member, NOON, roster } from "./rosters.js";

const HOUR = 3_600_000;
const clan = (memberCount: number) => ({ name: "Watch", tag: "WT", memberCount });

describe("what is believed of a roster", () => {
  const [ada, bor, cai, dov] = [member("Ada", "LEADER"), member("Bor"), member("Cai"), member("Dov")];
  const all = [ada, bor, cai, dov];
  const known = firstState(all, clan(4));

  test("joins and promotions need nobody's confirmation; who is missing does", () => {
    expect(needsConfirming(known, [...all, member("Eli")])).toBe(false);
    expect(needsConfirming(known, [ada, { ...bor, name: "Boris" }, cai, dov])).toBe(false);
    expect(needsConfirming(known, [ada, bor, cai])).toBe(true);
  });

  test("who is missing has left where the public record counts no more than there are", () => {
    const { state, changes } = observed(known, [ada, bor, cai], clan(3), NOON);
    expect(changes).toMatchObject([{ kind: "left", name: "Dov" }]);
    expect(state.members).toEqual([ada, bor, cai]);
  });

  test.each([
    ["still counts all of them", clan(4)],
    ["does not answer", undefined],
  ])("a list that is cut off changes nothing while the record %s; what it adds is told", (_why, record) => {
    const cut = observed(known, [{ ...ada, rank: "COLONEL" }], record, NOON);
    expect(cut.changes).toEqual([{ kind: "demoted", name: "Ada", from: "LEADER", to: "COLONEL" }]);
    const whole = observed(cut.state, all, record, NOON + HOUR);
    expect(whole.changes).toMatchObject([{ kind: "leader", name: "Ada" }]);
    expect(whole.state.members).toEqual(all);
  });

  test("the record may be late: who is missing is told once it has caught up", () => {
    const late = observed(known, [ada, bor, cai], clan(4), NOON);
    expect(late.changes).toEqual([]);
    const caught = observed(late.state, [ada, bor, cai], clan(3), NOON + 300_000);
    expect(caught.changes).toMatchObject([{ kind: "left", name: "Dov" }]);
    expect(observed(caught.state, [ada, bor, cai], clan(3), NOON + 600_000).changes).toEqual([]);
  });

  test("a record that always counts one more confirms as well", () => {
    const odd = firstState(all, clan(5));
    expect(observed(odd, [ada, bor, cai], clan(4), NOON).changes).toMatchObject([{ kind: "left", name: "Dov" }]);
    expect(observed(odd, [ada, bor, cai], clan(5), NOON).changes).toEqual([]);
  });

  test("whom nothing confirms has left after six hours", () => {
    const first = observed(known, [ada, bor, cai], undefined, NOON);
    const later = observed(first.state, [ada, bor, cai], undefined, NOON + 5 * HOUR);
    expect(later.changes).toEqual([]);
    const last = observed(later.state, [ada, bor, cai], undefined, NOON + 6 * HOUR);
    expect(last.changes).toMatchObject([{ kind: "left", name: "Dov" }]);
  });

  test("who shows up again was never away, and their hours count anew", () => {
    const away = observed(known, [ada, bor, cai], undefined, NOON);
    const back = observed(away.state, all, undefined, NOON + 5 * HOUR);
    expect(back.changes).toEqual([]);
    const again = observed(back.state, [ada, bor, cai], undefined, NOON + 7 * HOUR);
    expect(again.changes).toEqual([]);
  });

  test("one who left and joined anew is there twice over in no state", () => {
    const { state, changes } = observed(known, [ada, bor, cai, { ...dov, joinedAt: NOON }], undefined, NOON);
    expect(changes.map(({ kind }) => kind)).toEqual(["joined", "left"]);
    expect(state.members.filter(({ name }) => name === "Dov")).toHaveLength(1);
  });

  test("the clan's name follows its public record", () => {
    const record = { name: "Night Watch", tag: "NW", memberCount: 3 };
    expect(observed(known, [ada, bor, cai], record, NOON).state).toMatchObject({ name: "Night Watch", tag: "NW" });
    expect(observed(known, all, undefined, NOON).state).toMatchObject({ name: "Watch", tag: "WT" });
  });

  test("of lists that are cut off anywhere nobody is ever told to have left, as long as the record counts them", () => {
    const cuts = roster.chain((members) =>
      fc.tuple(fc.constant(members), fc.array(fc.subarray(members), { maxLength: 5 }), fc.integer({ min: 0, max: 2 })),
    );
    fc.assert(
      fc.property(cuts, ([members, lists, surplus]) => {
        let state = firstState(members, clan(members.length + surplus));
        for (const [n, list] of lists.entries()) {
          const next = observed(state, list, clan(members.length + surplus), NOON + n * HOUR);
          expect(next.changes).toEqual([]);
          ({ state } = next);
        }
      }),
    );
  });

  test("a state is stored and read back as it was", () => {
    fc.assert(
      fc.property(roster, roster, fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }), (from, to, count) => {
        const record = count === undefined ? undefined : clan(count);
        const { state } = observed(firstState(from, clan(from.length)), to, record, NOON);
        expect(rosterState.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
      }),
    );
  });
});
