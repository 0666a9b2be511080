import { describe, expect, test } from "vitest";
import type { Asker, CallOptions } from "../src/index.js";
import { settled, ManualClock } from "../../../test/manual-clock.js";
import { client } from "./client.js";
import { limits, ScriptedServer } from "./scripted-server.js";

const LIMIT = 100;
const spammer: Asker = { person: "spammer", place: "S" };

/** An API of 100 points a minute, of which the spammer has used more than what is theirs at once. */
async function start() {
  const clock = new ManualClock();
  const reset = clock.now() + 60_000;
  const left = new Map<string, number>();
  const server = await ScriptedServer.start(({ headers: { authorization = "" } }) => {
    left.set(authorization, (left.get(authorization) ?? LIMIT) - 2);
    return { headers: limits(left.get(authorization) ?? 0, reset, LIMIT), body: { total: 0, lots: [], prices: [] } };
  });
  const api = client(server, { clock });
  const ask = (asker: Asker | undefined, item: string, options?: CallOptions): Promise<unknown> =>
    api.as(asker).auction("EU").getItemLots(item, options);
  await ask(undefined, "first");
  for (let n = 0; n < 9; n += 1) await ask(spammer, `early ${n}`);
  return { ask, clock, server };
}

const outcome = (call: Promise<unknown>) =>
  call.then(
    () => "served",
    (error: unknown) => String((error as { reason?: unknown }).reason ?? error),
  );

describe("who is held back", () => {
  test("whoever joins a request that is held takes it over, and both have the answer at once", async () => {
    const { ask, clock, server } = await start();
    const before = server.seen.length;
    const held = outcome(ask(spammer, "wanted"));
    await settled();
    expect(server.seen).toHaveLength(before);
    const joined = ask({ person: "somebody", place: "T" }, "wanted");
    await joined;
    expect(await held).toBe("served");
    expect(server.seen).toHaveLength(before + 1);
    expect(clock.now()).toBe(new ManualClock().now());
  });

  test("whoever is held back as well does not", async () => {
    const { ask, clock, server } = await start();
    const before = server.seen.length;
    const both = [outcome(ask(spammer, "wanted")), outcome(ask(spammer, "wanted"))];
    await settled();
    expect(server.seen).toHaveLength(before);
    await clock.pass(2_000);
    expect(await Promise.all(both)).toEqual(["served", "served"]);
    expect(server.seen).toHaveLength(before + 1);
  });

  test("what is nobody's account is not held back, whoever the client is for", async () => {
    const { ask, server } = await start();
    const before = server.seen.length;
    await Promise.all(Array.from({ length: 10 }, (_, n) => ask(spammer, `list ${n}`, { asker: null })));
    expect(server.seen).toHaveLength(before + 10);
  });

  test("nor is what is asked with a token of one's own, up to its limit", async () => {
    const { ask, clock, server } = await start();
    const before = server.seen.length;
    const own: CallOptions = { token: "players-own" };
    await Promise.all(Array.from({ length: 40 }, (_, n) => ask(spammer, `own ${n}`, own)));
    expect(server.seen).toHaveLength(before + 40);
    // With the application's token they wait on.
    const held = outcome(ask(spammer, "not my own"));
    await settled();
    expect(server.seen).toHaveLength(before + 40);
    await clock.pass(2_000);
    expect(await held).toBe("served");
  });
});
