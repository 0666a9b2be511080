import { sql } from "drizzle-orm";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import type { Database } from "../../src/store/database.js";
import { WatchStore } from "../../src/store/watch/watch-store.js";
import { MINUTE_MS } from "../../src/time.js";
import { CrosspostSender } from "../../src/watch/delivering/crossposts.js";
import type { Messenger } from "../../src/watch/delivering/messenger.js";
import { PanelSender } from "../../src/watch/delivering/panel-sender.js";
import { Sender } from "../../src/watch/delivering/sender.js";
import { defineWatcher } from "../../src/watch/index.js";
import { Cadence } from "../../src/watch/looking/cadence.js";
import { Looking } from "../../src/watch/looking/looking.js";
import { Pulse } from "../../src/watch/pulse.js";
import { ManualClock, settled } from "../manual-clock.js";
import { borrowDatabase } from "../store/shared.js";
import { added } from "../store/watch/requests.js";

const STEP_MS = 10_000;
/** Nothing is sent: there is nothing to send. */
const unused = () => Promise.reject(new Error("nothing was to be sent"));
const messenger: Messenger<object> = {
  ...{ post: unused, edit: unused, crosspost: unused, openDm: unused, kindOf: unused, missingIn: unused },
};

/** The same database, and how many statements of a process are under way and were made. */
function counting(database: Database) {
  const count = { made: 0, running: 0 };
  const counted = async <T>(work: () => Promise<T>): Promise<T> => {
    count.made += 1;
    count.running += 1;
    try {
      return await work();
    } finally {
      count.running -= 1;
    }
  };
  const same: Database = {
    run: (work) => counted(() => database.run(work)),
    read: (work) => counted(() => database.read(work)),
    transaction: (work) => counted(() => database.transaction(work)),
    holding: (name, work) => counted(() => database.holding(name, work)),
    unhurried: (work, options) => counted(() => database.unhurried(work, options)),
    listen: (channel, hear) => database.listen(channel, hear),
    close: () => database.close(),
    isShared: database.isShared,
  };
  return { same, count };
}

async function start() {
  const { database, giveBack } = await borrowDatabase();
  const { same, count } = counting(database);
  const [store, others] = [new WatchStore(same, "production"), new WatchStore(database, "production")];
  const clock = new ManualClock();
  const looks: string[] = [];
  const silent = () => undefined;
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  const emission = defineWatcher({
    kind: "emission",
    pace: { everyMs: 10_000, unwatchedMs: 2 * MINUTE_MS, points: 1, elastic: false },
    ...{ state: z.unknown(), rule: z.unknown(), memory: z.unknown() },
    look({ subject, watches }) {
      looks.push(subject);
      return Promise.resolve({ state: 1, nextInMs: watches.length > 0 ? 10_000 : 2 * MINUTE_MS });
    },
  });
  const pulse = new Pulse({ store, clock, onFailure: silent });
  const common = { messenger, clock, random: () => 0.5, log };
  const looking = new Looking({
    ...{ store: { looks: store.looks, listen: pulse.listen.bind(pulse) }, watchers: [emission] },
    ...{ cadence: new Cadence([emission], () => 400), clock, random: () => 0.5, log },
  });
  const senders = [
    new Sender({ ...common, store, render: () => ({}) }),
    new PanelSender({ ...common, panels: store.panels, render: () => Promise.resolve({}) }),
    new CrosspostSender({ ...common, crossposts: store.crossposts }),
  ];
  const leave = pulse.listen((signal) => {
    if (signal !== "look") for (const one of senders) one.wake();
  });
  looking.start();
  for (const one of senders) one.start();
  onTestFinished(async () => {
    await Promise.all([leave(), looking.stop(), ...senders.map((one) => one.stop())]);
    giveBack();
  });
  /** The process's time passes, and the database's with it. */
  const pass = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += STEP_MS) {
      await database.run((db) =>
        db.execute(sql`update watch_subjects set due_at = due_at - ${STEP_MS} * interval '1 millisecond',
          leased_until = leased_until - ${STEP_MS} * interval '1 millisecond'`),
      );
      await clock.pass(STEP_MS);
      for (let calm = 0; calm < 3; calm += 1) {
        await settled();
        if (count.running > 0) calm = -1;
      }
    }
  };
  return { store: others, looks, count, pass };
}

test("where nobody watches, the database is asked no more often than every 15 seconds, with the looks for the archive", async () => {
  const { store, looks, count, pass } = await start();
  await pass(MINUTE_MS);
  count.made = 0;
  await pass(6 * MINUTE_MS);
  expect(count.made).toBeLessThanOrEqual(24);
  // Signals that get lost are made up for.
  expect(count.made).toBeGreaterThanOrEqual(12);
  await store.looks.ensureRegions(["EU", "RU", "NA", "SEA"], 0);
  await pass(2 * MINUTE_MS);
  [count.made, looks.length] = [0, 0];
  await pass(10 * MINUTE_MS);
  expect(count.made).toBeLessThanOrEqual(40);
  expect(looks.length).toBeGreaterThanOrEqual(4 * 4);

  // As soon as somebody watches, it is looked at in its own pace.
  await added(store, { kind: "emission", subject: "EU" });
  looks.length = 0;
  await pass(MINUTE_MS);
  expect(looks.filter((subject) => subject === "EU").length).toBeGreaterThanOrEqual(5);
});
