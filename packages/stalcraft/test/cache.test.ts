import { describe, expect, it } from "vitest";
import { StalcraftError } from "../src/index.js";
import { lot } from "./bodies.js";
import { client } from "./client.js";
import { ManualClock } from "../../../test/manual-clock.js";
import { type Reply, ScriptedServer } from "./scripted-server.js";
import { ok, outcomes } from "./session.js";

describe("identical calls at one time", () => {
  it("share one request", async () => {
    const server = await ScriptedServer.start(() => ok);
    const api = client(server);
    const calls = Array.from({ length: 1_000 }, () => api.emissions("EU").getInfo({ maxAge: 0 }));
    expect(new Set(await outcomes(calls))).toEqual(new Set(["ok"]));
    expect(server.seen).toHaveLength(1);
  });

  it("do not share across credentials or queries", async () => {
    const server = await ScriptedServer.start(() => ({ body: { total: 0, lots: [] } }));
    const auction = client(server).auction("EU");
    await Promise.all([
      auction.getItemLots("x"),
      auction.getItemLots("x", { token: "another" }),
      auction.getItemLots("x", { limit: 5 }),
    ]);
    expect(server.seen).toHaveLength(3);
  });

  it("may be aborted one by one, each with its own reason; the last takes the request along", async () => {
    let answer: (reply: Reply) => void = () => undefined;
    const server = await ScriptedServer.start(() => new Promise((resolve) => (answer = resolve)));
    const api = client(server);
    const controllers = [new AbortController(), new AbortController()] as const;
    const [first, second, third] = [controllers[0].signal, controllers[1].signal, undefined].map((signal) =>
      api.emissions("EU").getInfo({ signal }),
    );
    await server.requests(1);
    controllers[0].abort("not needed");
    await expect(first).rejects.toBe("not needed");
    answer(ok);
    expect(await second).toBe(await third);

    const lone = api.emissions("RU").getInfo({ signal: controllers[1].signal });
    await server.requests(2);
    const reason = new Error("gone");
    controllers[1].abort(reason);
    await expect(lone).rejects.toBe(reason);
    await server.until(() => server.aborted === 1);
    await expect(api.emissions("SEA").getInfo({ signal: controllers[1].signal })).rejects.toBe(reason);
    expect(server.seen).toHaveLength(2);
  });
});

describe("the cache", () => {
  it("answers until the time of the route or of the call is over, and tells the original time", async () => {
    const server = await ScriptedServer.start(() => ok);
    const clock = new ManualClock();
    let hits = 0;
    const api = client(server, { clock, observer: { cacheHit: () => (hits += 1) } });
    const first = await api.emissions("EU").getInfo();
    await clock.pass(9_999);
    expect((await api.emissions("EU").getInfo()).receivedAt).toEqual(first.receivedAt);
    expect([server.seen.length, hits]).toEqual([1, 1]);
    await clock.pass(1);
    await api.emissions("EU").getInfo();
    expect(server.seen).toHaveLength(2);
    await api.emissions("EU").getInfo({ maxAge: 0 });
    expect(server.seen).toHaveLength(3);
    await clock.pass(60_000);
    await api.emissions("EU").getInfo({ maxAge: 120_000 });
    expect(server.seen).toHaveLength(3);
  });

  it("keeps no errors, and nothing of another credential", async () => {
    const server = await ScriptedServer.start((_, number) => (number === 1 ? { body: "nonsense" } : ok));
    const api = client(server);
    await expect(api.emissions("EU").getInfo()).rejects.toBeInstanceOf(StalcraftError);
    await api.emissions("EU").getInfo();
    await api.emissions("EU").getInfo({ token: "another" });
    await api.emissions("EU").getInfo();
    expect(server.seen).toHaveLength(3);
  });

  it("forgets the least recently used, by number and by size, and can be turned off", async () => {
    const server = await ScriptedServer.start(({ path }) => ({
      body: { total: 1, lots: [{ ...lot, itemId: path.includes("big") ? "x".repeat(50_000) : "x" }] },
    }));
    const few = client(server, { cache: { entries: 2 } }).auction("EU");
    for (const item of ["a", "b", "a", "c", "a"]) await few.getItemLots(item);
    expect(server.seen).toHaveLength(3);
    await few.getItemLots("b");
    expect(server.seen).toHaveLength(4);
    const small = client(server, { cache: { bytes: 20_000 } }).auction("EU");
    for (const item of ["big", "big", "a", "a"]) await small.getItemLots(item);
    expect(server.seen).toHaveLength(7);
    const off = client(server, { cache: false }).auction("EU");
    for (const item of ["a", "a"]) await off.getItemLots(item);
    expect(server.seen).toHaveLength(9);
  });
});
