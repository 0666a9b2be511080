import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  AuctionLot,
  AuctionRedeemedLot,
  CharacterClan,
  CharacterInfo,
  CharacterMeta,
  CharacterStat,
  Clan,
  ClanMember,
  Emission,
  FullCharacterInfo,
  type JsonObject,
  OperationSession,
  OperationSessionParticipant,
  Region,
} from "../src/index.js";
import { parseJson } from "../src/json.js";
import { Budget, type Spending } from "../src/session/budget.js";
import { artefact, character, clan, demoLot, emission, lot, operationText, profile } from "./bodies.js";

const receivedAt = new Date(0);

/** Fields nobody knows yet, with null anywhere; what is null at the top or in an object goes, also deep inside. */
const unknownFields = fc.dictionary(
  fc.string({ minLength: 1 }).map((key) => `new-${key}`),
  fc.jsonValue({ depthSize: "small" }).map((value): unknown => JSON.parse(JSON.stringify(value))),
);

function withoutNulls(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), function (this: unknown, _key, inner: unknown) {
    return inner === null && !Array.isArray(this) ? undefined : inner;
  });
}

describe("raw()", () => {
  const operation: unknown = parseJson(operationText);
  const examples: [new (json: unknown, at: Date) => { raw(): JsonObject }, unknown][] = [
    [Region, { id: "EU", name: "EUROPE" }],
    [Emission, emission],
    [AuctionLot, { ...demoLot, currentPrice: null, additional: artefact }],
    [AuctionLot, lot],
    [AuctionRedeemedLot, { amount: 1, price: 21000, time: "2026-08-04T23:57:19Z", additional: { can_delete: 1 } }],
    [Clan, clan],
    [ClanMember, character.clan.member],
    [CharacterMeta, character.information],
    [CharacterClan, character.clan],
    [CharacterInfo, character],
    [FullCharacterInfo, profile],
    ...profile.stats.map((stat): [typeof CharacterStat, unknown] => [CharacterStat, stat]),
    [OperationSession, operation],
    [OperationSessionParticipant, new OperationSession(operation, receivedAt).participants[0]?.raw()],
  ];

  it.each(examples.map(([Class, json]) => [Class.name, Class, json] as const))(
    "of %s gives back what the API sent, without nulls",
    (_name, Class, json) => {
      fc.assert(
        fc.property(unknownFields, (extra) => {
          const sent = { ...(json as object), ...extra };
          const before = JSON.stringify(sent);
          const object = new Class(sent, receivedAt);
          expect(object.raw()).toEqual(withoutNulls(sent));
          expect(JSON.stringify(sent)).toBe(before);
          // What it gives can be read again, and is the caller's own.
          expect(new Class(object.raw(), receivedAt).raw()).toEqual(object.raw());
          expect(object.raw()).not.toBe(object.raw());
        }),
        { numRuns: 50 },
      );
    },
  );

  it("keeps a field named __proto__ a field", () => {
    const raw = new Region(JSON.parse('{"id":"EU","name":"E","x":{"__proto__":{"polluted":1}}}'), receivedAt).raw();
    expect(JSON.stringify(raw)).toContain("polluted");
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });
});

describe("times", () => {
  it("of any precision and zone are read as the instants they are", () => {
    const read = (previousEnd: string) => new Emission({ previousEnd }, receivedAt).previousEnd?.toISOString();
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date("2999-12-31"), noInvalidDate: true }), (date) => {
        const iso = date.toISOString();
        expect(read(iso)).toBe(iso);
        expect(read(iso.replace("Z", "567Z"))).toBe(iso);
        expect(read(iso.replace("Z", "+00:00"))).toBe(iso);
        expect(read(iso.replace("Z", ""))).toBe(iso);
        expect(read(iso.replace(/\.\d+/, ""))).toBe(iso.replace(/\.\d+/, ".000"));
      }),
    );
    for (const wrong of ["", "soon", "2026-13-01T00:00:00Z", "2026-01-01", "1785872639000"]) {
      expect(() => read(wrong)).toThrow();
    }
  });
});

describe("lots and sales", () => {
  const sale = { amount: 1, price: 21000, time: "2026-08-04T23:57:19Z", additional: {} };

  it("may lack what is null, and may hold a price too long for a number", () => {
    const rare = { ...lot, currentPrice: null, additional: null, buyoutPrice: "12345678901234567890" };
    const read = new AuctionLot(rare, receivedAt);
    expect([read.currentPrice, read.buyoutPrice, read.additional]).toEqual([undefined, Number(rare.buyoutPrice), {}]);
    expect(new AuctionRedeemedLot({ ...sale, additional: null }, receivedAt).additional).toEqual({});
  });

  it.each([
    ...Object.keys(lot).map((field) => ["AuctionLot", field, AuctionLot, lot] as const),
    ...Object.keys(sale).map((field) => ["AuctionRedeemedLot", field, AuctionRedeemedLot, sale] as const),
  ])("%s: a wrong %s is named", (_name, field, Class, json) => {
    for (const wrong of [Infinity, true, []]) {
      expect(() => new Class({ ...json, [field]: wrong }, receivedAt)).toThrow(`"${field}"`);
    }
  });
});

describe("additional", () => {
  it("holds known keys only with the type they are stated to have", () => {
    const additional = { ...artefact, qlt: "5", buyer: 7, fresh: [1], nothing: null };
    const read = new AuctionLot({ ...lot, additional }, receivedAt);
    expect(read.additional.qlt).toBeUndefined();
    expect(read.additional.buyer).toBeUndefined();
    expect(read.additional.ptn).toBe(8);
    expect(read.additional.fresh).toEqual([1]);
    expect(read.raw().additional).toMatchObject({ qlt: "5", buyer: 7 });
  });
});

describe("JSON", () => {
  it("is read as usual where there are no long integers", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!/\d{16}/.test(text));
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it("keeps integers that a number cannot hold as exact digits, and strings and other numbers as they are", () => {
    const integers = fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n });
    const strings = fc.oneof(fc.string(), fc.constantFrom('a"9999999999999999999', "\\9999999999999999999\\"));
    fc.assert(
      fc.property(integers, strings, fc.double({ noNaN: true, noDefaultInfinity: true }), (integer, string, double) => {
        const text = `[ ${integer},{"${integer}" : ${JSON.stringify(string)}}, ${JSON.stringify(double)},"${integer}" ]`;
        const exact = Number.isSafeInteger(Number(integer)) ? Number(integer) : String(integer);
        const float: unknown = JSON.parse(JSON.stringify(double));
        const [first, object, number, quoted] = parseJson(text) as unknown[];
        expect(first).toBe(exact);
        expect(object).toEqual({ [String(integer)]: string });
        // A float written out in full without a point is an integer by its looks.
        if (/^-?\d{16,}$/.test(JSON.stringify(double))) expect(Number(number)).toBe(float);
        else expect(number).toBe(float);
        expect(quoted).toBe(String(integer));
      }),
      { numRuns: 500 },
    );
  });
});

describe("captured answers", () => {
  const folder = new URL("../../../../shared/samples/", import.meta.url);
  const sample = new URL("auction-history-zyv9-EU.json", folder);
  it.skipIf(!existsSync(sample))("of the real API are read whole and given back", () => {
    const { prices } = parseJson(readFileSync(sample, "utf8")) as { prices: JsonObject[] };
    expect(prices.length).toBeGreaterThan(0);
    for (const price of prices) expect(new AuctionRedeemedLot(price, receivedAt).raw()).toEqual(price);
  });
});

describe("the budget", () => {
  /** The server's side: a window of one minute that ends at `reset`, and answers as the API does. */
  class Window {
    used = 0;
    end: number;
    readonly limit: number;

    constructor(limit: number, end: number) {
      this.limit = limit;
      this.end = end;
    }

    take(cost: number, now: number, stale: boolean) {
      const ended = this.end;
      while (now >= this.end) {
        this.end += 60_000;
        this.used = 0;
      }
      this.used += cost;
      const refused = this.used > this.limit;
      const reset = stale && ended !== this.end ? ended : this.end;
      return {
        limit: this.limit,
        remaining: Math.max(0, this.limit - this.used),
        reset,
        retryAfter: undefined,
        refused,
      };
    }
  }

  interface UnderWay {
    readonly spending: Spending;
    readonly stale: boolean;
    readonly arrives: number;
    readonly answers: number;
    report?: ReturnType<Window["take"]>;
  }

  it("never lets more through than the server allows, whatever the order and delay of the answers", () => {
    const request = fc.record({
      cost: fc.constantFrom(1, 2),
      background: fc.boolean(),
      pause: fc.oneof(
        { weight: 20, arbitrary: fc.constant(0) },
        { weight: 20, arbitrary: fc.integer({ min: 0, max: 40 }) },
        { weight: 2, arbitrary: fc.integer({ min: 0, max: 3_000 }) },
        { weight: 1, arbitrary: fc.integer({ min: 0, max: 50_000 }) },
      ),
      there: fc.integer({ min: 0, max: 300 }),
      back: fc.integer({ min: 0, max: 3_000 }),
      stale: fc.boolean(),
    });
    let held = 0;
    const scenario = fc.record({
      limit: fc.integer({ min: 40, max: 80 }),
      phase: fc.integer({ min: 1, max: 59_999 }),
      requests: fc.array(request, { minLength: 50, maxLength: 300 }),
    });
    fc.assert(
      fc.property(scenario, ({ limit, phase, requests }) => {
        const budget = new Budget();
        const start = 1_800_000_000_000;
        const server = new Window(limit, start + phase);
        let now = start;
        let underWay: UnderWay[] = [];
        let sent = 0;
        const happenUntil = (time: number) => {
          const events = underWay.flatMap((one) => [
            { at: one.arrives, one, kind: "arrive" as const },
            { at: one.answers, one, kind: "answer" as const },
          ]);
          events.sort((a, b) => a.at - b.at || (a.kind === "arrive" ? -1 : 1));
          for (const { at, one, kind } of events) {
            if (at > time || (kind === "arrive") !== (one.report === undefined)) continue;
            if (kind === "arrive") {
              one.report = server.take(one.spending.cost, at, one.stale);
              expect(one.report.refused).toBe(false);
            } else {
              budget.settle(one.spending, one.report, at);
              underWay = underWay.filter((other) => other !== one);
            }
          }
          now = time;
        };
        for (const { cost, background, pause, there, back, stale } of requests) {
          happenUntil(now + pause);
          const verdict = budget.verdict(cost, background ? "background" : "interactive", now);
          if (!verdict.go) {
            held += 1;
            continue;
          }
          sent += 1;
          const spending = budget.spend(cost, now);
          underWay.push({ spending, stale, arrives: now + there, answers: now + there + back });
        }
        happenUntil(now + 10_000);
        expect(sent).toBeGreaterThan(0);
        // Nothing is known as long as every answer was about a window that was over when it came.
        expect(budget.snapshot(now).remaining ?? 0).toBeLessThanOrEqual(limit);
      }),
      { numRuns: 300 },
    );
    expect(held).toBeGreaterThan(1_000);
  });

  it("knows the limit alone while answers are about a window that is over", () => {
    const budget = new Budget();
    const start = 1_800_000_000_000;
    const report = { limit: 40, remaining: 39, reset: start + 1, retryAfter: undefined, refused: false };
    budget.settle(budget.spend(1, start), report, start + 500);
    expect(budget.snapshot(start + 500)).toEqual({ limit: 40, remaining: undefined, resetAt: undefined });
    budget.settle(budget.spend(1, start + 500), { ...report, reset: start + 60_001 }, start + 600);
    expect(budget.snapshot(start + 600)).toMatchObject({ limit: 40, remaining: 39 });
  });

  it("uses all there is when requests follow one another, and again after the reset", () => {
    const budget = new Budget();
    const start = 1_800_000_000_000;
    const server = new Window(100, start + 30_000);
    const spendAll = (now: number) => {
      let sent = 0;
      for (;;) {
        if (!budget.verdict(1, "interactive", now).go) return sent;
        const spending = budget.spend(1, now);
        budget.settle(spending, server.take(1, now, false), now);
        sent += 1;
      }
    };
    expect(spendAll(start)).toBe(100);
    expect(budget.verdict(1, "interactive", start)).toEqual({ go: false, until: start + 30_100, certain: true });
    expect(spendAll(start + 30_100)).toBe(100);
    // A background request would leave a quarter alone.
    const later = start + 95_000;
    expect(budget.verdict(1, "background", later).go).toBe(true);
    const spending = budget.spend(2, later);
    const report = { limit: 100, remaining: 26, reset: start + 150_000, retryAfter: undefined, refused: false };
    budget.settle(spending, report, later);
    expect(budget.verdict(2, "background", later).go).toBe(false);
    expect(budget.verdict(1, "background", later).go).toBe(true);
    expect(budget.verdict(2, "interactive", later).go).toBe(true);
  });

  it("takes the phase from a reset in the past, follows a jump up, and asks again where the limit was 0", () => {
    const budget = new Budget();
    const now = 1_800_000_000_000;
    const report = { limit: 400, remaining: 399, reset: now - 20_000, retryAfter: undefined, refused: false };
    budget.settle(budget.spend(1, now), { ...report, remaining: 3 }, now);
    expect(budget.snapshot(now)).toMatchObject({ remaining: 3, resetAt: new Date(now + 40_100) });
    budget.settle(budget.spend(1, now), report, now);
    expect(budget.snapshot(now).remaining).toBe(399);
    budget.settle(budget.spend(1, now), { ...report, limit: 0, remaining: 0, refused: true }, now);
    expect(budget.verdict(1, "interactive", now)).toMatchObject({ go: false, until: now + 40_100 });
    expect(budget.verdict(1, "interactive", now + 40_100).go).toBe(true);
    budget.spend(1, now + 40_100);
    expect(budget.verdict(1, "interactive", now + 40_100).go).toBe(false);
  });
});
