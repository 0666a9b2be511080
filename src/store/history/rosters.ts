import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { inMs } from "../columns.js";
import type { Database, Db } from "../database.js";
import { rowsFrom, rowsOf } from "../rows.js";
import { turnOf, type Claim, type Claimed } from "./characters.js";
import { lockNumbers, nameKey, nextNumber } from "./names.js";
import { pointsLeft, spend } from "./pace.js";
import type { ClaimedRoster, RosterReading } from "./records.js";
import { ALERTS_ARE_ON, nextTurn, ROSTER_IS_WANTED } from "./wanted.js";

/** What the watcher of a roster saw is believed for so long. */
const BELIEVED = sql.raw("interval '2 hours'");
/** Members that a list which is not whole does not tell stay for so long. */
const DOUBTED = sql.raw("interval '7 days'");
/** Who keeps a clan whose members the game no longer shows them keeps it for so long. */
const REFUSED = sql.raw("interval '7 days'");

const claimedRow = z.object({
  id: z.string(),
  lease: z.string(),
  failures: z.number(),
  personId: z.string().nullable(),
  region: z.string().nullable(),
  clanId: z.string().nullable(),
  keepers: z.array(z.string()),
  believed: z.unknown(),
});

/** Lists of those whose past is kept: members of clans, characters of people. */
export class Rosters {
  readonly #database: Database;
  readonly #source: string;

  constructor(database: Database, source: string) {
    this.#database = database;
    this.#source = source;
  }

  /** Makes the lists that somebody wants and that are not there yet; they are due at once. */
  async ensure(): Promise<void> {
    await this.#database.run((db) =>
      db.execute(sql`
        insert into history_rosters (id, source, person_id, region, clan_id, due_at, failures)
        select ${this.#source} || '/clan/' || region || '/' || clan_id, ${this.#source}, null, region, clan_id, now(), 0 from (
          select region, clan_id from history_keeps where source = ${this.#source}
          union
          select split_part(w.subject, ':', 1), split_part(w.subject, ':', 2) from watches w
          where w.source = ${this.#source} and ${ALERTS_ARE_ON}
        ) clans
        union all
        select ${this.#source} || '/person/' || discord_id, ${this.#source}, discord_id, null, null, now(), 0
        from people where keeps_history
        on conflict do nothing`),
    );
  }

  /** Takes lists that are due, the longest due first. That of a clan costs a point. */
  async claim({ lease, leaseMs, most, perMinute }: Claim): Promise<Claimed<ClaimedRoster>> {
    const source = this.#source;
    const isDue = sql`r.source = ${source} and r.due_at <= now() and coalesce(r.leased_until < now(), true) and ${ROSTER_IS_WANTED}`;
    return this.#database.transaction(async (tx) => {
      const soonest = sql`select greatest(0, extract(epoch from r.due_at - now()) * 1000)::float8 as ms
        from history_rosters r where r.source = ${source} and ${ROSTER_IS_WANTED} order by r.due_at limit 1`;
      const next = async () => (await rowsOf(tx, soonest, z.object({ ms: z.number() })))[0]?.ms;
      const ms = await next();
      if (ms === undefined || ms > 0) return { claimed: [], nextInMs: ms };
      const { points, endsInMs } = await pointsLeft(tx, source, perMinute);
      const affordable = points > 0 ? sql`true` : sql`r.person_id is not null`;
      const query = sql`with picked as materialized (
          select r.id from history_rosters r where ${isDue} and ${affordable}
          order by r.due_at limit ${points > 0 ? Math.min(most, points) : most} for update of r skip locked
        )
        update history_rosters r set lease = ${lease}, leased_until = ${inMs(leaseMs)}, due_at = ${inMs(leaseMs)}
        from picked where r.id = picked.id
        returning r.id, r.lease, r.failures, r.person_id as "personId", r.region, r.clan_id as "clanId",
          array(select k.person_id from history_keeps k where k.source = r.source and k.region = r.region
            and k.clan_id = r.clan_id order by k.kept_at, k.person_id) as keepers,
          (select s.state from watch_subjects s where s.source = r.source and s.kind = 'roster'
            and s.subject = r.region || ':' || r.clan_id and s.looked_at > now() - ${BELIEVED}) as believed`;
      const rows = await rowsOf(tx, query, claimedRow);
      const claimed = rows.map(asRoster);
      await spend(tx, source, claimed.filter(({ kind }) => kind === "clan").length);
      return { claimed, nextInMs: claimed.length > 0 ? await next() : endsInMs };
    });
  }

  /** Keeps what a list told. False: the lease was lost to somebody else. */
  async commit(reading: RosterReading): Promise<boolean> {
    const { id, lease, members, clan, keepers = [] } = reading;
    const { day, ms } = { day: null, ms: null, ...turnOf(reading.next) };
    return this.#database.transaction(async (tx) => {
      const ours = sql`select 1 from history_rosters where id = ${id} and lease = ${lease} for update`;
      if ((await rowsOf(tx, ours, z.unknown())).length === 0) return false;
      if (members) await this.#put(tx, id, members);
      if (clan) await this.#keepDay(tx, id, clan);
      for (const { personId, refused } of keepers) {
        const mark = refused ? sql`coalesce(refused_since, now())` : sql`null`;
        await tx.execute(sql`update history_keeps k set refused_since = ${mark} from history_rosters r
          where r.id = ${id} and k.person_id = ${personId} and ${sameClan}`);
      }
      await tx.execute(sql`delete from history_keeps k using history_rosters r where r.id = ${id} and ${sameClan}
        and k.refused_since < now() - ${REFUSED}`);
      await tx.execute(sql`update history_rosters set lease = null, leased_until = null,
        failures = case when ${members !== undefined}::bool then 0 else failures + 1 end,
        read_at = case when ${members !== undefined}::bool then now() else read_at end,
        due_at = ${nextTurn(sql`${day}::float8`, sql`${ms}::float8`)} where id = ${id}`);
      return true;
    });
  }

  async giveBack(lease: string): Promise<void> {
    await this.#database.run((db) =>
      db.execute(sql`update history_rosters set lease = null, leased_until = null, due_at = least(due_at, now())
        where source = ${this.#source} and lease = ${lease}`),
    );
  }

  async #put(tx: Db, id: string, { characters, whole }: NonNullable<RosterReading["members"]>): Promise<void> {
    await lockNumbers(tx);
    const named = new Map(characters.map((one) => [`${one.region}/${nameKey(one.name)}`, one]));
    const rows = [...named.values()].map(({ region, name }) => ({ region, name, key: nameKey(name) }));
    const given = sql`(select * from ${rowsFrom(rows, "region text, name text, key text")}) given`;
    const isSame = (alias: SQL) =>
      sql`${alias}.source = ${this.#source} and ${alias}.region = given.region and ${alias}.name_key = given.key`;
    await tx.execute(sql`insert into history_characters (number, source, region, name, name_key, due_at, failures)
      select ${await nextNumber(tx)}::int - 1 + row_number() over (order by given.region, given.key), ${this.#source}, given.region,
        given.name, given.key, now(), 0 from ${given}
      where not exists (select 1 from history_characters c where ${isSame(sql`c`)})
        and not exists (select 1 from history_objections o where ${isSame(sql`o`)})`);
    await tx.execute(sql`insert into history_members (roster_id, character, seen_at)
      select ${id}, c.number, now() from ${given} join history_characters c on ${isSame(sql`c`)}
      on conflict (roster_id, character) do update set seen_at = excluded.seen_at`);
    await tx.execute(sql`delete from history_members where roster_id = ${id} and seen_at < now()
      ${whole ? sql`` : sql`- ${DOUBTED}`}`);
    await tx.execute(sql`update history_characters c set unwanted_since = null, due_at = least(c.due_at, now())
      from history_members m where m.roster_id = ${id} and c.number = m.character and c.unwanted_since is not null`);
  }

  async #keepDay(tx: Db, id: string, { members, level, levelPoints }: NonNullable<RosterReading["clan"]>) {
    await tx.execute(sql`insert into history_clan_days (source, region, clan_id, day, at, members, level, level_points)
      select source, region, clan_id, floor(extract(epoch from now()) / 86400)::int, date_trunc('milliseconds', now()),
        ${members}::int, ${level}::int, ${levelPoints}::bigint from history_rosters where id = ${id}
      on conflict (source, region, clan_id, day) do update set at = excluded.at, members = excluded.members,
        level = excluded.level, level_points = excluded.level_points`);
  }
}

const sameClan = sql`k.source = r.source and k.region = r.region and k.clan_id = r.clan_id`;

function asRoster({ personId, region, clanId, keepers, believed, ...rest }: z.infer<typeof claimedRow>): ClaimedRoster {
  if (personId !== null) return { ...rest, kind: "person", personId };
  return { ...rest, kind: "clan", region: region ?? "", clanId: clanId ?? "", keepers, believed };
}
