import { describe, expect, it } from "vitest";
import { NOON, withGame } from "../game.js";

describe("regions", () => {
  it("are found in any case", async () => {
    await withGame({}, async ({ get }) => {
      expect((await get("/sea/emission")).text).toBe((await get("/SEA/emission")).text);
    });
  });
});

describe("emissions", () => {
  it("name the current start only while one runs", async () => {
    await withGame({}, async ({ get, simulator, clock }) => {
      const next = simulator.world.region("EU").emissions.nextAfter(NOON);
      clock.at = next.start;
      const iso = (at: number) => new Date(at).toISOString().replace(".000Z", "Z");
      expect((await get("/EU/emission")).json()).toMatchObject({ currentStart: iso(next.start) });
      clock.at = next.end;
      expect((await get("/EU/emission")).json()).toEqual({
        previousStart: iso(next.start),
        previousEnd: iso(next.end),
      });
    });
  });

  it("can be started from outside", async () => {
    await withGame({}, async ({ get, simulator, clock }) => {
      const { emissions } = simulator.world.region("NA");
      clock.at = emissions.nextAfter(NOON).end;
      expect((await get("/NA/emission")).text).not.toContain("currentStart");
      simulator.startEmission("NA");
      expect((await get("/NA/emission")).text).toContain("currentStart");
    });
  });
});
