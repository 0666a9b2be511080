import { describe, expect, it } from "vitest";
import { GameSimulator, type RequestRecord } from "../../src/game/index.js";
import { NOON, bearer, request, withGame } from "./game.js";

describe("faults", () => {
  it("answer with an error: JSON, or a proxy's HTML page", async () => {
    await withGame({}, async ({ get, simulator }) => {
      simulator.faults.add({ kind: "status", status: 500 }, { times: 1 });
      simulator.faults.add({ kind: "status", status: 502 }, { times: 1 });
      simulator.faults.add({ kind: "status", status: 429, headers: { "retry-after": "3" } }, { times: 1 });
      expect((await get("/RU/emission")).json()).toMatchObject({ status: 500, details: {} });
      const html = await get("/RU/emission");
      expect(html.status).toBe(502);
      expect(html.headers.get("content-type")).toContain("text/html");
      expect(html.text).toContain("<html>");
      const limited = await get("/RU/emission");
      expect(limited.json()).toMatchObject({ title: "Rate limit exceeded", status: 429 });
      expect(limited.headers.get("retry-after")).toBe("3");
      expect((await get("/RU/emission")).status).toBe(200);
    });
  });

  it("meet only the paths they are for, until taken away", async () => {
    await withGame({}, async ({ get, simulator }) => {
      const remove = simulator.faults.add({ kind: "status", status: 503 }, { path: /\/clans$/ });
      simulator.faults.add({ kind: "status", status: 500 }, { path: "/EU/" });
      for (let n = 0; n < 3; n++) expect((await get("/RU/clans")).status).toBe(503);
      expect((await get("/RU/emission")).status).toBe(200);
      expect((await get("/EU/emission")).status).toBe(500);
      remove();
      expect((await get("/RU/clans")).status).toBe(200);
      simulator.faults.clear();
      expect((await get("/EU/emission")).status).toBe(200);
    });
  });

  it("spoil bodies", async () => {
    await withGame({}, async ({ get, simulator }) => {
      const right = await get("/RU/clans");
      simulator.faults.add({ kind: "truncated" }, { times: 1 });
      const half = await get("/RU/clans");
      expect(half.status).toBe(200);
      expect(right.text.startsWith(half.text)).toBe(true);
      expect(half.text.length).toBeLessThan(right.text.length);
      expect(() => half.json()).toThrow(SyntaxError);

      simulator.faults.add({ kind: "wrongShape" }, { times: 1 });
      expect((await get("/RU/clans")).json()).not.toHaveProperty("data");

      simulator.faults.add({ kind: "empty" }, { times: 1 });
      const empty = await get("/RU/clans");
      expect([empty.status, empty.text, empty.headers.get("content-type")]).toEqual([200, "", "text/plain"]);
    });
  });

  it("reset the connection", async () => {
    await withGame({}, async ({ get, simulator }) => {
      simulator.faults.add({ kind: "reset" }, { times: 1 });
      await expect(get("/RU/emission")).rejects.toThrow();
      expect((await get("/RU/emission")).status).toBe(200);
    });
  });

  it("make an answer late by the simulator's clock", async () => {
    await withGame({}, async ({ get, simulator, clock }) => {
      simulator.faults.add({ kind: "slow", ms: 5_000 }, { times: 1 });
      let answered = false;
      const late = get("/RU/emission").then((reply) => {
        answered = true;
        return reply;
      });
      await clock.waitedOn();
      expect((await get("/EU/emission")).status).toBe(200);
      expect(answered).toBe(false);
      clock.advance(5_000);
      expect((await late).status).toBe(200);
    });
  });

  it("keep a request waiting for ever; closing cuts it", async () => {
    const simulator = await GameSimulator.start();
    simulator.faults.add({ kind: "hang" });
    const met = new Promise<void>((resolve) => {
      simulator.requests.subscribe(() => {
        resolve();
      });
    });
    const waiting = request(`${simulator.apiUrl}/regions`);
    const outcome = expect(waiting).rejects.toThrow();
    await met;
    await simulator.close();
    await outcome;
  });
});

describe("the log of requests", () => {
  it("tells what was asked, answered and paid, and no token", async () => {
    await withGame({}, async ({ get, simulator }) => {
      const heard: RequestRecord[] = [];
      const stop = simulator.requests.subscribe((record) => heard.push(record));
      await get("/RU/auction/vq7jd/lots?limit=5");
      await get("/RU/emission", {});
      const expected = [
        { method: "GET", path: "/RU/auction/vq7jd/lots", query: "limit=5", status: 200, cost: 2, at: NOON },
        { method: "GET", path: "/RU/emission", query: "", status: 401, cost: 0, at: NOON },
      ];
      expect(simulator.requests.all()).toEqual(expected);
      expect(heard).toEqual(expected);
      stop();
      await get("/regions");
      expect(heard).toHaveLength(2);
      simulator.requests.clear();
      await request(`${simulator.oauthUrl}/authorize?state=secret-state`);
      expect(JSON.stringify(simulator.requests.all())).not.toContain("secret-state");
    });
  });

  it("keeps the latest only", async () => {
    await withGame({ logCapacity: 3 }, async ({ get, simulator }) => {
      for (const region of ["RU", "EU", "NA", "SEA", "RU", "EU", "NA"]) await get(`/${region}/emission`);
      expect(simulator.requests.all().map(({ path }) => path)).toEqual([
        "/RU/emission",
        "/EU/emission",
        "/NA/emission",
      ]);
    });
  });
});

describe("the server", () => {
  it("closes while connections are kept alive", async () => {
    const simulator = await GameSimulator.start();
    const replies = await Promise.all(
      Array.from({ length: 20 }, () =>
        request(`${simulator.apiUrl}/RU/emission`, { headers: bearer(simulator.credentials.appToken) }),
      ),
    );
    expect(replies.every(({ status }) => status === 200)).toBe(true);
    await simulator.close();
    await expect(request(`${simulator.apiUrl}/regions`)).rejects.toThrow();
  });

  it("refuses a port that is taken", async () => {
    const first = await GameSimulator.start();
    try {
      await expect(GameSimulator.start({ port: Number(new URL(first.apiUrl).port) })).rejects.toThrow(/EADDRINUSE/);
    } finally {
      await first.close();
    }
  });

  it("gives the same credentials for the same seed, so they outlive a restart", async () => {
    const first = await GameSimulator.start({ seed: 8 });
    const userToken = first.issueUserToken("marten");
    await first.close();
    const second = await GameSimulator.start({ seed: 8 });
    try {
      expect(second.credentials).toEqual(first.credentials);
      expect((await request(`${second.apiUrl}/RU/characters`, { headers: bearer(userToken) })).status).toBe(200);
    } finally {
      await second.close();
    }
    const other = await GameSimulator.start({ seed: 9 });
    try {
      expect(other.credentials.clientSecret).not.toBe(first.credentials.clientSecret);
      expect((await request(`${other.apiUrl}/RU/characters`, { headers: bearer(userToken) })).status).toBe(401);
    } finally {
      await other.close();
    }
  });
});
