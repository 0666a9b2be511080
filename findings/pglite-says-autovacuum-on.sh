#!/usr/bin/env bash
# PGlite 0.5.16 says that autovacuum is on, and counts the rows that changed, but no table is ever vacuumed or analyzed:
# there is one process, and so no worker that would do it. Queries stay planned as for a new table, however large it grows.
#
# The script fills a table with 400,000 rows (10 of a day and an item are asked for), waits longer than `autovacuum_naptime`,
# and asks again. Seen on Node 20.20.2:
#   settings:       autovacuum on, track_counts on, autovacuum_naptime 1min
#   75 s later:     reltuples -1, changed since analyze 400000, last_autoanalyze never, 735 rows expected of 10
#   after ANALYZE:  reltuples 400000, changed since analyze 0, last_autoanalyze never, 10 or 11 rows expected of 10
#
# A store of some size has to run VACUUM (ANALYZE) by itself.
# Exits with 1 when that is no longer so.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{"type":"module","private":true}' >package.json
npm install --no-audit --no-fund --silent @electric-sql/pglite@0.5.16

cat >unanalyzed.mjs <<'JS'
import { setTimeout as pause } from "node:timers/promises";
import { PGlite } from "@electric-sql/pglite";

const db = await PGlite.create();
const first = async (query) => (await db.query(query)).rows[0];
const setting = async (name) => `${name} ${(await first(`show ${name}`))[name]}`;
console.log("settings:", (await Promise.all(["autovacuum", "track_counts", "autovacuum_naptime"].map(setting))).join(", "));
await db.exec(`create table sale (item int, day int, price int, primary key (item, day));
  insert into sale select item, day, item * day from generate_series(1, 1000) item, generate_series(1, 400) day`);

const looking = async (when) => {
  const { n, changed, analyzed } = await first(`select reltuples::int as n, n_mod_since_analyze::int as changed,
    last_autoanalyze as analyzed from pg_class join pg_stat_user_tables on relid = oid where oid = 'sale'::regclass`);
  const plan = await first(`explain (format json) select price from sale
    where item in (select v from unnest(array[1, 2, 3, 4, 5]) v) and day > 390`);
  const scan = (node) => (node["Relation Name"] === "sale" ? node["Plan Rows"] : node.Plans?.map(scan).find(Boolean));
  const expected = scan(plan["QUERY PLAN"][0].Plan);
  const told = [`reltuples ${n}`, `changed since analyze ${changed}`, `last_autoanalyze ${analyzed ?? "never"}`];
  console.log(`${when}: ${told.join(", ")}, ${expected} rows expected of 10`);
  return { n, analyzed, expected };
};
await pause(75_000);
const before = await looking("75 s later");
await db.exec("analyze sale");
const after = await looking("after ANALYZE");
const asSeen = before.n === -1 && before.analyzed === null && before.expected > 100 && after.expected < 20;
process.exit(asSeen ? 0 : 1);
JS
printf 'node %s\n' "$(node --version)"
node unanalyzed.mjs
