import { describe, expect, it } from "vitest";
import { HOUR, NOON, roomy, withGame } from "../game.js";

interface SessionsBody {
  total: number;
  sessions: { id: number; map: string; endTime: string; difficulty: number; participants: { username: string }[] }[];
}

describe("operations", () => {
  it("have ids above 2^53, all different", async () => {
    await withGame({}, async ({ get }) => {
      const ids = [...(await get("/RU/operations/sessions?limit=200")).text.matchAll(/"id":(\d+)/g)].map(([, id]) =>
        BigInt(id!),
      );
      expect(new Set(ids).size).toBe(200);
      for (const id of ids) expect(id).toBeGreaterThan(2n ** 53n);
    });
  });

  it("are filtered and sorted", async () => {
    await withGame(roomy, async ({ get }) => {
      const ask = async (query: string) =>
        (await get(`/RU/operations/sessions?limit=200&${query}`)).json<SessionsBody>();
      const all = await ask("");
      const newestFirst = all.sessions.map(({ endTime }) => Date.parse(endTime));
      expect(newestFirst).toEqual(newestFirst.toSorted((a, b) => b - a));
      expect(new Set(all.sessions.map(({ map }) => map))).toEqual(
        new Set(["big_cleanup", "shock_therapy", "sea_alienation", "focus"]),
      );

      const focus = await ask("map=focus");
      expect(focus.total).toBeLessThan(all.total);
      expect(focus.sessions.every(({ map }) => map === "focus")).toBe(true);

      const { username } = all.sessions[0]!.participants[0]!;
      const theirs = await ask(`username=${encodeURIComponent(username.toUpperCase())}`);
      expect(theirs.total).toBeGreaterThan(0);
      expect(theirs.sessions.every(({ participants }) => participants.some((p) => p.username === username))).toBe(true);

      const [from, to] = [NOON - 5 * HOUR, NOON - 2 * HOUR].map((at) => new Date(at).toISOString());
      const between = await ask(`after=${from!}&before=${to!}`);
      expect(between.total).toBeGreaterThan(0);
      expect(between.sessions.every(({ endTime }) => endTime >= from!.slice(0, 19) && endTime <= to!)).toBe(true);

      const hardest = (await ask("sort=difficulty&order=desc")).sessions.map(({ difficulty }) => difficulty);
      expect(hardest).toEqual(hardest.toSorted((a, b) => b - a));
      expect((await ask("map=moon_base")).sessions).toBeUndefined();
    });
  });
});
