import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import {
  API,
  type APIOptions,
  AuctionLot,
  ClanMemberRank,
  InvalidRequestError,
  Listing,
  MissingTokenError,
  Server,
  Token,
  TokenType,
} from "../src/index.js";
import { artefact, character, clan, demoLot, emission, lot, operationText, profile } from "./bodies.js";
import { ManualClock } from "../../../test/manual-clock.js";
import { applicationToken, client, userToken } from "./client.js";
import { ScriptedServer } from "./scripted-server.js";

describe("what each method asks and gives", () => {
  it("regions().getAll", async () => {
    const server = await ScriptedServer.start(() => ({
      body: [
        { id: "RU", name: "RUSSIA" },
        { id: "NEA", name: "NORTHEAST ASIA" },
      ],
    }));
    const regions = await client(server).regions().getAll();
    expect(regions.map(({ id }) => id)).toEqual(["RU", "NEA"]);
    expect(server.seen[0]?.path).toBe("/regions");
    expect(server.seen[0]?.headers.authorization).toBeUndefined();
  });

  it("emissions(region).getInfo, with and without a running emission", async () => {
    const server = await ScriptedServer.start((_, number) => ({
      body: number === 1 ? emission : { ...emission, currentStart: "2026-01-01T18:00:00Z" },
    }));
    const emissions = client(server).emissions("EU");
    const idle = await emissions.getInfo();
    expect(idle.currentStart).toBeUndefined();
    expect(idle.previousEnd).toEqual(new Date("2026-01-01T12:04:00Z"));
    const running = await emissions.getInfo({ maxAge: 0 });
    expect(running.currentStart).toEqual(new Date("2026-01-01T18:00:00Z"));
    expect(server.seen.map(({ path }) => path)).toEqual(["/EU/emission", "/EU/emission"]);
    expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${applicationToken.value}`);
  });

  it("auction(region).getItemLots", async () => {
    const server = await ScriptedServer.start(() => ({
      body: { total: 4, lots: [lot, { ...demoLot, currentPrice: null, additional: artefact }] },
    }));
    const options = { limit: 200, offset: 5, additional: true, sort: "buyout_price", order: "desc" } as const;
    const lots = await client(server).auction("EU").getItemLots("g43rp", options);
    expect(server.seen[0]?.path).toBe("/EU/auction/g43rp/lots");
    expect(Object.fromEntries(server.seen[0]?.query ?? [])).toEqual({
      limit: "200",
      offset: "5",
      additional: "true",
      sort: "buyout_price",
      order: "desc",
    });
    expect(lots).toBeInstanceOf(Listing);
    expect(lots.total).toBe(4);
    expect(lots).toHaveLength(2);
    expect(lots[0]).toBeInstanceOf(AuctionLot);
    expect(lots[0]?.currentPrice).toBe(15_000_000);
    expect(lots[1]?.currentPrice).toBeUndefined();
    expect(lots[1]?.startTime).toEqual(new Date("2025-02-11T00:49:55.603Z"));
    expect(lots[1]?.additional.qlt).toBe(1);
    expect(lots[1]?.additional.bonus_properties).toEqual(["MAX_WEIGHT_BONUS"]);
    expect(lots[1]?.raw()).toEqual({ ...demoLot, additional: artefact });
  });

  it("auction(region).getItemHistory", async () => {
    const body =
      '{"total":59503,"prices":[{"amount":2,"price":75000.0,"time":"2026-08-04T23:57:19Z","additional":{}}]}';
    const server = await ScriptedServer.start(() => ({ body }));
    const history = await client(server).auction("RU").getItemHistory("zyv9", { limit: 1 });
    expect(server.seen[0]?.path).toBe("/RU/auction/zyv9/history");
    expect(history.total).toBe(59503);
    expect(history[0]).toMatchObject({ amount: 2, price: 75000, time: new Date("2026-08-04T23:57:19Z") });
  });

  it("clans(region).getAll, getInfo and getMembers", async () => {
    const server = await ScriptedServer.start(({ path }) => {
      if (path === "/EU/clans") return { body: { totalClans: 1, data: [{ ...clan, alliance: null }] } };
      if (path === `/EU/clan/${clan.id}/info`) return { body: clan };
      return {
        body: ["SOLIDER", "SERGANT", "OFFICER", "WARLORD"].map((rank, index) => ({
          name: `Test-${index}`,
          rank,
          joinTime: "2023-01-03T10:15:30Z",
        })),
      };
    });
    const clans = client(server).clans("EU");
    const all = await clans.getAll();
    expect(all.total).toBe(1);
    expect(all[0]?.alliance).toBeUndefined();
    expect(await clans.getInfo(clan.id)).toMatchObject({ tag: "TAG", alliance: "covenant" });
    const members = await clans.getMembers(clan.id);
    const ranks = [ClanMemberRank.SOLDIER, ClanMemberRank.SERGEANT, ClanMemberRank.OFFICER, "WARLORD"];
    expect(members.map(({ rank }) => rank)).toEqual(ranks);
    expect(members[0]?.raw()).toEqual({ name: "Test-0", rank: "SOLIDER", joinTime: "2023-01-03T10:15:30Z" });
    expect(server.seen[2]?.path).toBe(`/EU/clan/${clan.id}/members`);
    expect(server.seen[2]?.headers.authorization).toBe(`Bearer ${userToken.value}`);
  });

  it("characters(region).getAll and getProfile", async () => {
    const server = await ScriptedServer.start(({ path }) => ({
      body: path === "/EU/characters" ? [character, { information: character.information }] : profile,
    }));
    const characters = client(server).characters("EU");
    const own = await characters.getAll();
    expect(own[0]?.clan?.info.name).toBe("Clan #1");
    expect(own[0]?.clan?.raw()).toEqual(character.clan);
    expect(own[1]?.clan).toBeUndefined();
    expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${userToken.value}`);
    const full = await characters.getProfile("Ёж_1/2");
    expect(server.seen[1]?.path).toBe(`/EU/character/by-name/${encodeURIComponent("Ёж_1/2")}/profile`);
    expect([full.username, full.name, full.status]).toEqual(["ZIV", "ZIV", "§4hello\nthere"]);
    expect(full.lastLogin).toEqual(new Date("2026-01-01T12:00:00Z"));
    expect(full.stats.map(({ value }) => value)).toEqual([
      1204,
      3481.25,
      new Date("2023-05-06T07:08:09Z"),
      7_200_000,
      { matches: [1, 0, 1] },
    ]);
    expect(full.raw()).toEqual(profile);
  });

  it("characters(region).getProfile of one without alliance, login or clan", async () => {
    const { alliance: _a, lastLogin: _l, clan: _c, ...bare } = profile;
    const server = await ScriptedServer.start(() => ({ body: { ...bare, alliance: null } }));
    const full = await client(server).characters("EU").getProfile("ZIV");
    expect([full.alliance, full.lastLogin, full.clan]).toEqual([undefined, undefined, undefined]);
    expect(full.raw()).toEqual(bare);
  });

  it("friends(region).getAll", async () => {
    const server = await ScriptedServer.start(() => ({ body: ["Friend1", "Friend2"] }));
    expect(await client(server).friends("EU").getAll("Test-1")).toEqual(["Friend1", "Friend2"]);
    expect(server.seen[0]?.path).toBe("/EU/friends/Test-1");
  });

  it("operations(region).getSessions keeps ids above 2^53 exact", async () => {
    const server = await ScriptedServer.start(() => ({ body: `{"total":1,"sessions":[${operationText}]}` }));
    const after = new Date("2025-11-12T00:00:00.123Z");
    const options = { map: "big_cleanup", username: "Test-1", after };
    const sessions = await client(server).operations("RU").getSessions(options);
    expect(server.seen[0]?.path).toBe("/RU/operations/sessions");
    expect(Object.fromEntries(server.seen[0]?.query ?? [])).toEqual({
      map: "big_cleanup",
      username: "Test-1",
      after: "2025-11-12T00:00:00Z",
      order: "desc",
    });
    expect(sessions[0]?.id).toBe("1472603904834535425");
    expect(sessions[0]?.raw().id).toBe("1472603904834535425");
    expect(sessions[0]?.participants[0]).toMatchObject({ mobKills: 202, secondaryWeaponItemId: undefined });
  });

  it("tells when an answer arrived", async () => {
    const server = await ScriptedServer.start(() => ({ body: emission }));
    const api = client(server, { clock: new ManualClock(5_000) });
    expect((await api.emissions("EU").getInfo()).receivedAt).toEqual(new Date(5_000));
  });

  it("reads gzip, and asks for nothing else", async () => {
    const server = await ScriptedServer.start(() => ({
      headers: { "content-encoding": "gzip" },
      body: gzipSync(JSON.stringify(emission)),
    }));
    expect((await client(server).emissions("EU").getInfo()).raw()).toEqual(emission);
    expect(server.seen[0]?.headers["accept-encoding"]).toBe("gzip");
  });

  it("takes a base address with a path", async () => {
    const server = await ScriptedServer.start(() => ({ body: emission }));
    await client({ url: `${server.url}/game/` })
      .emissions("EU")
      .getInfo();
    expect(server.seen[0]?.path).toBe("/game/EU/emission");
    expect(() => new API({ server: "ftp://example.org" })).toThrow(TypeError);
    expect(() => new API({ server: "http://user:secret@example.org" })).toThrow(TypeError);
    expect(Server.PRODUCTION).toBe("https://eapi.stalzone.com");
  });
});

describe("listings", () => {
  it("give plain arrays from map and filter", () => {
    const listing = new Listing([1, 2, 3], 10, new Date(0));
    expect(Array.isArray(listing)).toBe(true);
    for (const derived of [listing.map(String), listing.filter(Boolean), listing.slice(1)]) {
      expect(derived).not.toBeInstanceOf(Listing);
    }
    expect([...new Listing([3], 1, new Date(0))]).toEqual([3]);
  });

  it("page by what was really received, up to the total", async () => {
    const clans = Array.from({ length: 250 }, (_, index) => ({ ...clan, name: `Clan ${index}` }));
    const server = await ScriptedServer.start(({ query }) => {
      const offset = Number(query.get("offset"));
      const limit = Math.min(Number(query.get("limit")), 100);
      return { body: { totalClans: clans.length, data: clans.slice(offset, offset + limit) } };
    });
    const names: string[] = [];
    for await (const { name } of client(server).clans("RU").iterate()) names.push(name);
    expect(names).toEqual(clans.map(({ name }) => name));
    expect(server.seen.map(({ query }) => query.get("offset"))).toEqual(["0", "100", "200"]);
    expect(server.seen[0]?.query.get("limit")).toBe("200");
  });

  it("stop at an empty page, and tell the total page by page", async () => {
    const server = await ScriptedServer.start(({ query, path }) => {
      const first = query.get("offset") === "0";
      if (path.endsWith("/lots")) return { body: { total: 900, lots: first ? [lot] : [] } };
      if (path.endsWith("/history")) return { body: { total: 900, prices: [] } };
      return { body: `{"total":900,"sessions":[${first ? operationText : ""}]}` };
    });
    const api = client(server);
    const totals: number[] = [];
    for await (const page of api.auction("RU").lotPages("g43rp", { pageSize: 50 })) totals.push(page.total);
    expect(totals).toEqual([900]);
    for await (const sale of api.auction("RU").iterateHistory("g43rp")) expect(sale).toBeUndefined();
    let sessions = 0;
    for await (const session of api.operations("RU").iterate()) sessions += session.participants.length;
    expect(sessions).toBe(1);
    expect(server.seen.map(({ query }) => query.get("offset"))).toEqual(["0", "1", "0", "0", "1"]);
  });

  it("belong to the caller: changing one does not change what another gets", async () => {
    const server = await ScriptedServer.start(() => ({ body: { total: 2, lots: [lot, demoLot] } }));
    const auction = client(server).auction("EU");
    const [mine, yours] = await Promise.all([auction.getItemLots("g43rp"), auction.getItemLots("g43rp")]);
    mine.pop();
    expect(yours).toHaveLength(2);
    expect(await auction.getItemLots("g43rp")).toHaveLength(2);
  });
});

describe("credentials", () => {
  const ok = () => ({ body: emission });
  const sent = async (options: APIOptions, token?: string | Token) => {
    const server = await ScriptedServer.start(ok);
    await client(server, { tokens: [], ...options })
      .emissions("EU")
      .getInfo({ token });
    const { authorization, "client-id": id, "client-secret": secret } = server.seen[0]?.headers ?? {};
    return { authorization, id, secret };
  };
  const credentials = { clientId: "42", clientSecret: "shh" };

  it("are the call's token, else the application's, else id and secret, else the user's", async () => {
    const all = { tokens: [applicationToken, userToken], credentials };
    expect((await sent(all, "mine")).authorization).toBe("Bearer mine");
    expect((await sent(all, new Token("mine", TokenType.USER))).authorization).toBe("Bearer mine");
    expect((await sent(all)).authorization).toBe(`Bearer ${applicationToken.value}`);
    expect(await sent({ tokens: userToken, credentials })).toEqual({
      id: "42",
      secret: "shh",
      authorization: undefined,
    });
    expect((await sent({ tokens: userToken })).authorization).toBe(`Bearer ${userToken.value}`);
  });

  it("are asked for before anything is sent", async () => {
    const server = await ScriptedServer.start(ok);
    const nobody = client(server, { tokens: [] });
    const app = client(server, { tokens: applicationToken });
    for (const call of [
      nobody.emissions("EU").getInfo(),
      nobody.auction("EU").getItemLots("x"),
      app.characters("EU").getAll(),
      app.friends("EU").getAll("Test-1"),
      app.clans("EU").getMembers("x"),
    ]) {
      await expect(call).rejects.toBeInstanceOf(MissingTokenError);
    }
    expect(server.seen).toHaveLength(0);
    expect(app.getToken(TokenType.APPLICATION)).toBe(applicationToken.value);
    expect(() => app.getToken(TokenType.USER)).toThrow(MissingTokenError);
  });

  it("must be able to travel in a header", () => {
    for (const value of ["", "two words", "line\nbreak", "ключ"]) {
      expect(() => new Token(value, TokenType.USER)).toThrow(TypeError);
    }
  });
});

describe("parameters that cannot be put into a request", () => {
  it("are refused", async () => {
    const server = await ScriptedServer.start(() => ({ body: emission }));
    const api = client(server);
    // Callers without a type checker do pass nothing.
    const nothing = new Map<string, string>().get("region")!;
    for (const region of ["", "E/U", "..", "EU?x=1", nothing]) {
      expect(() => api.emissions(region)).toThrow(InvalidRequestError);
    }
    await expect(api.clans("EU").getInfo("..")).rejects.toBeInstanceOf(InvalidRequestError);
    await expect(api.clans("EU").getInfo("")).rejects.toBeInstanceOf(InvalidRequestError);
    await expect(api.characters("EU").getProfile("\ud800")).rejects.toBeInstanceOf(InvalidRequestError);
    await expect(api.clans("EU").getAll({ limit: -1 })).rejects.toBeInstanceOf(InvalidRequestError);
    await expect(api.operations("EU").getSessions({ after: new Date(NaN) })).rejects.toBeInstanceOf(
      InvalidRequestError,
    );
    expect(server.seen).toHaveLength(0);
  });
});
