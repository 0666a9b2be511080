import { describe, expect, it } from "vitest";
import { landmarks } from "../../../src/game/index.js";
import { HOUR, roomy, withGame } from "../game.js";
import { type ClanBody, clanAt } from "./clan.js";

const { characters, clans } = landmarks;

describe("profiles", () => {
  it("are found by name in any case, Cyrillic and underscores too", async () => {
    await withGame({}, async ({ get }) => {
      for (const name of [
        characters.leader.toLowerCase(),
        characters.loner.toUpperCase(),
        characters.markup,
        characters.hostile,
      ]) {
        const reply = await get(`/EU/character/by-name/${encodeURIComponent(name)}/profile`);
        expect(reply.json<{ username: string }>().username.toLowerCase()).toBe(name.toLowerCase());
      }
    });
  });

  it("have stats of every type and dates with milliseconds", async () => {
    await withGame({}, async ({ get }) => {
      const profile = (await get(`/RU/character/by-name/${characters.leader}/profile`)).json<{
        stats: { type: string; value: unknown }[];
        clan: { info: ClanBody; member: { rank: string } };
      }>();
      const types = new Map(profile.stats.map(({ type, value }) => [type, value]));
      expect([...types.keys()].sort()).toEqual(["DATE", "DECIMAL", "DURATION", "INTEGER", "SLIDING_MATCH_HISTORY"]);
      expect(types.get("DATE")).toMatch(/\.\d{3}Z$/);
      expect(typeof types.get("SLIDING_MATCH_HISTORY")).toBe("object");
      expect(profile.clan.member.rank).toBe("LEADER");
    });
  });

  it("lack what a character lacks", async () => {
    await withGame({}, async ({ get }) => {
      const reply = await get(`/RU/character/by-name/${encodeURIComponent(characters.loner)}/profile`);
      for (const key of ["clan", "alliance", "lastLogin"]) expect(reply.json()).not.toHaveProperty(key);
    });
  });

  it("of some characters are 200, text/plain and empty", async () => {
    await withGame({}, async ({ get }) => {
      const reply = await get(`/RU/character/by-name/${characters.hidden}/profile`);
      expect(reply.status).toBe(200);
      expect(reply.text).toBe("");
      expect(reply.headers.get("content-type")).toBe("text/plain");
      expect(reply.headers.get("content-length")).toBe("0");
    });
  });
});

describe("clans", () => {
  it("are listed page by page, each the same as asked alone", async () => {
    await withGame({ ...roomy, clansPerRegion: 250 }, async ({ get }) => {
      const first = (await get("/EU/clans?limit=200")).json<{ totalClans: number; data: ClanBody[] }>();
      const rest = (await get("/EU/clans?limit=200&offset=200")).json<{ data: ClanBody[] }>();
      expect(first.totalClans).toBe(250);
      const all = [...first.data, ...rest.data];
      expect(new Set(all.map(({ id }) => id)).size).toBe(250);
      expect((await get(`/EU/clan/${all[clans.independent]!.id}/info`)).json()).toEqual(all[clans.independent]);
      expect(all[clans.independent]).not.toHaveProperty("alliance");
      expect(all[clans.hostile]!.name).toContain("@everyone");
    });
  });

  it("have rosters that change with the hour", async () => {
    await withGame({}, async (game) => {
      const { id, leader, memberCount } = await clanAt(game, clans.busy);
      const roster = async () =>
        (await game.as("marten", `/RU/clan/${id}/members`)).json<{ name: string; rank: string }[]>();
      const before = await roster();
      expect(before).toHaveLength(memberCount);
      expect(before.find(({ rank }) => rank === "LEADER")?.name).toBe(leader);
      game.clock.advance(HOUR);
      expect(await roster()).not.toEqual(before);
    });
  });
});
