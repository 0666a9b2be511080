import { describe, expect, it } from "vitest";
import { client } from "./client.js";
import { ManualClock, settled } from "../../../test/manual-clock.js";
import { limits, type Reply, ScriptedServer } from "./scripted-server.js";
import { ok, outcomes } from "./session.js";

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
