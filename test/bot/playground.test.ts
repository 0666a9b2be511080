import { afterEach, beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { systemClock } from "../../src/time.js";
import { createLog } from "../../src/log.js";
import { startZonewire, type Zonewire } from "../../src/zonewire.js";
import { PATIENCE_MS } from "../patience.js";
import { EventReader } from "../../packages/sandbox/test/playground/stage.js";
import { borrowStore } from "../store/shared.js";
import type { Step } from "../../packages/sandbox/src/playground/page/protocol.js";

/** The bot as it starts without any key: game and Discord simulated, and the page's server in front. */
let zonewire: Zonewire;
let events: EventReader;

const world = z.object({ now: z.number() });

beforeEach(async () => {
  const { store, giveBack } = await borrowStore(systemClock);
  zonewire = await startZonewire({
    store,
    acknowledgeMs: PATIENCE_MS,
    config: {
      discord: undefined,
      game: undefined,
      itemsSource: undefined,
      http: { host: "127.0.0.1", port: 0 },
      logLevel: "silent",
    },
    log: createLog("silent", { terminal: false }),
    version: "0.0.0-test",
    signal: new AbortController().signal,
    onRefused: () => undefined,
  });
  events = await EventReader.open(`${zonewire.address}/api/events`);
  await events.nextOf("history");
  return () => zonewire.close().finally(giveBack);
});

afterEach(() => {
  events.close();
});

async function post(what: string, body: object): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return fetch(`${zonewire.address}/api/${what}`, { method: "POST", headers, body: JSON.stringify(body) });
}

async function emission(): Promise<string> {
  await post("slash", { command: "emission", options: { region: "EU" } });
  const { message } = await events.nextOf("created", "updated");
  return JSON.stringify(message);
}

it("starts an emission at once, although the bot has just looked", async () => {
  await post("world", { speed: 0 });
  await emission();
  expect(await (await post("world", { emission: "EU" })).json()).toMatchObject({ speed: 0, trouble: "none" });
  expect(await emission()).toContain("An emission is under way");
});

it("lets the world's time stand still or hurry, and tells every page", async () => {
  await post("world", { speed: 0 });
  const stopped = (await events.nextOf("world")).world;
  expect(stopped.speed).toBe(0);
  await post("world", { speed: 60 });
  const again = (await events.nextOf("world")).world;
  expect(again.speed).toBe(60);
  expect(again.now).toBeGreaterThanOrEqual(stopped.now);
  expect((await post("world", { speed: 7 })).status).toBe(400);
});

it.each([
  ["errors", "The game's API is down right now"],
  ["limited", "The game API’s request limit is used up"],
  ["down", "The game's API is down right now"],
])("breaks the game's API (%s) and repairs it", async (trouble, said) => {
  expect(await (await post("world", { trouble })).json()).toMatchObject({ trouble });
  expect((await events.nextOf("world")).world.trouble).toBe(trouble);
  expect(await emission()).toContain(said);
  expect(await (await post("world", { trouble: "none" })).json()).toMatchObject({ trouble: "none" });
});

it("tells what a command asked of the game and of Discord, and what it had in memory", async () => {
  const stepsOf = async (count: number) => {
    await post("slash", { command: "emission", options: { region: "EU" } });
    const { interaction } = await events.nextOf("began");
    const steps: Step[] = [];
    while (steps.length < count) steps.push(await events.nextOf("step"));
    expect(steps.every((step) => step.interaction === interaction)).toBe(true);
    return steps;
  };
  expect(await stepsOf(2)).toMatchObject([
    { to: "game", request: "GET /EU/emission", outcome: "sent", status: 200 },
    { to: "discord", request: "POST /interactions/:interaction/:token/callback", outcome: "sent", status: 204 },
  ]);
  expect(await stepsOf(2)).toMatchObject([
    { to: "game", request: "GET /EU/emission", outcome: "cached" },
    { to: "discord", outcome: "sent" },
  ]);
});

it("tells moments of the machine in the hurried world's time", async () => {
  await post("world", { speed: 60 });
  await post("slash", { command: "link" });
  let text = "";
  while (!text.includes("<t:")) text = JSON.stringify((await events.nextOf("created", "updated")).message);
  const { now } = world.parse(await (await post("world", { speed: 0 })).json());
  const [, seconds] = /<t:(\d+):R>/.exec(text) ?? [];
  // A link lives for ten minutes, which are ten hours in this world.
  expect(Number(seconds) * 1000 - now).toBeGreaterThan(5 * 3_600_000);
});
