import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Cancellation } from "../src/session/cancellation.js";
import { Exhausted } from "../src/session/refusals.js";
import { Scheduler } from "../src/session/scheduler.js";
import type { Clock } from "../src/clock.js";
import type { Asker, PointsAccount, PointsLease, PointsTrade, Priority } from "../src/index.js";
import { ManualClock, settled } from "../../../test/manual-clock.js";

const minute = 60_000;
const limit = 400;
/** What one process has in hand at most. */
const lease = 20;
/** Leases end that much before the next window is opened. */
const margin = 100;

/** The account as one that keeps it has it: its own clock is the right one. */
class Account implements PointsAccount {
  trades: PointsTrade[] = [];
  isAway = false;
  processes = 3;
  #number = 1;
  spent = 0;
  #frozenUntil = 0;
  #end: number;
  readonly #clock: Clock;

  constructor(clock: Clock, end: number) {
    this.#clock = clock;
    this.#end = end;
  }

  async trade(trade: PointsTrade): Promise<PointsLease> {
    await settled();
    if (this.isAway) throw new Error("away");
    this.trades.push(trade);
    const at = this.#clock.now();
    const { want, least, priority, back, owed, report } = trade;
    for (; at >= this.#end + margin; this.#end += minute) {
      this.spent = 0;
      this.#number += 1;
    }
    this.spent += owed - (trade.window === this.#number ? back : 0);
    const isCurrent = report?.reset === this.#end;
    if (isCurrent) this.spent = Math.max(this.spent, limit - (report.remaining ?? limit));
    if (report?.refused === true) this.#frozenUntil = isCurrent ? this.#end : at + 5_000;
    const isShut = at < this.#frozenUntil || at >= this.#end;
    const free = isShut ? 0 : limit - this.spent - (priority === "background" ? limit / 4 : 0);
    const points = want > 0 && free >= least ? Math.min(want, free) : 0;
    this.spent += points;
    return {
      ...{ points, window: this.#number, endsIn: this.#end - at, opensIn: this.#end + margin - at },
      ...{ frozenIn: Math.max(0, this.#frozenUntil - at), limit, remaining: limit - this.spent, at },
      processes: this.processes,
    };
  }
}

/** The game's API, an account, and processes that share both; clocks may go wrong. */
function machines({ skews = [0, 90_000, -4_000] }: { skews?: number[] } = {}) {
  const clock = new ManualClock();
  const start = clock.now() + 30_000;
  const account = new Account(clock, start);
  const api = { spent: 0, most: 0, refused: 0, stranger: 0, reset: start, isRefusing: false };
  const charge = (cost: number) => {
    if (clock.now() >= api.reset) {
      api.reset += Math.ceil((clock.now() - api.reset + 1) / minute) * minute;
      api.spent = 0;
    }
    const refused = api.isRefusing || api.spent + cost > limit;
    if (refused) api.refused += 1;
    else api.spent += cost;
    api.most = Math.max(api.most, api.spent);
    return { limit, remaining: limit - api.spent, reset: api.reset, retryAfter: undefined, refused };
  };
  const begin = (skew: number) => {
    const own: Clock = {
      now: () => clock.now() + skew,
      setTimeout: (callback, ms) => clock.setTimeout(callback, ms),
      setBackgroundTimeout: (callback, ms) => clock.setBackgroundTimeout(callback, ms),
    };
    const scheduler = new Scheduler(own, 16, { account, credential: "app" });
    const ask = async (cost = 2, priority: Priority = "interactive", asker?: Asker, patience = 0): Promise<string> => {
      const cancellation = new Cancellation();
      const deadline = own.now() + patience;
      const flight = { cancellation, priority, asker, deadline, onJoin: undefined, queued: true };
      try {
        const permit = await scheduler.acquire("app", cost, flight);
        flight.queued = false;
        const report = charge(cost);
        scheduler.settle(permit, report);
        return report.refused ? "refused" : "served";
      } catch (error) {
        return error instanceof Exhausted ? error.lack : String(error);
      }
    };
    return { scheduler, ask };
  };
  const processes = skews.map(begin);
  return { clock, account, api, processes, begin, charge };
}

type Machines = ReturnType<typeof machines>;

/** Each process asks in its turn, so often in all. */
async function askInTurns({ processes }: Machines, times: number): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let n = 0; n < times; n += 1) {
    const result = (await processes[n % processes.length]?.ask()) ?? "";
    counts[result] = (counts[result] ?? 0) + 1;
  }
  return counts;
}

describe("points that several processes spend together", () => {
  it("are taken in leases, and end for all together", async () => {
    const all = machines();
    const counts = await askInTurns(all, 300);
    expect(all.api).toMatchObject({ refused: 0, most: limit });
    expect(counts).toEqual({ served: limit / 2, budget: 100 });
    // A lease is for ten requests; what is left in others' hands is asked for every two seconds.
    expect(all.account.trades.length).toBeLessThan(limit / 2 / 8 + 10);
    await all.clock.pass(30_200);
    expect(await askInTurns(all, 30)).toEqual({ served: 30 });
  });

  it("keep to the API's minute, whatever a process' own clock says", async () => {
    const all = machines();
    for (let second = 0; second < 200; second += 5) {
      await askInTurns(all, 60);
      await all.clock.pass(5_000);
    }
    expect(all.api).toMatchObject({ refused: 0 });
    expect(all.api.most).toBeGreaterThan(limit - 3 * lease);
  });

  it("go back when they are not spent, after a few seconds and at the end", async () => {
    const { clock, account, processes } = machines();
    const [one, other] = processes;
    await one?.ask();
    for (let n = 0; n < 3; n += 1) await settled();
    await clock.pass(8_100);
    await settled();
    expect(account.trades.at(-1)).toMatchObject({ want: 0, back: lease });
    await other?.ask();
    for (let n = 0; n < 3; n += 1) await settled();
    await other?.scheduler.close();
    expect(account.trades.at(-1)).toMatchObject({ want: 0, back: lease });
  });

  it("are all back after a while in which nobody asks", async () => {
    const { clock, account, api, processes } = machines();
    for (let n = 0; n < 40; n += 1) {
      await processes[n % 2]?.ask();
      await clock.pass(300);
    }
    await clock.pass(8_500);
    await settled();
    expect([account.spent, api.spent]).toEqual([80, 80]);
  });

  it("are counted in the new minute where a request was under way at its beginning", async () => {
    const { clock, account, processes } = machines({ skews: [0] });
    const [one] = processes;
    const flight = {
      cancellation: new Cancellation(),
      ...{ priority: "interactive" as const, asker: undefined, deadline: Infinity, onJoin: undefined, queued: true },
    };
    const permit = await one?.scheduler.acquire("app", 2, flight);
    await clock.pass(30_200);
    await one?.ask();
    expect(account.trades.at(-1)).toMatchObject({ want: lease, owed: 2 });
    if (permit) one?.scheduler.settle(permit, undefined);
  });

  it("are refused for all by a refusal, when the others have spent what they have in hand", async () => {
    const all = machines();
    await askInTurns(all, 3);
    all.api.isRefusing = true;
    expect(await all.processes[0]?.ask()).toBe("refused");
    await settled();
    const counts = await askInTurns(all, 60);
    expect(counts.refused).toBeLessThanOrEqual((2 * lease) / 2);
    all.api.isRefusing = false;
    expect(await askInTurns(all, 30)).toEqual({ budget: 30 });
    await all.clock.pass(30_200);
    expect(await askInTurns(all, 30)).toEqual({ served: 30 });
  });

  it("are spent no more when somebody else spends them, too", async () => {
    const all = machines();
    for (let n = 0; n < 150; n += 1) all.charge(2);
    await askInTurns(all, 200);
    // Each process may have points in hand that are not there any more.
    expect(all.api.refused).toBeLessThanOrEqual(all.processes.length);
    expect(all.api.most).toBe(limit);
  });

  it("are left to people by what runs in the background, in every process", async () => {
    const { api, processes } = machines();
    for (let n = 0; n < 200; n += 1) await processes[n % 3]?.ask(2, "background");
    expect(api.most).toBe(limit * 0.75);
    for (let n = 0; n < 60; n += 1) await processes[n % 3]?.ask();
    expect(api).toMatchObject({ most: limit, refused: 0 });
  });

  it("are shared fairly among people: who asks for much leaves something to others", async () => {
    const all = machines({ skews: [0] });
    const [one] = all.processes;
    const ask = (person: string) => one?.ask(8, "interactive", { person });
    const greedy = [];
    for (let n = 0; n < 50; n += 1) greedy.push(await ask("greedy"));
    expect(greedy.filter((result) => result === "served").length).toBeLessThan(25);
    expect(greedy.at(-1)).toBe("share");
    expect([await ask("another"), await ask("third")]).toEqual(["served", "served"]);
  });

  describe("while the account is away", () => {
    it("are an equal share for each, and one account again when it is back", async () => {
      const all = machines({ skews: [0, 0, 90_000] });
      await askInTurns(all, 3);
      all.account.isAway = true;
      await askInTurns(all, 400);
      expect(all.api.refused).toBe(0);
      expect(all.api.most).toBeLessThanOrEqual(limit);
      expect(all.api.most).toBeGreaterThan(limit / 2);
      await all.clock.pass(30_200);
      await askInTurns(all, 400);
      expect(all.api).toMatchObject({ refused: 0 });
      all.account.isAway = false;
      await all.clock.pass(minute);
      const before = all.account.trades.length;
      expect(await askInTurns(all, 9)).toEqual({ served: 9 });
      expect(all.account.trades.length).toBeGreaterThan(before);
    });

    it("are told to it afterwards", async () => {
      const { clock, account, processes } = machines({ skews: [0] });
      const [one] = processes;
      account.isAway = true;
      for (let n = 0; n < 5; n += 1) expect(await one?.ask()).toBe("served");
      account.isAway = false;
      await clock.pass(2_100);
      await one?.ask();
      await settled();
      await settled();
      expect(account.trades.reduce((sum, { owed }) => sum + owed, 0)).toBeGreaterThanOrEqual(10);
    });
  });

  const step = fc.oneof(
    fc.record({ does: fc.constant("ask" as const), who: fc.nat(2), much: fc.integer({ min: 1, max: 40 }) }),
    fc.record({ does: fc.constant("wait" as const), who: fc.nat(2), much: fc.integer({ min: 1, max: 30_000 }) }),
    fc.record({ does: fc.constant("die" as const), who: fc.nat(2), much: fc.constant(0) }),
    fc.record({ does: fc.constant("background" as const), who: fc.nat(2), much: fc.integer({ min: 1, max: 40 }) }),
  );

  it("are never more than the limit, whoever asks, waits or dies", async () => {
    const skew = fc.constantFrom(0, 90_000, -90_000, 31_000, 500);
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 40 }),
        fc.array(skew, { minLength: 3, maxLength: 3 }),
        async (steps, skews) => {
          const all = machines({ skews });
          for (const { does, who, much } of steps) {
            if (does === "wait") await all.clock.pass(much);
            else if (does === "die") all.processes[who] = all.begin(skews[who] ?? 0);
            else
              for (let n = 0; n < much; n += 1)
                await all.processes[who]?.ask(2, does === "ask" ? "interactive" : "background");
          }
          expect(all.api.refused).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });
});
