import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { liveOffers, type MarketLot } from "../../../src/market/index.js";
import { newsOf, toldLots, type ToldLots } from "../../../src/watch/price/index.js";
import { ago, HOUR, NOW } from "../../market/generators.js";

const lot = (changes: Partial<MarketLot> = {}): MarketLot => ({
  amount: 1,
  startPrice: 0,
  buyoutPrice: 100,
  startTime: ago(HOUR),
  endTime: ago(-47 * HOUR),
  additional: {},
  ...changes,
});
const started = (hoursAgo: number) => lot({ startTime: ago(hoursAgo * HOUR), endTime: ago((hoursAgo - 48) * HOUR) });

/** A watch over restarts: what it keeps goes through JSON each time. */
class Watch {
  told: ToldLots | undefined;

  tells(lots: readonly MarketLot[], { complete = true, hours = 0 } = {}): MarketLot[] {
    const readAt = new Date(NOW.getTime() + hours * HOUR);
    const { offers, told } = newsOf(liveOffers(lots, readAt).offers, this.told, { complete, readAt });
    this.told = toldLots.parse(JSON.parse(JSON.stringify(told)));
    return offers.map((offer) => offer.lot);
  }

  /** How many lots it tells. */
  look(...list: Parameters<Watch["tells"]>): number {
    return this.tells(...list).length;
  }
}

describe("a watch", () => {
  test("tells nothing of what was there when it began, and each later lot once", () => {
    const watch = new Watch();
    expect(watch.look([lot(), lot({ buyoutPrice: 90 })])).toBe(0);
    expect(watch.look([lot(), lot({ buyoutPrice: 90 })])).toBe(0);
    expect(watch.look([lot({ buyoutPrice: 80 }), lot()])).toBe(1);
    expect(watch.look([lot({ buyoutPrice: 80 }), lot({ buyoutPrice: 90 })])).toBe(0);
    expect(watch.look([])).toBe(0);
    expect(watch.look([lot(), lot({ buyoutPrice: 80 })])).toBe(0);
  });

  test.each([
    ["price", { buyoutPrice: 101 }],
    ["amount", { amount: 2 }],
    ["start", { startTime: ago(HOUR - 1_000) }],
    ["quality", { additional: { qlt: 1 } }],
    ["level", { additional: { ptn: 1 } }],
  ])("takes a lot of another %s for another lot", (_what, changes) => {
    const watch = new Watch();
    watch.look([lot()]);
    expect(watch.look([lot(changes)])).toBe(1);
  });

  test("takes a bid, or a studied quality, for nothing new", () => {
    const watch = new Watch();
    watch.look([lot()]);
    expect(watch.look([lot({ currentPrice: 50, additional: { stats_random: 1 } })])).toBe(0);
  });

  test("tells each of several equal lots", () => {
    const watch = new Watch();
    watch.look([lot()]);
    expect(watch.look([lot(), lot()])).toBe(1);
    expect(watch.look([lot()])).toBe(0);
    expect(watch.look([lot(), lot(), lot(), lot()])).toBe(2);
  });

  test("does not believe in a second equal lot before a whole list shows it", () => {
    const watch = new Watch();
    watch.look([]);
    expect(watch.look([lot(), lot()], { complete: false })).toBe(1);
    expect(watch.look([lot()])).toBe(0);
    expect(watch.look([lot(), lot()])).toBe(1);
  });

  test("that began with a part of the list tells what is put up later, and not what was only missing", () => {
    const watch = new Watch();
    watch.look([started(2)], { complete: false });
    expect(watch.look([started(2), started(3), started(-1)], { complete: false, hours: 1.1 })).toBe(1);
    expect(watch.look([started(2), started(3), started(4), started(-1)], { hours: 1.2 })).toBe(0);
    // From here on, what shows up late is news.
    expect(watch.look([started(2), started(5)], { hours: 1.3 })).toBe(1);
  });

  test("forgets a lot only when it has ended for long", () => {
    const watch = new Watch();
    watch.look([]);
    expect(watch.look([started(0)])).toBe(1);
    for (const hours of [1, 10, 47.9]) expect(watch.look([started(0)], { hours })).toBe(0);
    expect(watch.look([], { hours: 49 })).toBe(0);
    expect(Object.keys(watch.told?.lots ?? {})).toHaveLength(1);
    expect(watch.look([], { hours: 51 })).toBe(0);
    expect(watch.told).toEqual({ lots: {} });
    // The game keeps none so long; were there one, it would be told once too.
    const endless = { ...started(0), endTime: ago(-1_000 * HOUR) };
    expect(watch.look([endless], { hours: 51 })).toBe(1);
    for (const hours of [52, 120, 999]) expect(watch.look([endless], { hours })).toBe(0);
  });

  test("keeps what it has where nothing is new", () => {
    const first = newsOf(liveOffers([lot()], NOW).offers, undefined, { complete: true, readAt: NOW });
    const again = newsOf(liveOffers([lot()], NOW).offers, first.told, { complete: true, readAt: NOW });
    expect(again.told).toBe(first.told);
  });
});

describe("of the newest part of a long list", () => {
  const newest = (since: number) => ({ complete: false, since: ago(since * HOUR) });
  const look = (watch: { told: ToldLots | undefined }, lots: readonly MarketLot[], since: number) => {
    const { offers, told } = newsOf(liveOffers(lots, NOW).offers, watch.told, { ...newest(since), readAt: NOW });
    watch.told = toldLots.parse(JSON.parse(JSON.stringify(told)));
    return offers.length;
  };

  test("a watch tells what was not there, however late it shows up, and nothing that was put up before that part", () => {
    const watch: { told: ToldLots | undefined } = { told: undefined };
    expect(look(watch, [started(1), started(2)], 3)).toBe(0);
    expect(look(watch, [started(1), started(2), started(0.5), started(2.5)], 3)).toBe(2);
    // The part reaches further back than at the beginning.
    expect(look(watch, [started(1), started(2), started(4)], 5)).toBe(0);
    expect(look(watch, [started(1), started(2), started(4)], 5)).toBe(0);
  });

  test("twins are two", () => {
    const watch: { told: ToldLots | undefined } = { told: undefined };
    look(watch, [started(1)], 3);
    expect(look(watch, [started(1), started(1), started(0.5), started(0.5)], 3)).toBe(3);
  });
});

describe("over days", () => {
  const SLOT = HOUR / 4;
  /** Put up and ending at some quarter of an hour; the list shows it from then on, perhaps late, and perhaps after its end. */
  const life = fc.record({
    start: fc.integer({ min: -190, max: 500 }),
    slots: fc.integer({ min: 1, max: 400 }),
    price: fc.constantFrom(10, 20, 30),
    twins: fc.integer({ min: 1, max: 2 }),
    hidden: fc.integer({ min: 0, max: 3 }),
  });
  const looks = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 40 });

  test("no lot is told twice; what was told is known for two hours after its end and for 50 hours, and then forgotten", () => {
    fc.assert(
      fc.property(fc.array(life, { maxLength: 8 }), looks, (lives, pauses) => {
        const at = (slot: number) => new Date(NOW.getTime() + slot * SLOT);
        const until = ({ start, slots }: (typeof lives)[number]) =>
          Math.max(at(start).getTime() + 50 * HOUR, at(start + slots).getTime() + 2 * HOUR);
        let told: ToldLots | undefined;
        const counts = new Map<string, number>();
        let slot = 0;
        for (const pause of [0, ...pauses]) {
          slot += pause;
          const readAt = at(slot);
          const listed = lives.flatMap((one, n) =>
            one.start <= slot && (slot + n) % 4 >= one.hidden
              ? Array.from({ length: one.twins }, () =>
                  lot({
                    startTime: at(one.start),
                    endTime: at(one.start + one.slots),
                    buyoutPrice: one.price,
                    amount: n + 1,
                  }),
                )
              : [],
          );
          const news = newsOf(liveOffers(listed, readAt).offers, told, { complete: true, readAt });
          for (const { lot: one } of news.offers) {
            const key = String(one.amount);
            counts.set(key, (counts.get(key) ?? 0) + 1);
          }
          told = toldLots.parse(JSON.parse(JSON.stringify(news.told)));
          // All that is remembered is still of use, and nothing that was told is forgotten before its time.
          const limits = Object.values(told.lots).map(([, seconds]) => seconds * 1_000);
          for (const limit of limits) expect(limit).toBeGreaterThanOrEqual(readAt.getTime());
          const known = lives.filter((one, n) => (counts.get(String(n + 1)) ?? 0) > 0 && until(one) > readAt.getTime());
          expect(limits.length).toBeGreaterThanOrEqual(known.length);
        }
        for (const [n, { twins }] of lives.entries()) expect(counts.get(String(n + 1)) ?? 0).toBeLessThanOrEqual(twins);
      }),
    );
  });
});

describe("whatever the list looks like", () => {
  /** Few kinds, so that twins are common. */
  const KINDS = [lot(), lot({ amount: 2 }), lot({ buyoutPrice: 50 }), lot({ additional: { qlt: 5 } }), started(-2)];
  const kind = fc.integer({ min: 0, max: KINDS.length - 1 });
  const step = fc.record({
    /** Kinds of lots that are put up before it. */
    added: fc.array(kind, { maxLength: 4 }),
    /** One that is bought, if there are so many. */
    bought: fc.nat({ max: 20 }),
    /** Which entries the list shows, some perhaps twice; undefined: all of them. */
    part: fc.option(fc.array(fc.nat(), { maxLength: 12 }), { nil: undefined }),
    order: fc.nat(),
    answers: fc.integer({ min: 1, max: 3 }),
  });
  const inOrder = (kinds: readonly number[], order: number) =>
    kinds.toSorted((a, b) => (((a + 1) * order) % 11) - (((b + 1) * order) % 11));
  const times = (kinds: readonly number[], which: number) => kinds.filter((one) => one === which).length;

  test("each lot is told at most once, and each that a whole list shows after the beginning is", () => {
    fc.assert(
      fc.property(fc.array(kind, { maxLength: 4 }), fc.array(step, { maxLength: 12 }), (before, steps) => {
        const watch = new Watch();
        const made = [...before];
        const told: number[] = [];
        let there = [...before];
        watch.look(there.map((which) => KINDS[which]!));
        for (const { added, bought, part, order, answers } of steps) {
          there = there.filter((_, place) => place !== bought);
          for (const which of added) {
            // After one was bought, nobody can put up another in the second in which its twins were.
            if (times(made, which) > times(there, which)) continue;
            there.push(which);
            made.push(which);
          }
          const shown = part?.flatMap((place) => there[place % there.length] ?? []) ?? there;
          const lots = inOrder(shown, order).map((which) => KINDS[which]!);
          for (let answer = 0; answer < answers; answer += 1)
            told.push(...watch.tells(lots, { complete: part === undefined }).map((one) => KINDS.indexOf(one)));
          for (const which of KINDS.keys()) {
            const later = times(made, which) - times(before, which);
            expect(times(told, which)).toBeLessThanOrEqual(later);
            if (part === undefined && times(there, which) === times(made, which))
              expect(times(told, which)).toBe(later);
          }
        }
      }),
    );
  });
});
