import { sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { PointAccounts, type PointsLease, type PointsTrade } from "../../src/store/machines/points.js";
import { Processes } from "../../src/store/machines/processes.js";
import { rowsOf } from "../../src/store/rows.js";
import { engines, workbench } from "./engines.js";

const CREDENTIAL = "a-digest";
const LIMIT = 400;
/** What is leased between the end of a window and the next one. */
const MARGIN_MS = 100;

describe.each(engines)("the account of points on $name", (engine) => {
  const bench = workbench(engine);
  const here = () => new PointAccounts(bench.database);
  const there = () => new PointAccounts(bench.elsewhereDatabase);

  const trade = (changes: Partial<PointsTrade> = {}, account = here()): Promise<PointsLease> =>
    account.trade({
      ...{ credential: CREDENTIAL, window: undefined, want: 0, least: 0, priority: "interactive" },
      ...{ back: 0, owed: 0, report: undefined, ...changes },
    });
  const take = (want: number, changes: Partial<PointsTrade> = {}, account = here()) =>
    trade({ want, least: 2, ...changes }, account);
  const said = (remaining: number, reset: number, refused = false): NonNullable<PointsTrade["report"]> => ({
    ...{ limit: LIMIT, remaining, reset, retryAfter: undefined, refused },
  });
  /** The database's own time: it is the one that counts. */
  const now = async () => {
    const query = sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as now`;
    const [row] = await bench.database.run((db) => rowsOf(db, query, z.object({ now: z.number() })));
    return row?.now ?? NaN;
  };
  /** As if so much time had passed, of what the account remembers. */
  const pass = (ms: number) =>
    bench.database.run((db) =>
      db.execute(
        sql`update point_accounts set window_end = window_end - ${ms} * interval '1 millisecond',
          frozen_until = frozen_until - ${ms} * interval '1 millisecond'`,
      ),
    );
  /** The limit is known, nothing is spent, and the window ends in half a minute. */
  const known = async () => trade({ report: said(LIMIT, (await now()) + 30_000) });

  test("gives little before any answer has told the limit, and then what the API says", async () => {
    expect(await take(60)).toMatchObject({ points: 50, limit: undefined, remaining: 0, processes: 1 });
    expect(await take(2)).toMatchObject({ points: 0 });
    const reset = (await now()) + 20_000;
    const told = await trade({ report: said(390, reset) });
    expect(told).toMatchObject({ points: 0, limit: LIMIT, remaining: 350 });
    expect(told.endsIn).toBeLessThanOrEqual(20_000);
    expect(told.endsIn).toBeGreaterThan(15_000);
    expect(told.opensIn).toBeCloseTo(told.endsIn + MARGIN_MS, 3);
  });

  test("is one for all, however they come between each other", async () => {
    await known();
    const leases = await Promise.all(
      Array.from({ length: 60 }, (_, n) => take(20, {}, n % 2 === 0 ? here() : there())),
    );
    expect(leases.reduce((sum, { points }) => sum + points, 0)).toBe(LIMIT);
    expect(await take(2)).toMatchObject({ points: 0, remaining: 0 });
  });

  test("takes back what was not spent, once the window is over no more", async () => {
    const { window } = await known();
    await take(LIMIT);
    expect(await trade({ window, back: 15 })).toMatchObject({ remaining: 15, window });
    await pass(60_000);
    expect(await trade({ window, back: 15 })).toMatchObject({ remaining: LIMIT, window: window + 1 });
    expect(await trade({ window, back: 15 })).toMatchObject({ remaining: LIMIT });
    expect(await trade({ window: window + 1, back: 15 })).toMatchObject({ remaining: LIMIT });
  });

  test("leaves a quarter to people, and the last points to all of them", async () => {
    const processes = new Processes(bench.database);
    await known();
    expect(await take(LIMIT, { priority: "bulk" })).toMatchObject({ points: 200 });
    expect(await take(2, { priority: "bulk" })).toMatchObject({ points: 0 });
    expect(await take(LIMIT, { priority: "background" })).toMatchObject({ points: 100 });
    expect(await take(20, { priority: "background" })).toMatchObject({ points: 0, remaining: 100 });
    for (const id of ["a", "b", "c", "d", "e"]) await processes.beat({ id, role: "bot", leaseMs: 60_000 });
    expect(await take(60)).toMatchObject({ points: 20, processes: 5 });
    for (let left = 80; left > 10; left -= Math.ceil(left / 5))
      expect((await take(60)).points).toBe(Math.ceil(left / 5));
  });

  test("spends more where somebody else uses the credential, and never less", async () => {
    const reset = (await now()) + 30_000;
    await trade({ report: said(LIMIT, reset) });
    await take(20);
    expect(await trade({ report: said(100, reset) })).toMatchObject({ remaining: 100 });
    expect(await trade({ report: said(399, reset) })).toMatchObject({ remaining: 100 });
    // Of a window that is over.
    expect(await trade({ report: said(0, reset - 60_000) })).toMatchObject({ remaining: 100 });
    // Nobody believes that.
    expect(await trade({ report: said(0, reset + 3_600_000) })).toMatchObject({ remaining: 100 });
  });

  test("is frozen for all by a refusal, until the window ends or as long as the API says", async () => {
    const reset = (await now()) + 30_000;
    await trade({ report: said(0, reset, true) });
    const lease = await take(20, {}, there());
    expect(lease).toMatchObject({ points: 0 });
    expect(lease.frozenIn).toBeGreaterThan(29_000);
    await pass(30_500);
    expect(await take(20, {}, there())).toMatchObject({ points: 20, frozenIn: 0 });
    const blind = { limit: undefined, remaining: undefined, reset: undefined, retryAfter: undefined, refused: true };
    expect((await trade({ report: blind })).frozenIn).toBeGreaterThan(4_000);
    expect((await trade({ report: { ...blind, retryAfter: 9_000 } })).frozenIn).toBeGreaterThan(8_000);
    await pass(9_100);
    expect(await take(20)).toMatchObject({ points: 20 });
  });

  test("begins the next window early where the API has: the database's clock is late", async () => {
    await trade({ report: said(LIMIT, (await now()) + 10_000) });
    await take(LIMIT);
    expect(await trade({ report: said(390, (await now()) + 69_000) })).toMatchObject({ remaining: 390 });
  });

  test("asks once in each window whether a limit has grown that lets nothing through", async () => {
    const reset = (await now()) + 30_000;
    await trade({ report: { ...said(0, reset), limit: 0 } });
    expect(await take(20)).toMatchObject({ points: 2 });
    expect(await take(20)).toMatchObject({ points: 0 });
  });

  /** What a process does; the numbers say which one, and how much. */
  const step = fc.oneof(
    fc.record({ does: fc.constant("take" as const), who: fc.nat(2), want: fc.integer({ min: 2, max: 20 }) }),
    fc.record({ does: fc.constant("spend" as const), who: fc.nat(2), want: fc.integer({ min: 1, max: 20 }) }),
    fc.record({ does: fc.constant("return" as const), who: fc.nat(2), want: fc.constant(0) }),
    fc.record({ does: fc.constant("die" as const), who: fc.nat(2), want: fc.constant(0) }),
    fc.record({ does: fc.constant("wait" as const), who: fc.nat(2), want: fc.integer({ min: 1, max: 25 }) }),
    fc.record({ does: fc.constant("hear" as const), who: fc.nat(2), want: fc.nat(20) }),
  );

  test("never lets more through than the limit, whatever is done in whatever order", async () => {
    const small = 40;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        await bench.database.run((db) => db.execute(sql`truncate point_accounts`));
        // Nothing happens within a second of a window's end: the test takes some time itself.
        const start = (await now()) + 60_900;
        await trade({ report: { ...said(small, start), limit: small } });
        let passed = 0;
        /** As the API counts. */
        let api = { window: 0, spent: 0, answers: [] as { readonly remaining: number; readonly reset: number }[] };
        const purses = [0, 1, 2].map(() => ({ points: 0, number: -1, window: 0 }));
        for (const { does, who, want } of steps) {
          const purse = purses[who];
          if (!purse) continue;
          if (purse.window !== api.window) purse.points = 0;
          if (does === "take") {
            const lease = await take(want, { window: purse.number }, who === 0 ? here() : there());
            Object.assign(purse, { points: purse.points + lease.points, number: lease.window, window: api.window });
          } else if (does === "spend") {
            const spent = Math.min(want, purse.points);
            purse.points -= spent;
            api.spent += spent;
            api.answers.push({ remaining: small - api.spent, reset: start - passed + api.window * 60_000 });
          } else if (does === "return") {
            await trade({ window: purse.number, back: purse.points });
            purse.points = 0;
          } else if (does === "die") {
            Object.assign(purse, { points: 0, number: -1 });
          } else if (does === "wait") {
            passed += want * 1_000;
            await pass(want * 1_000);
            const window = Math.floor((passed - 900) / 60_000);
            if (window !== api.window) api = { window, spent: 0, answers: [] };
          } else {
            // Answers come in another order than they were counted in.
            const answer = api.answers[want % Math.max(1, api.answers.length)];
            if (answer) await trade({ report: { ...said(answer.remaining, answer.reset), limit: small } });
          }
          expect(api.spent).toBeLessThanOrEqual(small);
        }
      }),
      { numRuns: engine.name.includes("embedded") ? 40 : 25 },
    );
  });
});
