// Looks at 700 items for 10,000 watches on an embedded database, with a watcher that answers from memory: 100 lots an item,
// of which some are new and match. Says what that cost.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../../src/store/database.js";
import { migrate } from "../../src/store/migrate.js";
import { openDatabase } from "../../src/store/store.js";
import { WatchStore } from "../../src/store/watch/watch-store.js";
import { MINUTE_MS, systemClock } from "../../src/time.js";
import { defineWatcher, type AnyWatcher } from "../../src/watch/index.js";
import { Cadence } from "../../src/watch/looking/cadence.js";
import { Looking } from "../../src/watch/looking/looking.js";
import { median } from "../table.js";

const [WATCHES, ITEMS, LOTS, CROWD] = [10_000, 700, 100, 5_000];
const LIMIT_PER_MINUTE = 400;
const minutes = Number(process.env.MINUTES);

const quiet = { info: () => undefined, warn: console.error, error: console.error };

let queries = 0;
const took: Record<"claim" | "commit", number[]> = { claim: [], commit: [] };

/** Counts statements. */
function counted(database: Database): Database {
  return {
    ...database,
    run: (work) => ((queries += 1), database.run(work)),
    read: (work) => ((queries += 1), database.read(work)),
    // Begin, commit and about two statements.
    transaction: (work) => ((queries += 4), database.transaction(work)),
  };
}

function timed(store: WatchStore): Pick<WatchStore, "looks" | "listen"> {
  const { looks } = store;
  const measure = async <T>(what: keyof typeof took, work: Promise<T>): Promise<T> => {
    const begun = performance.now();
    const result = await work;
    took[what].push(performance.now() - begun);
    return result;
  };
  return {
    listen: (hear) => store.listen(hear),
    looks: Object.assign(Object.create(looks) as typeof looks, {
      claim: (...given: Parameters<typeof looks.claim>) => measure("claim", looks.claim(...given)),
      commit: (...given: Parameters<typeof looks.commit>) => measure("commit", looks.commit(...given)),
      demand: () => looks.demand(),
      tidy: () => looks.tidy(),
      giveBack: (lease: string) => looks.giveBack(lease),
    }),
  };
}

/** One change that all who watch it are told of, in milliseconds from its claim on. */
async function tellCrowd(): Promise<number> {
  await database.run((db) =>
    db.execute(sql`insert into watches (id, kind, source, subject, owner_id, target, crosspost, silent, rule, locale, state,
        touched_at, created_at)
      select 'crowd' || n, 'emission', 'bench', 'EU', n::text, 'channel:' || n, false, false, '{}', 'en', 'running', now(), now()
      from generate_series(1, ${CROWD}::int) n`),
  );
  await store.looks.tidy();
  const begun = performance.now();
  const wanted = [{ kind: "emission", most: 1, earlyMs: 0, leaseMs: MINUTE_MS }] as const;
  const { subjects } = await store.looks.claim({ lease: "crowd", wanted });
  const results = subjects.map(({ kind, subject, lease, watches }) => ({
    ...{ kind, subject, lease, nextInMs: MINUTE_MS, periodMs: MINUTE_MS },
    seen: {
      ...{ state: {}, pauses: [], observed: [], log: [], panelsDirty: true, points: 1 },
      events: watches.map(({ id }) => ({ watchId: id, event: { kind: "emission" } })),
      memories: watches.map(({ id }) => ({ watchId: id, memory: {} })),
    },
  }));
  const { alerts: told } = await store.looks.commit(results);
  if (told !== CROWD) throw new Error(`of ${CROWD} that watch an emission, ${told} are told`);
  return performance.now() - begun;
}

let looks = 0;
let alerts = 0;
const newLot = (id: number): [number, number] => [id, Math.random()];
const lot = z.tuple([z.number(), z.number()]);

/** One lot in ten is another one at each look; a watch is told of those below its price that it was not told of. */
const watcher: AnyWatcher = defineWatcher({
  kind: "price",
  pace: { everyMs: MINUTE_MS, points: 2, elastic: true },
  state: z.object({ seed: z.number(), lots: z.array(lot) }),
  rule: z.object({ below: z.number() }),
  memory: z.array(z.number()),
  look({ state = { seed: 0, lots: [] }, watches }) {
    looks += 1;
    const seed = state.seed + LOTS / 10;
    const lots = [...state.lots.slice(-0.9 * LOTS), ...Array.from({ length: LOTS / 10 }, (_, n) => newLot(seed + n))];
    const events: { watchId: string; event: unknown }[] = [];
    const memories: { watchId: string; memory: number[] }[] = [];
    for (const { id, rule, memory = [] } of watches) {
      const told = new Set(memory);
      const fresh = lots.filter(([lotId, price]) => price < rule.below && !told.has(lotId));
      if (fresh.length === 0) continue;
      events.push({ watchId: id, event: { kind: "price", lots: fresh } });
      memories.push({ watchId: id, memory: [...memory.slice(-50), ...fresh.map(([lotId]) => lotId)] });
    }
    return Promise.resolve({ state: { seed, lots }, events, memories });
  },
});

async function start(store: WatchStore) {
  const cadence = new Cadence([watcher], () => LIMIT_PER_MINUTE);
  cadence.plan(await store.looks.demand());
  const observer = { alerts: (count: number) => void (alerts += count) };
  const options = { watchers: [watcher], cadence, clock: systemClock, random: Math.random, log: quiet, observer };
  const looking = new Looking({ store: timed(store), ...options });
  looking.start();
  return { looking, cadence };
}

/** The share of one core that the process takes for so long. */
async function core(ms: number): Promise<number> {
  const before = process.cpuUsage();
  const begun = performance.now();
  await pause(ms);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / (performance.now() - begun);
}

const dataDir = await mkdtemp(join(tmpdir(), "zonewire-bench-"));
const settings = { dataDir, databaseUrl: undefined, keys: undefined };
const { database } = await openDatabase({ settings, clock: systemClock, log: quiet });
await migrate(database);
const store = new WatchStore(counted(database), "bench");
const idle = await start(store);
await pause(5_000);
const emptyCore = await core(30_000);
await idle.looking.stop();

// Of 25 watches a person; one watch in fifty sees something new at each look.
await database.run((db) =>
  db.execute(sql`insert into watches (id, kind, source, subject, owner_id, target, crosspost, silent, rule, locale, state,
      touched_at, created_at)
    select 'watch' || n, 'price', 'bench', 'EU:item' || n % ${ITEMS}::int, (n / 25)::text, 'dm:' || n / 25, false, false,
      jsonb_build_object('below', 0.002), 'en', 'running', now(), now() from generate_series(1, ${WATCHES}::int) n`),
);
await store.looks.tidy();
const { looking, cadence } = await start(store);
await pause(2_000);
const { periodMs } = cadence.paceOf("price");
await database.run((db) =>
  db.execute(sql`update watch_subjects set lease = null, leased_until = null,
    due_at = now() + random() * ${periodMs}::float8 * interval '1 millisecond'`),
);
await pause(MINUTE_MS);
[queries, looks, alerts] = [0, 0, 0];
took.claim = [];
took.commit = [];
const share = await core(minutes * MINUTE_MS);
await looking.stop();
const crowd = await tellCrowd();
process.send?.({
  ...{ watches: WATCHES, subjects: ITEMS, looks, alerts, queries, core: share, emptyCore, periodMs },
  medianMs: { claim: median(took.claim), commit: median(took.commit) },
  ...{ crowd: CROWD, crowdMs: crowd },
});
await database.close();
await rm(dataDir, { recursive: true, force: true });
