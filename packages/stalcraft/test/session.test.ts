import { describe, expect, it } from "vitest";
import { type RequestEvent, ServerError, StalcraftError } from "../src/index.js";
import { emission, lot } from "./bodies.js";
import { client } from "./client.js";
import { ManualClock, settled } from "../../../test/manual-clock.js";
import { limits, type Reply, ScriptedServer } from "./scripted-server.js";

const ok: Reply = { body: emission };
const broken: Reply = { status: 503 };
const random = () => 0.5;

/** Collects how promises end. */
function outcomes(calls: Promise<unknown>[]): Promise<string[]> {
  const name = (error: unknown) => (error instanceof Error ? error.name : String(error));
  return Promise.all(calls.map((call) => call.then(() => "ok", name)));
}

describe("retries", () => {
  it("repeat what may succeed a moment later, with jitter", async () => {
    const replies: Reply[] = [broken, "reset", ok];
    const server = await ScriptedServer.start((_, number) => replies[number - 1] ?? "hang");
    const clock = new ManualClock();
    const events: RequestEvent[] = [];
    const api = client(server, { clock, random, observer: { request: (event) => events.push(event) } });
    const call = api.emissions("EU").getInfo();
    for (const expected of [1, 2, 3]) {
      while (server.seen.length < expected) await clock.pass(10);
    }
    expect((await call).raw()).toEqual(emission);
    expect(events.map(({ outcome, attempt }) => [outcome, attempt])).toEqual([
      ["server-error", 1],
      ["connection-error", 2],
      ["ok", 3],
    ]);
    expect(events[0]).toMatchObject({
      route: "emission",
      method: "GET",
      status: 503,
      cost: 1,
      priority: "interactive",
    });
  });

  it("stop after a few tries, and do not repeat what will not change", async () => {
    const server = await ScriptedServer.start(() => ({ status: 404 }));
    const api = client(server, { random: () => 0 });
    await expect(api.emissions("EU").getInfo()).rejects.toMatchObject({ name: "NotFoundError" });
    expect(server.seen).toHaveLength(1);
    server.script = () => broken;
    await expect(api.emissions("EU").getInfo()).rejects.toMatchObject({ name: "ServerError", status: 503 });
    expect(server.seen).toHaveLength(4);
  });

  it("end with the time for the whole call", async () => {
    const server = await ScriptedServer.start(() => "hang");
    const clock = new ManualClock();
    const started = clock.now();
    const call = client(server, { clock, random }).emissions("EU").getInfo();
    const outcome = outcomes([call]);
    for (const expected of [1, 2, 3]) {
      await server.requests(expected);
      await clock.pass(expected === 3 ? 8_000 - (clock.now() - started) : 3_300);
    }
    expect(await outcome).toEqual(["TimeoutError"]);
    expect(clock.now() - started).toBe(8_000);
    await server.until(() => server.aborted === 3);
  });
});

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

describe("the points of the rate limit", () => {
  const minute = 60_000;

  it("once spent, are waited for when that is soon, else the call fails at once", async () => {
    const clock = new ManualClock();
    const reset = clock.now() + 20_000;
    const server = await ScriptedServer.start((_, number) => ({
      ...ok,
      headers: number === 1 ? limits(0, reset) : limits(399, reset + minute),
    }));
    const api = client(server, { clock, cache: false });
    await api.emissions("EU").getInfo();
    expect(api.budget()).toEqual({
      limit: 400,
      remaining: 0,
      resetAt: new Date(reset + 100),
      queued: 0,
      circuit: "closed",
    });
    await expect(api.emissions("EU").getInfo()).rejects.toMatchObject({
      name: "RateLimitError",
      status: undefined,
      resetAt: new Date(reset + 100),
    });
    await clock.pass(15_000);
    const waiting = api.emissions("EU").getInfo();
    await settled();
    expect(api.budget().queued).toBe(1);
    expect(server.seen).toHaveLength(1);
    await clock.pass(5_100);
    await waiting;
    expect(server.seen).toHaveLength(2);
    expect(api.budget().remaining).toBe(399);
  });

  it("are left to people by background requests, which wait", async () => {
    const clock = new ManualClock();
    const reset = clock.now() + 30_000;
    let remaining = 101;
    const server = await ScriptedServer.start(() => ({ ...ok, headers: limits((remaining -= 1), reset) }));
    const api = client(server, { clock, cache: false });
    await api.emissions("EU").getInfo();
    const background = api.emissions("RU").getInfo({ priority: "background" });
    await settled();
    expect(api.budget().queued).toBe(1);
    await api.emissions("EU").getInfo();
    expect(server.seen.map(({ path }) => path)).toEqual(["/EU/emission", "/EU/emission"]);
    remaining = 400;
    await clock.pass(30_100);
    await background;
    expect(server.seen).toHaveLength(3);
    // One that may not wait so long hears at once.
    remaining = 10;
    await api.emissions("EU").getInfo();
    const impatient = api.emissions("RU").getInfo({ priority: "background", timeout: 1_000 });
    await expect(impatient).rejects.toMatchObject({ name: "RateLimitError" });
  });

  it("let an interactive caller lift a background request that waits", async () => {
    const clock = new ManualClock();
    const reset = clock.now() + 30_000;
    const server = await ScriptedServer.start((_, number) => ({ ...ok, headers: limits(51 - number, reset) }));
    const api = client(server, { clock, cache: false });
    await api.emissions("EU").getInfo();
    const background = api.emissions("RU").getInfo({ priority: "background" });
    await settled();
    expect(server.seen).toHaveLength(1);
    const interactive = api.emissions("RU").getInfo();
    expect(await interactive).toBe(await background);
    expect(server.seen).toHaveLength(2);
  });

  it("go to interactive requests first", async () => {
    const held: (() => void)[] = [];
    const server = await ScriptedServer.start(
      () =>
        new Promise<Reply>((resolve) =>
          held.push(() => {
            resolve(ok);
          }),
        ),
    );
    const api = client(server, { connections: 1, cache: false });
    const calls = [
      api.emissions("A").getInfo(),
      api.emissions("B").getInfo({ priority: "background" }),
      api.emissions("C").getInfo(),
    ];
    for (const count of [1, 2, 3]) {
      await server.requests(count);
      held[count - 1]?.();
    }
    await Promise.all(calls);
    expect(server.seen.map(({ path }) => path)).toEqual(["/A/emission", "/C/emission", "/B/emission"]);
  });

  it("after a 429 are not sent before the reset", async () => {
    const clock = new ManualClock();
    const reset = clock.now() + 5_000;
    const refusal: Reply = { status: 429, headers: limits(0, reset) };
    const server = await ScriptedServer.start((_, number) => (number === 1 ? refusal : ok));
    const api = client(server, { clock });
    const call = api.emissions("EU").getInfo();
    await server.requests(1);
    while (api.budget().queued === 0) await settled();
    await clock.pass(5_099);
    expect(server.seen).toHaveLength(1);
    await clock.pass(1);
    await call;
    expect(server.seen).toHaveLength(2);
  });

  it("after a 429 whose reset is too far, or unknown, fail with it", async () => {
    const clock = new ManualClock();
    const reset = clock.now() + 50_000;
    const server = await ScriptedServer.start(() => ({ status: 429, headers: limits(0, reset) }));
    const api = client(server, { clock });
    const resetAt = new Date(reset + 100);
    await expect(api.emissions("EU").getInfo()).rejects.toMatchObject({ name: "RateLimitError", status: 429, resetAt });
    await expect(api.emissions("EU").getInfo()).rejects.toMatchObject({ name: "RateLimitError", status: undefined });
    expect(server.seen).toHaveLength(1);
    server.script = () => ({ status: 429 });
    const token = "another";
    const blind = api.emissions("EU").getInfo({ token, timeout: 2_000 });
    await expect(blind).rejects.toMatchObject({ resetAt: new Date(clock.now() + 5_000) });
  });

  it("after a 429 that names no reset are not waited for by a person, and are by what runs in the background", async () => {
    const clock = new ManualClock();
    const server = await ScriptedServer.start((_, number) => (number === 1 || number === 2 ? { status: 429 } : ok));
    const api = client(server, { clock });
    await expect(api.emissions("EU").getInfo()).rejects.toMatchObject({ name: "RateLimitError", status: 429 });
    expect(server.seen).toHaveLength(1);
    const patient = api.emissions("EU").getInfo({ priority: "background", token: "another" });
    await server.requests(2);
    while (api.budget().queued === 0) await settled();
    await clock.pass(5_000);
    await patient;
    expect(server.seen).toHaveLength(3);
  });

  it("whose caller has no more time are told to be out of points, however long others wait", async () => {
    const clock = new ManualClock();
    const reset = clock.now() + 10_000;
    const server = await ScriptedServer.start(() => ({ status: 429, headers: limits(0, reset) }));
    const api = client(server, { clock });
    const patient = api.emissions("EU").getInfo({ timeout: 60_000 });
    await server.requests(1);
    while (api.budget().queued === 0) await settled();
    const hurried = api.emissions("EU").getInfo({ priority: "background", timeout: 3_000 });
    const ended = outcomes([hurried]);
    await clock.pass(3_000);
    expect(await ended).toEqual(["RateLimitError"]);
    server.script = () => ok;
    await clock.pass(7_200);
    await patient;
  });
});

describe("the circuit breaker", () => {
  it("stops asking an API that fails, and closes with the first success", async () => {
    const server = await ScriptedServer.start(() => broken);
    const clock = new ManualClock();
    const states: string[] = [];
    const api = client(server, { clock, attempts: 1, observer: { circuit: (state) => states.push(state) } });
    const names = await outcomes(Array.from({ length: 5 }, (_, index) => api.emissions(`R${index}`).getInfo()));
    expect(new Set(names)).toEqual(new Set(["ServerError"]));
    expect(api.budget().circuit).toBe("open");
    const refused = await api
      .emissions("EU")
      .getInfo()
      .catch((error: unknown) => error);
    expect(refused instanceof ServerError && refused.circuitOpen).toBe(true);
    expect(server.seen).toHaveLength(5);
    await clock.pass(2_000);
    await expect(api.emissions("EU").getInfo()).rejects.toMatchObject({ status: 503 });
    await expect(api.emissions("EU").getInfo()).rejects.toMatchObject({ circuitOpen: true });
    server.script = () => ok;
    await clock.pass(2_000);
    await api.emissions("EU").getInfo();
    await api.emissions("RU").getInfo();
    expect(states).toEqual(["open", "half-open", "open", "half-open", "closed"]);
  });

  it("lets one request probe, on a new connection, and takes an aborted probe for no answer", async () => {
    const server = await ScriptedServer.start(() => "hang");
    const clock = new ManualClock();
    const api = client(server, { clock, attempts: 1 });
    const calls = outcomes(Array.from({ length: 5 }, (_, index) => api.emissions(`R${index}`).getInfo()));
    await server.requests(5);
    await clock.pass(3_000);
    expect(new Set(await calls)).toEqual(new Set(["TimeoutError"]));
    await clock.pass(2_000);
    const controller = new AbortController();
    const probe = api.emissions("EU").getInfo({ signal: controller.signal });
    await server.requests(6);
    await expect(api.emissions("RU").getInfo()).rejects.toMatchObject({ circuitOpen: true });
    controller.abort("enough");
    await expect(probe).rejects.toBe("enough");
    await settled();
    server.script = () => ok;
    await api.emissions("RU").getInfo();
    expect(api.budget().circuit).toBe("closed");
  });
});

describe("a client", () => {
  it("is not disturbed by an observer that throws", async () => {
    const server = await ScriptedServer.start(() => ok);
    const fail = () => {
      throw new Error("metrics are down");
    };
    const api = client(server, {
      observer: { request: fail, cacheHit: fail, joined: fail, refused: fail, circuit: fail },
    });
    await Promise.all([api.emissions("EU").getInfo(), api.emissions("EU").getInfo()]);
    await api.emissions("EU").getInfo();
    expect(server.seen).toHaveLength(1);
  });

  it("closes: what waits, what is under way and what comes later fails, at once", async () => {
    const server = await ScriptedServer.start(() => "hang");
    const api = client(server, { connections: 1 });
    const calls = outcomes([api.emissions("A").getInfo(), api.emissions("B").getInfo()]);
    await server.requests(1);
    await api.close();
    await api.close();
    expect(await calls).toEqual(["ConnectionError", "ConnectionError"]);
    await expect(api.emissions("A").getInfo()).rejects.toMatchObject({ code: "CLOSED" });
  });
});
