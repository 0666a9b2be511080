// A process that looks at facts and tells of each, once: on the store of its environment, at the Discord and the facts that
// it is told of. It runs until it is killed. SKEW_MS: how wrong its clock is; LEASE_MS: how long others wait for it when it is killed.
import { z } from "zod";
import { Channels } from "../../../src/kernel/messages/channels.js";
import { Messenger } from "../../../src/kernel/messages/messenger.js";
import { messagesRest } from "../../../src/kernel/messages/rest.js";
import { createLog } from "../../../src/log.js";
import { openStore, type WatchKind } from "../../../src/store/index.js";
import { readStoreSettings } from "../../../src/store/settings.js";
import { systemClock, type Clock } from "../../../src/time.js";
import { Sender } from "../../../src/watch/delivering/sender.js";
import { defineWatcher, type AnyWatcher } from "../../../src/watch/index.js";
import { Cadence } from "../../../src/watch/looking/cadence.js";
import { Looking } from "../../../src/watch/looking/looking.js";
import { Pulse } from "../../../src/watch/pulse.js";

const environment = z.object({
  FACTS: z.url(),
  DISCORD: z.url(),
  DISCORD_TOKEN: z.string(),
  SKEW_MS: z.coerce.number(),
  LEASE_MS: z.coerce.number(),
});
const { FACTS, DISCORD, DISCORD_TOKEN, SKEW_MS, LEASE_MS: leaseMs } = environment.parse(process.env);
const clock: Clock = { ...systemClock, now: () => systemClock.now() + SKEW_MS };
const log = createLog("warn", { terminal: false });
const store = await openStore({ settings: readStoreSettings(process.env), clock, log });
const watching = store.watching("facts");

function watcherOf(kind: WatchKind): AnyWatcher {
  return defineWatcher({
    kind,
    pace: { everyMs: 500, points: 0, elastic: false },
    state: z.number(),
    rule: z.object({}),
    memory: z.null(),
    async look({ subject, state = 0, watches, signal }) {
      const answer = await fetch(`${FACTS}/${encodeURIComponent(`${kind} ${subject}`)}`, { signal });
      const count = z.number().parse(await answer.json());
      const fresh = Array.from({ length: count - state }, (_, n) => state + n + 1);
      const events = fresh.flatMap((n) => watches.map(({ id }) => ({ watchId: id, event: { kind, subject, n } })));
      return { state: count, events };
    },
  });
}

const event = z.object({ kind: z.string(), subject: z.string(), n: z.number() });
const watchers = (["emission", "price", "roster"] as const).map(watcherOf);
const random = Math.random;
const cadence = new Cadence(watchers, () => undefined);
const pulse = new Pulse({ store: watching, clock, everyMs: 5_000, onFailure: () => undefined });
const looks = { looks: watching.looks, listen: pulse.listen.bind(pulse) };
const looking = new Looking({ store: looks, watchers, cadence, clock, random, log, leaseMs });
const rest = messagesRest({ token: DISCORD_TOKEN, apiUrl: DISCORD, log });
const sender = new Sender({
  store: watching,
  messenger: new Messenger(rest, new Channels(rest, clock), clock),
  render: (told) => ({
    content: told
      .map((one) => event.parse(one.event))
      .map(({ kind, subject, n }) => `${kind} ${subject} #${n}`)
      .join("\n"),
  }),
  ...{ clock, random, log, leaseMs },
});
pulse.listen((signal) => {
  if (signal === "deliver") sender.wake();
});
looking.start();
sender.start();
process.stdout.write("runs\n");
