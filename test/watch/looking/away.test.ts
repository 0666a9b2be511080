import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { KeyRing } from "../../../src/store/index.js";
import { systemClock } from "../../../src/time.js";
import { defineWatcher } from "../../../src/watch/index.js";
import { Cadence } from "../../../src/watch/looking/cadence.js";
import { Looking } from "../../../src/watch/looking/looking.js";
import { LONGEST_WAIT_MS } from "../../patience.js";
import { freshDatabase, hasServer, opened } from "../../store/engines.js";
import { proxyTo } from "../../store/proxy.js";
import { added, sending } from "../../store/watch/requests.js";

const FACTS = 6;

test.skipIf(!hasServer)(
  "what is seen while the database goes away and comes back is told once, and in order",
  async () => {
    const direct = await freshDatabase();
    const proxy = await proxyTo(direct);
    const settings = { dataDir: "unused", keys: KeyRing.parse(KeyRing.newKey()) };
    const steady = (await opened({ ...settings, databaseUrl: direct })).watching("facts");
    const patience = { connectMs: 1_000, queryMs: 500, holdMs: 500 };
    const shaky = (await opened({ ...settings, databaseUrl: proxy.url }, { patience })).watching("facts");
    let facts = 0;
    const watcher = defineWatcher({
      kind: "price",
      pace: { everyMs: 200, points: 0, elastic: false },
      state: z.number(),
      rule: z.unknown(),
      memory: z.null(),
      look({ state = 0, watches }) {
        // One more at each look, and the connection breaks right before every third can be stored.
        if (facts < FACTS) facts += 1;
        if (facts % 3 === 1) {
          proxy.cut();
          setTimeout(() => {
            proxy.mend();
          }, 300);
        }
        const fresh = Array.from({ length: facts - state }, (_, n) => state + n + 1);
        return Promise.resolve({
          state: facts,
          events: fresh.flatMap((n) => watches.map(({ id }) => ({ watchId: id, event: n }))),
        });
      },
    });
    const said: string[] = [];
    const say = (_details: object, message: string) => void said.push(message);
    const looking = new Looking({
      ...{ store: shaky, watchers: [watcher], cadence: new Cadence([watcher], () => undefined), random: Math.random },
      ...{ clock: systemClock, log: { info: say, warn: say, error: say }, leaseMs: 2_000 },
    });
    await added(steady);
    looking.start();
    onTestFinished(() => looking.stop());
    const told = async () => {
      const { targets } = await steady.outbox.claim(sending("peek", 0));
      return targets.flatMap(({ deliveries }) => deliveries.map(({ event }) => event));
    };
    await expect.poll(told, { timeout: LONGEST_WAIT_MS, interval: 500 }).toHaveLength(FACTS);
    expect(await told()).toEqual(Array.from({ length: FACTS }, (_, n) => n + 1));
    expect(said).toContain("what was seen could not be stored; trying again");
  },
);
