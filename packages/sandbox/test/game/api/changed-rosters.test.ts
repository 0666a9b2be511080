import { describe, expect, it } from "vitest";
import { landmarks } from "../../../src/game/index.js";
import { DAY, withGame, type Game } from "../game.js";
import { clanAt } from "./clan.js";

interface MemberRow {
  name: string;
  rank: string;
  joinTime: string;
}

const [marten, , heron] = landmarks.accounts;
const { leader, loner } = landmarks.characters;

async function members({ as }: Game, clanId: string, login: string = marten): Promise<readonly MemberRow[]> {
  return (await as(login, `/RU/clan/${clanId}/members`)).json<MemberRow[]>();
}

describe("a roster in somebody's hands", () => {
  it("changes only as it is told", async () => {
    await withGame({}, async (game) => {
      const roster = game.simulator.roster("RU");
      const before = await members(game, roster.clanId);
      game.clock.at += DAY;
      expect(await members(game, roster.clanId)).toEqual(before);

      roster.join("Newcomer_1");
      const joined = (await members(game, roster.clanId)).filter(
        ({ name }) => !before.some((one) => one.name === name),
      );
      expect(joined).toMatchObject([{ name: "Newcomer_1", rank: "RECRUIT" }]);
      expect(Date.parse(joined[0]!.joinTime)).toBe(game.clock.at);
      expect((await clanAt(game, landmarks.clans.busy)).memberCount).toBe(before.length + 1);

      roster.promote("Newcomer_1");
      const rank = async () => (await members(game, roster.clanId)).find(({ name }) => name === "Newcomer_1")?.rank;
      expect(await rank()).toBe("COMMONER");
      roster.demote("Newcomer_1");
      expect(await rank()).toBe("RECRUIT");
      expect(() => {
        roster.demote("Newcomer_1");
      }).toThrow(RangeError);

      roster.leave("Newcomer_1");
      expect(await members(game, roster.clanId)).toEqual(before);
    });
  });

  it("keeps rank and time of joining when somebody is renamed", async () => {
    await withGame({}, async (game) => {
      const roster = game.simulator.roster("RU");
      const before = await members(game, roster.clanId);
      const { name, ...rest } = before[3]!;
      roster.rename(name, "Other_Name");
      const after = await members(game, roster.clanId);
      expect(after).toHaveLength(before.length);
      expect(after.some((member) => member.name === name)).toBe(false);
      expect(after).toContainEqual({ name: "Other_Name", ...rest });
      expect((await game.get(`/RU/character/by-name/${encodeURIComponent(name)}/profile`)).status).toBe(404);
    });
  });

  it("still belongs to an account whose character was renamed", async () => {
    await withGame({}, async (game) => {
      const roster = game.simulator.roster("RU");
      roster.rename(leader, "Marten_II");
      expect((await members(game, roster.clanId)).map(({ name }) => name)).toContain("Marten_II");
      expect((await clanAt(game, landmarks.clans.busy)).leader).toBe("Marten_II");
      expect((await game.as(marten, "/RU/characters")).text).toContain("Marten_II");
    });
  });

  it("has one leader, who may be another", async () => {
    await withGame({}, async (game) => {
      const roster = game.simulator.roster("RU");
      const { name } = (await members(game, roster.clanId))[2]!;
      roster.lead(name);
      const after = await members(game, roster.clanId);
      expect(after.filter(({ rank }) => rank === "LEADER").map((one) => one.name)).toEqual([name]);
      expect(after.find((one) => one.name === leader)?.rank).toBe("COLONEL");
      expect((await clanAt(game, landmarks.clans.busy)).leader).toBe(name);
    });
  });

  it("opens to the account of somebody who joins, and closes to one who leaves", async () => {
    await withGame({}, async (game) => {
      const roster = game.simulator.roster("RU");
      const path = `/RU/clan/${roster.clanId}/members`;
      expect((await game.as(heron, path)).status).toBe(401);
      roster.join(loner, "OFFICER");
      expect(await members(game, roster.clanId, heron)).toEqual(await members(game, roster.clanId));
      roster.leave(leader);
      expect((await game.as(marten, path)).status).toBe(401);
      expect((await game.as(heron, path)).status).toBe(200);
    });
  });

  it("can be refused to one player, or to all, and answer with nobody", async () => {
    await withGame({}, async (game) => {
      const { faults } = game.simulator;
      const roster = game.simulator.roster("RU");
      roster.join(loner);
      const path = `/RU/clan/${roster.clanId}/members`;
      const stop = faults.add({ kind: "status", status: 403 }, { path: "/members", login: marten });
      expect((await game.as(marten, path)).status).toBe(403);
      expect((await game.as(heron, path)).status).toBe(200);
      stop();
      faults.add({ kind: "emptyList" }, { path: "/members" });
      expect(await game.as(heron, path)).toMatchObject({ status: 200, text: "[]" });
    });
  });
});
