import { describe, expect, it } from "vitest";
import { landmarks } from "../../../src/game/index.js";
import { withGame } from "../game.js";

interface ProblemBody {
  title: string;
  status: number;
  details: object;
}

const { items } = landmarks;

describe("what does not exist", () => {
  it("is told as the API tells it, and costs", async () => {
    await withGame({}, async ({ get }) => {
      const cases: [string, number, RegExp][] = [
        ["/XX/emission", 404, /region/i],
        [`/RU/auction/${items.unknown}/lots`, 400, /Invalid item id/],
        [`/RU/auction/${items.unknown}/history`, 400, /Invalid item id/],
        ["/RU/character/by-name/Nobody_At_All/profile", 404, /character/i],
        ["/RU/clan/647d6c53-b3d7-4d30-8d08-de874eb1d845/info", 404, /clan/i],
        [`/RU/auction/${items.popular}/lots?sort=price`, 400, /time_created, time_left, current_price, buyout_price/],
        [`/RU/auction/${items.popular}/lots?order=up`, 400, /asc, desc/],
        [`/RU/auction/${items.popular}/lots?limit=ten`, 400, /limit/],
        ["/RU/operations/sessions?before=tomorrow", 400, /before/],
      ];
      let last = 400;
      for (const [path, status, title] of cases) {
        const reply = await get(path);
        expect(reply.status).toBe(status);
        const body = reply.json<ProblemBody>();
        expect(body.status).toBe(status);
        expect(body.title).toMatch(title);
        expect(typeof body.details).toBe("object");
        const remaining = Number(reply.headers.get("x-ratelimit-remaining"));
        expect(remaining).toBeLessThan(last);
        last = remaining;
      }
      expect((await get("/RU/emissions")).status).toBe(404);
      expect((await get("/RU/character/by-name/%E0%A4%A/profile")).status).toBe(404);
    });
  });

  it("an item nobody trades has empty lists", async () => {
    await withGame({}, async ({ get }) => {
      expect((await get(`/RU/auction/${items.untraded}/lots`)).json()).toEqual({ total: 0, lots: [] });
      expect((await get(`/RU/auction/${items.untraded}/history`)).json()).toEqual({ total: 0, prices: [] });
    });
  });
});
