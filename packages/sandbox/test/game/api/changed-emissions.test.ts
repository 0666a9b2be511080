import { describe, expect, it } from "vitest";
import { MINUTE, withGame, type Game } from "../game.js";

interface Told {
  currentStart?: string;
  previousStart: string;
  previousEnd: string;
}

const told = async ({ get }: Game) => (await get("/NA/emission")).json<Told>();
const iso = (at: number) => new Date(at).toISOString().replace(".000Z", "Z");

/** A moment at which nothing runs in NA, nor will for an hour. */
function calm({ simulator, clock }: Game): void {
  clock.at = simulator.world.region("NA").emissions.nextAfter(clock.at).end + 30 * MINUTE;
}

describe("an emission that somebody changes", () => {
  it("ends when it is told to, one of the schedule as well", async () => {
    await withGame({}, async (game) => {
      const { simulator, clock } = game;
      const natural = simulator.world.region("NA").emissions.nextAfter(clock.at);
      clock.at = natural.start + 30_000;
      const ended = simulator.endEmission("NA");
      expect(ended).toEqual({ start: natural.start, end: natural.start + 30_000 });
      const after = { previousStart: iso(natural.start), previousEnd: iso(natural.start + 30_000) };
      expect(await told(game)).toEqual(after);
      clock.at = natural.end + 1_000;
      expect(await told(game)).toEqual(after);
      expect(simulator.endEmission("NA")).toBeUndefined();
    });
  });

  it("can be told of before it begins, and be called off", async () => {
    await withGame({}, async (game) => {
      const { simulator, clock } = game;
      calm(game);
      const before = await told(game);
      const ahead = simulator.startEmission("NA", { inMs: 20_000 });
      expect(ahead.start).toBe(clock.at + 20_000);
      expect(await told(game)).toEqual({ ...before, currentStart: iso(ahead.start) });
      simulator.endEmission("NA");
      expect(await told(game)).toEqual(before);
    });
  });

  it("can shift by seconds while it runs", async () => {
    await withGame({}, async (game) => {
      const { simulator, clock } = game;
      calm(game);
      const { start } = simulator.startEmission("NA");
      clock.at += 10_000;
      for (const [shift, sum] of [
        [3_000, 3_000],
        [-5_000, -2_000],
      ] as const) {
        simulator.shiftEmission("NA", shift);
        expect((await told(game)).currentStart).toBe(iso(start + sum));
      }
    });
  });

  it("can be out of sight for a while and go on", async () => {
    await withGame({}, async (game) => {
      const { simulator, clock } = game;
      calm(game);
      const before = await told(game);
      const { start } = simulator.startEmission("NA");
      simulator.hideEmission("NA", 15_000);
      expect(await told(game)).toEqual(before);
      clock.at += 15_000;
      expect(await told(game)).toEqual({ ...before, currentStart: iso(start) });
      expect(simulator.startEmission("NA").start).toBe(start);
    });
  });
});
