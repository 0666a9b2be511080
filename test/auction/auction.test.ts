import { describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "../../src/time.js";
import { landmarks } from "@zonewire/sandbox/game";
import { ServerError } from "@zonewire/stalcraft";
import { auctionHouse, signal } from "./house.js";

const { popular, artefact, hugeHistory, untraded, unknown } = landmarks.items;

describe("an auction", () => {
  const house = auctionHouse();
  const { clock, start, costOf, sales, market } = house;

  describe("its lots", () => {
    const lotsOf = (id: string, at: number) => market(id).lots.listAt(at, "time_created", false);
    const key = ({
      startTime,
      endTime,
      buyoutPrice,
      amount,
    }: Record<"startTime" | "endTime", Date | number> & Record<"buyoutPrice" | "amount", number>) =>
      [Math.floor(+startTime / 1_000), Math.floor(+endTime / 1_000), buyoutPrice, amount].join("/");
    const counts = (keys: readonly string[]) => {
      const found = new Map<string, number>();
      for (const one of keys) found.set(one, (found.get(one) ?? 0) + 1);
      return found;
    };

    test("are all read, twins too, and each once", async () => {
      const { result: read, lots } = await costOf(() => house.auction.lots("RU", popular, signal));
      const truth = lotsOf(popular, clock.now()).map(key);
      expect(truth.length).toBeGreaterThan(600);
      expect(read).toMatchObject({ total: truth.length, complete: true });
      expect(read.lots.map(key)).toEqual(truth);
      expect(lots).toBe(Math.ceil((truth.length - 200) / 180) + 1);
    });

    test("that stay count once while others come and go between the pages", async () => {
      const before = lotsOf(popular, clock.time).map(key);
      const hurry = house.game.requests.subscribe(({ path }) => {
        if (path.endsWith("/lots")) clock.time += 6 * 60_000;
      });
      const read = await house.auction.lots("RU", popular, signal).finally(hurry);
      const after = lotsOf(popular, clock.time).map(key);
      expect(counts(after)).not.toEqual(counts(before));
      const [was, is, got] = [counts(before), counts(after), counts(read.lots.map(key))];
      const steady = [...was].filter(([one, times]) => is.get(one) === times);
      expect(steady.length).toBeGreaterThan(400);
      const found = steady.filter(([one, times]) => got.get(one) === times);
      // Some may be missed at the seam of two pages, which the answer then says.
      expect(found.length).toBeGreaterThanOrEqual(read.complete ? steady.length : 0.9 * steady.length);
      for (const [one, times] of got) expect(times).toBeLessThanOrEqual(Math.max(was.get(one) ?? 1, is.get(one) ?? 1));
    });

    test("are those that came when the API fails in the middle, and are said not to be all", async () => {
      house.game.faults.add({ kind: "status", status: 500 }, { path: /lots\?.*offset=360/ });
      const read = await house.auction.lots("RU", popular, signal);
      expect(read.complete).toBe(false);
      expect(read.lots.map(key)).toEqual(lotsOf(popular, clock.now()).slice(0, 380).map(key));
    });

    test("are those that were read last when the API fails, and those of another item are an error", async () => {
      const before = await house.auction.lots("RU", artefact, signal);
      clock.time += HOUR_MS;
      house.game.faults.add({ kind: "status", status: 500 }, { path: "/lots" });
      const { outage, ...after } = await house.auction.lots("RU", artefact, signal);
      expect(outage).toBeInstanceOf(ServerError);
      expect(after).toEqual(before);
      await expect(house.auction.lots("NA", artefact, signal)).rejects.toThrow(ServerError);
      // What there is not is no outage.
      house.game.faults.clear();
      clock.time += HOUR_MS;
      expect((await house.auction.lots("RU", artefact, signal)).outage).toBeUndefined();
    });

    test("are an error when none came", async () => {
      house.game.faults.add({ kind: "status", status: 500 }, { path: "/lots" });
      await expect(house.auction.lots("RU", popular, signal)).rejects.toThrow(ServerError);
      await expect(house.auction.lots("RU", unknown, signal)).rejects.toThrow();
      house.game.faults.clear();
      expect(await house.auction.lots("RU", untraded, signal)).toMatchObject({ lots: [], total: 0, complete: true });
    });
  });

  describe("what nobody waits for", () => {
    test("is one question with that of people", async () => {
      const quiet = house.auction.inBackground();
      const { result, lots, history } = await costOf(() =>
        Promise.all([
          quiet.lots("RU", popular, signal),
          house.auction.lots("RU", popular, signal),
          quiet.sales("RU", artefact, { back: 14 * DAY_MS, depth: "first", signal }),
          sales(artefact),
        ]),
      );
      const alone = await costOf(() => quiet.lots("RU", popular, signal));
      expect(alone).toMatchObject({ lots: 0, history: 0 });
      expect(lots).toBe(Math.ceil((result[1].total - 200) / 180) + 1);
      expect(history).toBeLessThanOrEqual(3);
      expect(result[0].lots).toEqual(result[1].lots);
      expect(result[2].sales).toEqual(result[3].sales);
    });

    test("leaves points to people, who do not wait for it either", async () => {
      await house.api.close();
      start(house.store.sales, 20);
      // Now the limit is known, and eight of its points are gone.
      await sales(hugeHistory);
      const stop = new AbortController();
      const { result, lots } = await costOf(async () => {
        const quiet = house.auction.inBackground().lots("RU", popular, stop.signal);
        const asked = () => house.game.requests.all().filter(({ path }) => path.endsWith("/lots")).length;
        const before = asked();
        await expect.poll(asked).toBeGreaterThan(before);
        const read = await house.auction.lots("RU", popular, signal);
        return [read, await quiet] as const;
      });
      expect(result[0].complete).toBe(true);
      expect(result[1].lots).toEqual(result[0].lots);
      expect(lots).toBe(Math.ceil((result[0].total - 200) / 180) + 1);
      expect(house.api.budget().remaining).toBeLessThan(5);
    });
  });

  test("a thousand who ask for the same within a minute cost four requests", async () => {
    const { lots, history } = await costOf(async () => {
      for (let second = 0; second < 50; second += 1) {
        await Promise.all(
          Array.from({ length: 20 }, () =>
            Promise.all([house.auction.lots("RU", hugeHistory, signal), sales(hugeHistory)]),
          ),
        );
        clock.time += 1_190;
      }
    });
    expect(lots + history).toBeLessThanOrEqual(4);
  });

  test("who leaves does not take the answer away from others", async () => {
    const leaver = new AbortController();
    const leaving = sales(popular, { signal: leaver.signal });
    const staying = sales(popular);
    leaver.abort(new Error("gone"));
    await expect(leaving).rejects.toThrow("gone");
    expect((await staying).sales.length).toBeGreaterThan(500);
  });
});
