import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { createLog } from "../../src/log.js";
import { landmarks } from "@zonewire/sandbox/game";
import { startZonewire, type Zonewire } from "../../src/zonewire.js";
import { EventReader } from "../../packages/sandbox/test/playground/stage.js";
import { ShiftedClock } from "./bot.js";
import { consent, visit } from "./linking.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const STAMP = /<t:(\d+):[RftT]>/g;
const { items, characters } = landmarks;

/**
 * The sandbox at sixty times the speed, ten days later: its world is then more than a year ahead of the machine, and a
 * moment that is told in the machine's time would stand out.
 */
describe("in a hurried world every moment is told in the world's time", () => {
  const clock = new ShiftedClock();
  let zonewire: Zonewire;
  let events: EventReader;

  const post = async (what: string, body: object): Promise<unknown> => {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${zonewire.address}/api/${what}`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    return answer.json();
  };
  const worldNow = async () => z.object({ now: z.number() }).parse(await post("world", { speed: 60 })).now;
  /** The first answer in which a moment is told. */
  const told = async (command: string, options: Record<string, unknown> = {}) => {
    await post("slash", { command, options });
    let text = "";
    while (!STAMP.test(text)) text = JSON.stringify((await events.nextOf("created", "updated")).message);
    STAMP.lastIndex = 0;
    return { text, moments: [...text.matchAll(STAMP)].map(([, seconds]) => Number(seconds) * 1_000) };
  };

  beforeAll(async () => {
    zonewire = await startZonewire({
      config: {
        discord: undefined,
        game: undefined,
        itemsSource: undefined,
        http: { host: "127.0.0.1", port: 0 },
        logLevel: "silent",
      },
      log: createLog("silent", { terminal: false }),
      version: "0.0.0-test",
      clock,
      signal: new AbortController().signal,
      onRefused: () => undefined,
    });
    await worldNow();
    clock.shift += 10 * DAY;
  });
  beforeEach(async () => {
    events = await EventReader.open(`${zonewire.address}/api/events`);
    await events.nextOf("history");
  });
  afterEach(() => {
    events.close();
  });
  afterAll(() => zonewire.close());

  test("while an account is linked", async () => {
    const { text, moments } = await told("link");
    expect(moments[0]! - (await worldNow())).toBeGreaterThan(5 * HOUR);
    const address = /"(http[^"]*state=[^"]*)"/.exec(text)?.[1];
    expect((await visit(await consent(address!.replaceAll("\\u0026", "&"), "marten"))).status).toBe(200);
  });

  test.each<[string, Record<string, unknown>?]>([
    ["emission", { region: "EU" }],
    ["price", { item: items.artefact, region: "RU" }],
    ["lots", { item: items.popular, region: "RU" }],
    ["history", { item: items.popular, region: "RU" }],
    ["craft", { item: items.crafted, region: "RU" }],
    ["barter", { item: items.bartered, region: "RU" }],
    ["clan list", { region: "EU" }],
    ["clan members", { region: "EU" }],
    ["character profile", { name: characters.leader, region: "EU" }],
    ["operations", { region: "EU" }],
    ["account"],
    ["privacy show"],
    ["status"],
  ])("by /%s", async (command, options) => {
    const { moments, text } = await told(command, options);
    const [world, machine] = [await worldNow(), clock.now()];
    expect(world - machine).toBeGreaterThan(500 * DAY);
    expect(
      moments.filter((moment) => Math.abs(moment - machine) < 12 * HOUR),
      text,
    ).toEqual([]);
    // Something of it happened just now, or will soon.
    expect(
      moments.some((moment) => Math.abs(moment - world) < 40 * DAY),
      text,
    ).toBe(true);
  });

  test("when the points are used up", async () => {
    await post("world", { trouble: "limited" });
    const { moments } = await told("emission", { region: "SEA" });
    expect(Math.abs(moments[0]! - (await worldNow()))).toBeLessThan(3 * HOUR);
    await post("world", { trouble: "none" });
  });
});
