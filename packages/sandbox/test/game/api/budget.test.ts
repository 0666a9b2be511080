import { describe, expect, it } from "vitest";
import { landmarks } from "../../../src/game/index.js";
import { MINUTE, bearer, withGame } from "../game.js";

const { items } = landmarks;

describe("the budget", () => {
  it("costs 1 for an emission, 2 for the auction, and ends with 429 until the window turns", async () => {
    await withGame({ limitPerMinute: 5 }, async ({ get, clock }) => {
      const remaining = async (path: string) => {
        const reply = await get(path);
        return [reply.status, Number(reply.headers.get("x-ratelimit-remaining"))];
      };
      expect(await remaining("/RU/emission")).toEqual([200, 4]);
      expect(await remaining(`/RU/auction/${items.popular}/lots`)).toEqual([200, 2]);
      expect(await remaining(`/RU/auction/${items.unknown}/history`)).toEqual([400, 0]);
      const refused = await get("/EU/emission");
      expect(refused.status).toBe(429);
      expect(refused.json()).toEqual({ title: "Rate limit exceeded", status: 429, details: {} });
      expect(refused.headers.get("x-ratelimit-limit")).toBe("5");

      const reset = Number(refused.headers.get("x-ratelimit-reset"));
      expect(reset % MINUTE).toBe(33_215);
      expect(reset - clock.at).toBeLessThanOrEqual(MINUTE);
      clock.at = reset - 1;
      expect((await get("/RU/emission")).status).toBe(429);
      clock.at = reset;
      expect(await remaining("/RU/emission")).toEqual([200, 4]);
    });
  });

  it("is one per application and one of 50 per player's token", async () => {
    await withGame({ limitPerMinute: 3 }, async ({ get, as, simulator }) => {
      for (let n = 0; n < 3; n++) await get("/RU/emission");
      expect((await get("/RU/emission")).status).toBe(429);
      const { clientId, clientSecret, appToken } = simulator.registerApplication(100);
      expect(clientId).not.toBe(simulator.credentials.clientId);
      const other = await get("/RU/emission", { "client-id": clientId, "client-secret": clientSecret });
      expect(other.headers.get("x-ratelimit-limit")).toBe("100");
      expect((await get("/RU/emission", bearer(appToken))).headers.get("x-ratelimit-remaining")).toBe("98");
      expect((await as("marten", "/RU/emission")).headers.get("x-ratelimit-remaining")).toBe("49");
    });
  });

  it("can jump and lag behind, as the live headers do", async () => {
    await withGame({ quirks: { jumpyRemaining: true, staleReset: true } }, async ({ get, clock }) => {
      const replies = [];
      for (let n = 0; n < 10; n++) replies.push(await get("/RU/emission"));
      const left = replies.map(({ headers }) => Number(headers.get("x-ratelimit-remaining")));
      expect(left).not.toEqual(left.toSorted((a, b) => b - a));
      clock.at = Number(replies[0]!.headers.get("x-ratelimit-reset"));
      expect(Number((await get("/RU/emission")).headers.get("x-ratelimit-reset"))).toBeLessThanOrEqual(clock.at);
    });
  });
});
