// The past of 15,000 characters over 400 days on an embedded database: what it takes on disk, how long it takes to ask for it,
// and what a day of readings costs. Profiles are as in the simulated game, of people who play on every other day on average.
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { History } from "../../src/history/index.js";
import { changesOf } from "../../src/history/figures.js";
import { isThinnedOn, nextDay } from "../../src/history/reading/turns.js";
import type { CharacterReading, Figures } from "../../src/store/index.js";
import { HistoryStore } from "../../src/store/history/history-store.js";
import { packFigures } from "../../src/store/history/packed.js";
import { vacuum } from "../../src/store/embedded/vacuum.js";
import { migrate } from "../../src/store/migrate.js";
import { rowsFrom, rowsOf } from "../../src/store/rows.js";
import { openDatabase } from "../../src/store/store.js";
import { DAY_MS, systemClock } from "../../src/time.js";
import { STATS } from "../../packages/sandbox/src/game/world/stats.js";
import { percentile } from "../table.js";

const SCALE = Number(process.env.SCALE);
const [CLANS, MEMBERS, PEOPLE] = [200 * SCALE, 50, 5_000 * SCALE];
const [DAYS, DAILY] = [400, 90];
/** Different lives; others are lived the same by several. */
const LIVES = 200 * SCALE;
const CHARACTERS = CLANS * MEMBERS + PEOPLE;
const SOURCE = "bench";
const BATCH = 20;
const NO_FIGURES: Figures = new Map();

const dataDir = await mkdtemp(join(tmpdir(), "zonewire-bench-history-"));
const { database } = await openDatabase({
  settings: { dataDir, databaseUrl: undefined, keys: undefined },
  clock: systemClock,
  log: { warn: console.error },
});
await migrate(database);
const store = new HistoryStore(database, SOURCE);
const history = new History(store);
const NOW = Date.now();
const NOON = new Date("2026-11-29T12:00:00Z");

const growing = STATS.filter(({ type }) => ["INTEGER", "DECIMAL", "DURATION"].includes(type));

function play(totals: number[], hours: number): void {
  for (const [n, { id, type, perHour }] of growing.entries()) {
    const gained = id === "pla-tim" ? hours * 3_600_000 : perHour * hours * (0.5 + Math.random());
    // What comes rarely comes in whole pieces now and then.
    const pieces = type === "DECIMAL" ? gained : Math.floor(gained) + (Math.random() < gained % 1 ? 1 : 0);
    totals[n] = (totals[n] ?? 0) + pieces;
  }
}

const shown = (totals: readonly number[]): Map<number, number> =>
  new Map(totals.map((total, n) => [n, growing[n]?.type === "DECIMAL" ? Math.fround(total) : Math.round(total)]));

/** The rows of a life, as they are after thinning. */
function live(life: number) {
  const habit = 0.1 + 0.85 * Math.random();
  const usual = (0.2 + 3 * Math.random() ** 2) / habit;
  const totals: number[] = [];
  play(totals, 500 + 3_000 * Math.random());
  const rows: { life: number; at: number; until: number; changed: string; was: string }[] = [];
  let [before, since, read] = [shown(totals), DAYS, DAYS];
  for (let ago = DAYS - 1; ago >= 0; ago--) {
    if (Math.random() < habit) play(totals, Math.min(12, usual * (0.5 + Math.random())));
    if (ago > DAILY && ago % 7 !== 0) continue;
    const now = shown(totals);
    const was = new Map([...before].filter(([n, value]) => now.get(n) !== value));
    if (was.size > 0) {
      const packed = packFigures(was);
      rows.push({ life, at: since, until: read, changed: hex(packed.changed), was: hex(packed.figures) });
      since = ago;
    }
    [before, read] = [now, ago];
  }
  const packed = packFigures(before);
  return { rows, last: { life, since, present: hex(packed.changed), figures: hex(packed.figures) } };
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

async function fill(): Promise<void> {
  await database.run(async (db) => {
    const statistics = growing.map(({ id, type }, number) => ({ number, id, type }));
    await db.execute(
      sql`insert into history_statistics select * from ${rowsFrom(statistics, "number int, id text, type text")}`,
    );
    await db.execute(sql`create temporary table lives (life int, at int, until int, changed text, was text)`);
    await db.execute(sql`create temporary table lasts (life int, since int, present text, figures text)`);
    for (let life = 0; life < LIVES; life++) {
      const { rows, last } = live(life);
      await db.execute(
        sql`insert into lives select * from ${rowsFrom(rows, "life int, at int, until int, changed text, was text")}`,
      );
      await db.execute(
        sql`insert into lasts select * from ${rowsFrom([last], "life int, since int, present text, figures text")}`,
      );
    }
    // Each is read at its own time of the day.
    const moment = sql`date_trunc('milliseconds', now()) - number * interval '5 seconds'`;
    await db.execute(sql`insert into history_characters (number, source, region, character_id, name, name_key, present, figures,
        known_since, figures_since, read_at, last_login_at, due_at, failures)
      select number, ${SOURCE}, 'RU', gen_random_uuid()::text, 'Character_' || number, 'character_' || number, decode(present, 'hex'),
        decode(figures, 'hex'), ${moment} - ${DAYS} * interval '1 day', ${moment} - since * interval '1 day', ${moment}, now(), now(), 0
      from generate_series(1, ${CHARACTERS}::int) number join lasts on life = number % ${LIVES}`);
    for (let from = 1; from <= CHARACTERS; from += 1_000) {
      await db.execute(sql`insert into history_snapshots (at, until, character, marks, changed, figures)
        select ${moment} - at * interval '1 day', ${moment} - until * interval '1 day', number, 0, decode(changed, 'hex'), decode(was, 'hex')
        from generate_series(${from}::int, ${Math.min(CHARACTERS, from + 999)}::int) number join lives on life = number % ${LIVES}`);
    }
    await db.execute(sql`insert into history_keeps (source, region, clan_id, person_id, kept_at)
      select ${SOURCE}, 'RU', 'clan-' || clan, clan::text, now() from generate_series(0, ${CLANS - 1}::int) clan`);
    await db.execute(sql`insert into people (discord_id, keeps_history, created_at, updated_at)
      select (1000 + n)::text, true, now(), now() from generate_series(1, ${PEOPLE}::int) n`);
  });
  await store.rosters.ensure();
  await database.run(async (db) => {
    await db.execute(sql`update history_rosters set read_at = now(), due_at = now() + interval '1 day'`);
    await db.execute(sql`insert into history_members (roster_id, character, seen_at)
      select ${SOURCE} || '/clan/RU/clan-' || (number - 1) / ${MEMBERS}, number, now() from generate_series(1, ${CLANS * MEMBERS}::int) number
      union all
      select ${SOURCE} || '/person/' || (1000 + n)::text, ${CLANS * MEMBERS} + n, now() from generate_series(1, ${PEOPLE}::int) n`);
    await db.execute(sql`insert into history_clan_days (source, region, clan_id, day, at, members, level, level_points)
      select ${SOURCE}, 'RU', 'clan-' || clan, floor(extract(epoch from at) / 86400)::int, at, 50, 5, 400000 - ago * 900
      from generate_series(0, ${CLANS - 1}::int) clan, generate_series(0, ${DAYS - 1}::int) ago,
        lateral (select now() - ago * interval '1 day' as at) moment where ago <= ${DAILY} or ago % 7 = 0`);
  });
}

async function timed<T>(took: number[], work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  const result = await work();
  took.push(performance.now() - begun);
  return result;
}

const p95 = (took: readonly number[]) =>
  percentile(
    [...took].sort((a, b) => a - b),
    0.95,
  );

async function folderSize(path: string): Promise<number> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.parentPath.includes("pg_wal"));
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(file.parentPath, file.name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** What `/clan top` asks, of other clans each time. */
async function ask(statistic: string, days: number) {
  const [took, used]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < 60; turn++) {
    const clan = Math.floor(Math.random() * CLANS);
    const names = Array.from({ length: MEMBERS }, (_, n) => `Character_${clan * MEMBERS + n + 1}`);
    const before = process.cpuUsage();
    const found = await timed(took, () => history.growth("RU", names, statistic, days));
    const { user, system } = process.cpuUsage(before);
    used.push((user + system) / 1_000);
    if (found.length < MEMBERS) throw new Error(`of ${MEMBERS} members, the growth of ${found.length} is known`);
  }
  return { statistic, days, ms: p95(took), cpuMs: p95(used) };
}

/** All that the database does for a day of readings, of people of whom every other one has played. */
async function aDay() {
  const took = { claim: [] as number[], commit: [] as number[], thin: [] as number[] };
  let read = 0;
  for (let round = 0; ; round++) {
    const lease = `round-${round}`;
    const { claimed } = await timed(took.claim, () =>
      store.characters.claim({ lease, leaseMs: 180_000, most: BATCH, perMinute: Infinity }),
    );
    if (claimed.length === 0) break;
    read += claimed.length;
    const readings = claimed.map(({ number, name, figures = NO_FIGURES }): CharacterReading => {
      const played = Math.random() < 0.5;
      const now: Figures = new Map(
        [...figures].map(([id, { type, value }]) => [
          id,
          { type, value: played && Math.random() < 0.5 ? value + 1 + Math.floor(value * 0.001) : value },
        ]),
      );
      const seen = { name, lastLoginAt: new Date(NOW), figures: now, changed: changesOf(figures, now) };
      return { number, lease, next: nextDay(name), seen };
    });
    await timed(took.commit, () => store.characters.commit(readings));
    const thinned = claimed.map(({ number }) => number).filter((number) => isThinnedOn(NOW, number));
    if (thinned.length > 0) await timed(took.thin, () => store.thin(thinned));
  }
  const total = [...took.claim, ...took.commit, ...took.thin].reduce((sum, ms) => sum + ms, 0);
  return { read, totalMs: total, claimMs: p95(took.claim), commitMs: p95(took.commit), thinMs: p95(took.thin) };
}

const sizes = () =>
  database.run((db) =>
    rowsOf(
      db,
      sql`select relname as name, pg_total_relation_size(oid)::float8 as bytes from pg_class
        where relkind = 'r' and relname like 'history_%' order by 2 desc limit 4`,
      z.object({ name: z.string(), bytes: z.number() }),
    ),
  );

const empty = await folderSize(dataDir);
const begun = performance.now();
await fill();
// As the upkeep of every hour does.
await vacuum(database, NOON);
const filledMs = performance.now() - begun;
const [{ snapshots } = { snapshots: 0 }] = await database.run((db) =>
  rowsOf(db, sql`select count(*)::int as snapshots from history_snapshots`, z.object({ snapshots: z.number() })),
);
const tables = await sizes();
const size = (await folderSize(dataDir)) - empty;

const growth: Awaited<ReturnType<typeof ask>>[] = [];
for (const statistic of ["pla-tim", "kil", "suf-dea"])
  for (const days of [7, 30, 90, 365]) growth.push(await ask(statistic, days));
const progress: number[] = [];
for (let turn = 0; turn < 60; turn++)
  await timed(progress, () => history.progress("RU", `Character_${1 + Math.floor(Math.random() * CHARACTERS)}`, 90));
const queue: number[] = [];
for (let turn = 0; turn < 3; turn++) await timed(queue, () => store.archive.queue());

const day = await aDay();
const tidy: number[] = [];
await timed(tidy, () => store.tidy());
const vacuumed: number[] = [];
await timed(vacuumed, () => database.run((db) => db.execute(sql`vacuum (analyze) history_snapshots`)));
const grownBy = (await folderSize(dataDir)) - empty - size;

await database.close();
await rm(dataDir, { recursive: true, force: true });
process.send?.({
  ...{ characters: CHARACTERS, statistics: growing.length, snapshots, filledMs, size, tables, growth, day, grownBy },
  ...{ progressMs: p95(progress), queueMs: p95(queue), tidyMs: tidy[0], vacuumMs: vacuumed[0], dayMs: DAY_MS },
});
