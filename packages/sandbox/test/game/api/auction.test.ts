import { describe, expect, it } from "vitest";
import { landmarks } from "../../../src/game/index.js";
import { REGIONS } from "../../../src/game/world/regions.js";
import { type Game, HOUR, MINUTE, NOON, bearer, withGame } from "../game.js";

interface LotRow {
  itemId: string;
  startPrice: number;
  currentPrice?: number;
  buyoutPrice: number;
  startTime: string;
  endTime: string;
  additional: Record<string, unknown>;
}
interface LotsBody {
  total: number;
  lots: LotRow[];
}
interface HistoryBody {
  total: number;
  prices: { amount: number; price: number; time: string; additional: Record<string, unknown> }[];
}
interface ClanBody {
  id: string;
  name: string;
  leader: string;
  memberCount: number;
  alliance?: string;
}
interface ProblemBody {
  title: string;
  status: number;
  details: object;
}
interface SessionsBody {
  total: number;
  sessions: { id: number; map: string; endTime: string; difficulty: number; participants: { username: string }[] }[];
}

const { items, characters, clans } = landmarks;
const RUSSIA = REGIONS[0]!;

/** The lots by what does not depend on how moments are written, sorted. */
function signatures(lots: readonly { startPrice: number; buyoutPrice: number; additional: object }[]): string[] {
  return lots
    .map(({ startPrice, buyoutPrice, additional }) => JSON.stringify([startPrice, buyoutPrice, additional]))
    .sort();
}

const roomy = { limitPerMinute: 1_000_000 };

async function clanAt(game: Game, ordinal: number, region = "RU"): Promise<ClanBody> {
  const { data } = (await game.get(`/${region}/clans?limit=1&offset=${ordinal}`)).json<{ data: ClanBody[] }>();
  return data[0]!;
}

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

describe("lots", () => {
  it("are paged: all pages together are all lots, none twice, while time stands still", async () => {
    await withGame(roomy, async ({ get, simulator }) => {
      for (const sort of ["time_created", "time_left", "current_price", "buyout_price"]) {
        const rows: LotRow[] = [];
        let total = Infinity;
        while (rows.length < total) {
          const path = `/RU/auction/${items.popular}/lots?limit=200&offset=${rows.length}&additional=true&sort=${sort}`;
          const body = (await get(path)).json<LotsBody>();
          total = body.total;
          expect(body.lots.length).toBeGreaterThan(0);
          rows.push(...body.lots);
        }
        expect(total).toBeGreaterThan(400);
        expect(rows).toHaveLength(total);
        // Equal lots exist, so each value must occur as often as the world has it.
        const listed =
          simulator.world.market.item(RUSSIA, items.popular)?.lots.listAt(NOON, "time_created", false) ?? [];
        expect(signatures(rows)).toEqual(signatures(listed));
      }
    });
  });

  it("are sorted both ways by each key", async () => {
    const keys: Record<string, (lot: LotRow) => number> = {
      time_created: (lot) => Date.parse(lot.startTime),
      time_left: (lot) => Date.parse(lot.endTime),
      current_price: (lot) => lot.currentPrice ?? lot.startPrice,
      buyout_price: (lot) => lot.buyoutPrice,
    };
    await withGame(roomy, async ({ get }) => {
      for (const [sort, key] of Object.entries(keys)) {
        for (const order of ["asc", "desc"] as const) {
          const path = `/EU/auction/${items.popular}/lots?limit=200&sort=${sort}&order=${order}`;
          const values = (await get(path)).json<LotsBody>().lots.map(key);
          expect(values).toEqual(values.toSorted((a, b) => (order === "asc" ? a - b : b - a)));
          expect(new Set(values).size).toBeGreaterThan(10);
        }
      }
    });
  });

  it("are at most 200 a page, 20 when not asked, none beyond the end", async () => {
    await withGame(roomy, async ({ get }) => {
      const count = async (query: string) =>
        (await get(`/RU/auction/${items.popular}/lots${query}`)).json<LotsBody>().lots.length;
      expect(await count("")).toBe(20);
      expect(await count("?limit=500")).toBe(200);
      expect(await count("?limit=-1")).toBe(0);
      expect(await count("?offset=100000")).toBe(0);
    });
  });

  it("tell the additional fields only when asked", async () => {
    await withGame({}, async ({ get }) => {
      const lots = async (query: string) =>
        (await get(`/RU/auction/${items.artefact}/lots${query}`)).json<LotsBody>().lots;
      expect((await lots("")).every(({ additional }) => Object.keys(additional).length === 0)).toBe(true);
      for (const yes of ["true", "True"]) {
        expect((await lots(`?additional=${yes}`)).some(({ additional }) => "qlt" in additional)).toBe(true);
      }
    });
  });

  it("of an item missing from the database exist", async () => {
    await withGame({}, async ({ get }) => {
      expect((await get(`/RU/auction/${items.unlisted}/lots`)).json<LotsBody>().total).toBeGreaterThan(0);
    });
  });

  it("have whole seconds, or microseconds as on the demo host", async () => {
    const path = `/RU/auction/${items.popular}/lots?limit=1`;
    await withGame({}, async ({ get }) => {
      expect((await get(path)).json<LotsBody>().lots[0]!.startTime).toMatch(/T\d\d:\d\d:\d\dZ$/);
    });
    await withGame({ timePrecision: "micros" }, async ({ get }) => {
      expect((await get(path)).json<LotsBody>().lots[0]!.startTime).toMatch(/T\d\d:\d\d:\d\d\.\d{6}Z$/);
    });
  });
});

describe("history", () => {
  it("is newest first, and reaches as deep as its total says", async () => {
    await withGame(roomy, async ({ get }) => {
      const page = async (query: string) =>
        (await get(`/RU/auction/${items.hugeHistory}/history${query}`)).json<HistoryBody>();
      const { total, prices } = await page("?limit=200");
      expect(total).toBeGreaterThan(600_000);
      expect(prices).toHaveLength(200);
      const times = prices.map(({ time }) => Date.parse(time));
      expect(times).toEqual(times.toSorted((a, b) => b - a));
      expect((await page("?limit=10&offset=190")).prices).toEqual(prices.slice(190));
      expect((await page(`?limit=200&offset=${total - 7}`)).prices).toHaveLength(7);
      expect((await page(`?offset=${total}`)).prices).toEqual([]);
      expect(Date.parse((await page("?limit=1&offset=600000")).prices[0]!.time)).toBeLessThan(
        times[0]! - 300 * 24 * HOUR,
      );
    });
  });
});

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
