import { afterEach, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import type { WatchStore } from "../../../src/store/index.js";
import { Cadence } from "../../../src/watch/looking/cadence.js";
import { Looking } from "../../../src/watch/looking/looking.js";
import { defineWatcher, type Look } from "../../../src/watch/index.js";
import { ManualClock } from "../../manual-clock.js";
import { lent } from "../../store/engines.js";
import { added, sending } from "../../store/watch/requests.js";

const running: Looking[] = [];
afterEach(async () => {
  for (const looking of running.splice(0)) await looking.stop();
});

interface World {
  /** What the next look sees. */
  price: number;
  down: boolean;
  looks: number;
}

/** Tells each watch of each new price. */
function watcherOf(world: World) {
  return defineWatcher({
    kind: "price",
    pace: { everyMs: 60_000, points: 2, elastic: true },
    state: z.number(),
    rule: z.object({ below: z.number() }),
    memory: z.array(z.number()),
    look({ state, watches }): Promise<Look<number, number[]>> {
      world.looks += 1;
      if (world.down) return Promise.reject(new Error("the game is down"));
      const { price } = world;
      const told = watches.filter(({ rule }) => price !== state && price < rule.below);
      return Promise.resolve({
        state: price,
        events: told.map(({ id }) => ({ watchId: id, event: { price } })),
        memories: told.map(({ id, memory = [] }) => ({ watchId: id, memory: [...memory, price] })),
        nextInMs: 0,
      });
    },
  });
}

async function started(world: World) {
  const store = (await lent()).watching("production");
  const clock = new ManualClock();
  const watchers = [watcherOf(world)];
  const log: string[] = [];
  const say = (_details: object, message: string) => void log.push(message);
  const cadence = new Cadence(watchers, () => 400);
  const options = { store, watchers, cadence, clock, random: () => 0.5, log: { info: say, warn: say, error: say } };
  const looking = new Looking(options);
  running.push(looking);
  looking.start();
  return { store, clock, looking, log };
}

const worldOf = (): World => ({ price: 3, down: false, looks: 0 });

/** What would be sent now. */
async function waiting({ outbox }: WatchStore): Promise<unknown[]> {
  const { targets } = await outbox.claim(sending("peek", 0));
  return targets.flatMap(({ deliveries }) => deliveries.map(({ event }) => event));
}

test("a new watch is looked at at once, and what it finds is on its way at once", async () => {
  const world = worldOf();
  const { store, clock } = await started(world);
  await added(store);
  await expect.poll(() => world.looks).toBe(1);
  // The first word on a subject waits for nothing but others that come at the same moment.
  await expect.poll(async () => (await clock.pass(20), waiting(store))).toEqual([{ price: 3 }]);
});

test("each change is told once, however often it is seen", async () => {
  const world = worldOf();
  const { store, clock } = await started(world);
  await added(store);
  await expect.poll(async () => (await clock.pass(100), waiting(store))).toHaveLength(1);
  for (const price of [3, 2, 2, 9, 1]) {
    world.price = price;
    const before = world.looks;
    await expect.poll(async () => (await clock.pass(15_000), world.looks)).toBeGreaterThan(before);
  }
  await expect
    .poll(async () => (await clock.pass(3_000), waiting(store)))
    .toEqual([{ price: 3 }, { price: 2 }, { price: 1 }]);
});

test("while the game is down nothing changes, one line says so, and it goes on by itself", async () => {
  const world = worldOf();
  const { store, clock, log } = await started(world);
  world.down = true;
  await added(store);
  await added(store, { subject: "EU:other" });
  await expect
    .poll(async () => (await clock.pass(3_000), (await store.watches.list({ ownerId: "1" }))[0]?.failures))
    .toBe(1);
  expect(log).toEqual(["looking failed; it is tried again"]);
  world.down = false;
  await store.watches.resume(
    (await store.watches.list({ ownerId: "1" }))[0]!.id,
    { ownerId: "1" },
    { periodMs: 1, points: 1 },
  );
  await expect.poll(async () => (await clock.pass(3_000), waiting(store))).toEqual([{ price: 3 }]);
});

test("what was being looked at when the bot stops is due at once for the next one", async () => {
  const store = (await lent()).watching("production");
  const clock = new ManualClock();
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  let begun = 0;
  const endless = defineWatcher({
    ...{ kind: "price", state: z.unknown(), rule: z.unknown(), memory: z.unknown() },
    pace: { everyMs: 60_000, points: 2, elastic: true },
    look: () => {
      begun += 1;
      return new Promise<never>(() => undefined);
    },
  });
  const start = () => {
    const cadence = new Cadence([endless], () => 400);
    const looking = new Looking({ store, watchers: [endless], cadence, clock, random: Math.random, log: quiet });
    looking.start();
    onTestFinished(() => looking.stop());
    return looking;
  };
  const first = start();
  await added(store);
  await expect.poll(() => begun).toBe(1);
  await first.stop();
  start();
  await expect.poll(() => begun).toBe(2);
});
