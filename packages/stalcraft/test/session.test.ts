import { describe, expect, it } from "vitest";
import { type RequestEvent, ServerError } from "../src/index.js";
import { emission } from "./bodies.js";
import { client } from "./client.js";
import { ManualClock, settled } from "../../../test/manual-clock.js";
import { type Reply, ScriptedServer } from "./scripted-server.js";
import { ok, outcomes } from "./session.js";

const broken: Reply = { status: 503 };
const random = () => 0.5;

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
