import { describe, expect, it } from "vitest";
import { landmarks } from "../../../src/game/index.js";
import { HOUR, bearer, roomy, withGame } from "../game.js";
import { clanAt } from "./clan.js";

const { items, characters, clans } = landmarks;

const appPaths = [
  "/RU/emission",
  `/RU/auction/${items.popular}/lots`,
  `/RU/auction/${items.popular}/history`,
  `/RU/character/by-name/${characters.leader}/profile`,
  "/RU/clans",
  "/RU/operations/sessions",
];
const userPaths = ["/RU/characters", `/RU/friends/${characters.leader}`];

describe("who may ask", () => {
  it("the regions: anybody, in the live order", async () => {
    await withGame({}, async ({ get }) => {
      const reply = await get("/regions", {});
      expect(reply.json()).toEqual([
        { id: "RU", name: "RUSSIA" },
        { id: "EU", name: "EUROPE" },
        { id: "NA", name: "NORTH AMERICA" },
        { id: "SEA", name: "SOUTHEAST ASIA" },
      ]);
      expect(reply.headers.has("x-ratelimit-limit")).toBe(false);
    });
  });

  it("an application by token or by id and secret, and a player; nobody else", async () => {
    await withGame(roomy, async ({ get, as, simulator }) => {
      const { clientId, clientSecret } = simulator.credentials;
      expect(clientSecret).toHaveLength(40);
      for (const path of appPaths) {
        expect((await get(path)).status).toBe(200);
        expect((await get(path, { "client-id": clientId, "client-secret": clientSecret })).status).toBe(200);
        expect((await as("heron", path)).status).toBe(200);
        for (const headers of [{}, bearer("nonsense"), { "client-id": clientId, "client-secret": "wrong" }]) {
          const refused = await get(path, headers);
          expect(refused.status).toBe(401);
          expect(refused.json()).toEqual({ title: "Unauthorized", status: 401, details: {} });
        }
      }
    });
  });

  it("a tampered token is refused, and so is one that has expired", async () => {
    await withGame({ tokenLifetime: HOUR }, async ({ get, simulator, clock }) => {
      const token = simulator.issueUserToken("marten");
      const [head, , signature] = token.split(".");
      const claims = Buffer.from(JSON.stringify({ use: "access", aud: "1001", exp: 9e9 })).toString("base64url");
      expect((await get("/RU/emission", bearer(`${head}.${claims}.${signature}`))).status).toBe(401);
      expect((await get("/RU/emission", bearer(token))).status).toBe(200);
      clock.advance(HOUR);
      expect((await get("/RU/emission", bearer(token))).status).toBe(401);
      expect((await get("/RU/emission")).status).toBe(200);
    });
  });

  it("user endpoints refuse applications", async () => {
    await withGame({}, async (game) => {
      const { id } = await clanAt(game, clans.busy);
      for (const path of [...userPaths, `/RU/clan/${id}/members`]) {
        expect((await game.get(path)).status).toBe(401);
        expect((await game.as("marten", path)).status).toBe(200);
      }
    });
  });

  it("members: only somebody with a character in the clan; friends: only of one's own characters", async () => {
    await withGame({}, async (game) => {
      const busy = await clanAt(game, clans.busy);
      const hostile = await clanAt(game, clans.hostile);
      expect((await game.as("lynx", `/RU/clan/${busy.id}/members`)).status).toBe(401);
      expect((await game.as("lynx", `/RU/clan/${hostile.id}/members`)).status).toBe(200);
      expect((await game.as("lynx", `/RU/friends/${characters.leader}`)).status).toBe(401);
      expect((await game.as("marten", "/RU/friends/marten")).json<string[]>().length).toBeGreaterThan(0);
    });
  });

  it("every player sees their own characters, of that region", async () => {
    await withGame({}, async ({ as }) => {
      const names = async (login: string, region: string) =>
        (await as(login, `/${region}/characters`))
          .json<{ information: { name: string } }[]>()
          .map((c) => c.information.name);
      expect(await names("marten", "EU")).toEqual([characters.leader, characters.alt]);
      expect(await names("lynx", "RU")).toEqual([characters.hostileClanMember]);
      expect(await names("heron", "RU")).toEqual([characters.loner]);
      expect(await names("heron", "SEA")).toEqual([]);
    });
  });
});
