import { describe, expect, it } from "vitest";
import { landmarks } from "../../../src/game/index.js";
import { DAY, withGame, type Game } from "../game.js";

const { leader } = landmarks.characters;
const [marten] = landmarks.accounts;

interface Stat {
  readonly id: string;
  readonly type: string;
  readonly value: number;
}

const profile = (game: Game) => game.as(marten, `/RU/character/by-name/${leader}/profile`);

async function totals(game: Game): Promise<Map<string, number>> {
  const { stats } = (await profile(game)).json<{ stats: readonly Stat[] }>();
  const growing = stats.filter(({ type }) => ["INTEGER", "DECIMAL", "DURATION"].includes(type));
  return new Map(growing.map(({ id, value }) => [id, value]));
}

describe("a profile", () => {
  it("grows on the days on which its player plays, and never shrinks", async () => {
    await withGame({}, async (game) => {
      let before = await totals(game);
      const played: boolean[] = [];
      for (let day = 0; day < 20; day++) {
        game.clock.at += DAY;
        const now = await totals(game);
        for (const [id, value] of before) expect(now.get(id)).toBeGreaterThanOrEqual(value);
        played.push(now.get("pla-tim")! > before.get("pla-tim")!);
        before = now;
      }
      expect(new Set(played)).toEqual(new Set([true, false]));
    });
  });

  it("is hidden and shown by hand", async () => {
    await withGame({}, async (game) => {
      game.simulator.hideProfile("RU", leader);
      expect(await profile(game)).toMatchObject({ status: 200, text: "" });
      game.simulator.hideProfile("RU", leader, false);
      expect((await totals(game)).size).toBeGreaterThan(50);
      expect(() => {
        game.simulator.hideProfile("RU", "Nobody_At_All");
      }).toThrow(RangeError);
    });
  });

  it("begins again from nothing when it is set back", async () => {
    await withGame({}, async (game) => {
      game.simulator.setBackProfile("RU", leader);
      expect((await totals(game)).get("pla-tim")).toBe(0);
      game.clock.at += 20 * DAY;
      expect((await totals(game)).get("pla-tim")).toBeGreaterThan(0);
    });
  });
});
