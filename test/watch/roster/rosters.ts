import fc from "fast-check";
import type { RosterChange } from "../../../src/watch/roster/change.js";
import type { Member } from "../../../src/watch/roster/member.js";

export const NOON = Date.UTC(2026, 10, 28, 12);
const DAY = 24 * 3_600_000;

/** A member who joined so many days ago; by default those of other names did so at other moments. */
export function member(name: string, rank = "SOLDIER", days = name.codePointAt(0) ?? 0): Member {
  return { name, rank, joinedAt: NOON - days * DAY };
}

const ranks = ["RECRUIT", "COMMONER", "SOLDIER", "SERGEANT", "OFFICER", "COLONEL", "LEADER", "WARLORD", ""];

const anyone: fc.Arbitrary<Member> = fc.record({
  // Few of each, so that rosters share names, ranks and moments.
  name: fc.constantFrom("Ada", "ada", "Bor", "Cai", "Dov", "Eli", "__proto__", "Ünal"),
  rank: fc.constantFrom(...ranks),
  joinedAt: fc.integer({ min: 1, max: 5 }).map((day) => NOON - day * DAY),
});

/** Each name is there once. */
export const roster = fc.uniqueArray(anyone, { selector: ({ name }) => name, maxLength: 8 });

/** Names and ranks after the changes, as far as these tell: by name. */
export function applied(before: readonly Member[], changes: readonly RosterChange[]): ReadonlyMap<string, string> {
  const ranks = new Map(before.map(({ name, rank }) => [name, rank]));
  const of = <K extends RosterChange["kind"]>(...kinds: readonly K[]) =>
    changes.filter((change): change is Extract<RosterChange, { kind: K }> =>
      (kinds as readonly string[]).includes(change.kind),
    );
  for (const { name } of of("left")) ranks.delete(name);
  const renamed = of("renamed").map(({ name, was }) => [name, was, ranks.get(was) ?? "?"] as const);
  for (const [, was] of renamed) ranks.delete(was);
  for (const [name, , rank] of renamed) ranks.set(name, rank);
  for (const { name, rank } of of("joined")) ranks.set(name, rank);
  for (const { name, to } of of("promoted", "demoted", "ranked")) ranks.set(name, to);
  for (const { name } of of("leader")) ranks.set(name, "LEADER");
  return ranks;
}
