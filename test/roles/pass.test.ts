import { describe, expect, test } from "vitest";
import { Pace } from "../../src/roles/pace.js";
import { carryOut, changesOf, type PassOptions } from "../../src/roles/pass.js";
import { planOf } from "../../src/roles/plan.js";
import type { Changed, MemberRefusal } from "../../src/roles/ports.js";
import { ManualClock } from "../manual-clock.js";
import { input, mapping, member, person, reading } from "./scene.js";

const cause = new Error("Discord says no");
const refused = (reason: MemberRefusal): Changed => ({ kind: "refused", reason, cause });

/** A plan that gives one role to so many members, and a Discord that answers as told. */
function pass(members: number, answer: (change: string, time: number) => Changed, changes: Partial<PassOptions> = {}) {
  const names = Array.from({ length: members }, (_, n) => `M${n}`);
  const plan = planOf(
    input({
      mappings: [mapping("OFFICER", "a"), mapping("OFFICER", "b")],
      readings: [reading(Object.fromEntries(names.map((name) => [name, "OFFICER"])))],
      people: names.map((name, n) => person(member(`${n}`), name)),
    }),
  );
  const clock = new ManualClock();
  const sent: { readonly change: string; readonly at: number }[] = [];
  const begun = clock.now();
  const send = (change: string): Promise<Changed> => {
    sent.push({ change, at: clock.now() - begun });
    return Promise.resolve(answer(change, sent.length));
  };
  const steps: number[] = [];
  const result = carryOut(plan, {
    guildId: "9",
    servers: {
      give: (_, userId, roleId) => send(`${userId}+${roleId}`),
      take: (_, userId, roleId) => send(`${userId}-${roleId}`),
      rename: (_, userId, nick) => send(`${userId}=${nick}`),
    },
    wording: { rank: (rank) => rank, tag: () => "", reason: ({ kind }) => kind },
    pace: new Pace(clock),
    clock,
    withinMs: 600_000,
    onStep: (done) => void steps.push(done),
    signal: new AbortController().signal,
    ...changes,
  });
  /** Lets time pass until it is over. */
  const over = async () => {
    const ended = { yet: false };
    const end = () => (ended.yet = true);
    void result.then(end, end);
    for (let n = 0; n < 500 && !ended.yet; n += 1) await clock.pass(500);
    return result;
  };
  return { plan, clock, sent, steps, over };
}

const done: Changed = { kind: "done" };

describe("changes of members", () => {
  test("are sent one by one, no more than ten in ten seconds, and somebody hears that it goes on", async () => {
    const { plan, sent, steps, over } = pass(12, () => done);
    const result = await over();
    expect(result).toMatchObject({ refused: [], left: 0 });
    expect(result.done).toHaveLength(changesOf(plan).length);
    expect(new Set(sent.map(({ change }) => change)).size).toBe(24);
    for (const { at } of sent)
      expect(sent.filter((other) => other.at > at - 10_000 && other.at <= at).length).toBeLessThanOrEqual(10);
    expect(steps.length).toBeGreaterThan(24);
  });

  test("of others go on when Discord refuses one; what would be refused alike is not asked for again", async () => {
    const { sent, over } = pass(3, (change) =>
      change.startsWith("1+") ? refused("member-gone") : change.endsWith("b") ? refused("permission") : done,
    );
    const result = await over();
    expect(result.done.map(({ userId }) => userId)).toEqual(["0", "2"]);
    expect(result.refused.map(({ change, reason }) => [change.userId, reason])).toEqual([
      ["0", "permission"],
      ["1", "member-gone"],
    ]);
    expect(sent.map(({ change }) => change)).toEqual(["0+a", "0+b", "1+a", "2+a"]);
    expect(result.left).toBe(0);
  });

  test.each(["two-factor", "server-gone"] as const)("end when nothing of them will be taken: %s", async (reason) => {
    const { sent, over } = pass(3, () => refused(reason));
    expect(await over()).toMatchObject({ done: [], refused: [{ reason }], left: 5 });
    expect(sent).toHaveLength(1);
  });

  test("wait as long as Discord says, and end where there is no time for that", async () => {
    const limited: Changed = { kind: "limited", waitMs: 30_000, cause };
    const patient = pass(2, (_, time) => (time === 2 ? limited : done));
    expect((await patient.over()).done).toHaveLength(4);
    const [first] = patient.sent;
    expect(patient.sent.map(({ at }) => at - first!.at)).toEqual([0, 0, 30_000, 30_000, 30_000]);
    const hurried = pass(2, (_, time) => (time === 2 ? limited : done), { withinMs: 20_000 });
    expect(await hurried.over()).toMatchObject({ done: [{ userId: "0" }], left: 3 });
  });

  test("are tried again where Discord gave no answer, and end where it gives none for long", async () => {
    const away: Changed = { kind: "away", cause };
    const once = pass(1, (_, time) => (time === 1 ? away : done));
    expect((await once.over()).done).toHaveLength(2);
    const never = pass(3, () => away);
    expect(await never.over()).toMatchObject({ done: [], left: 6 });
    expect(never.sent).toHaveLength(3);
  });

  test("end at once when nobody wants them any more, or somebody else does them", async () => {
    const stopping = new AbortController();
    const stopped = pass(
      3,
      () => {
        stopping.abort(new Error("the bot stops"));
        return done;
      },
      { signal: stopping.signal },
    );
    await expect(stopped.over()).rejects.toThrow("the bot stops");
    expect(stopped.sent).toHaveLength(1);
    const lost = pass(3, () => done, {
      onStep: (count) => {
        if (count === 2) throw new Error("another process");
      },
    });
    await expect(lost.over()).rejects.toThrow("another process");
    expect(lost.sent).toHaveLength(2);
  });
});
