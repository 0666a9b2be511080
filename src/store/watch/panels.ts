import { and, asc, eq, sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { Database, Db } from "../database.js";
import { lockPerson } from "../people.js";
import { returned, rowsFrom, rowsOf } from "../rows.js";
import { knowServer, leaveServer } from "../servers.js";
import { inMs } from "../columns.js";
import { isLeft } from "./running.js";
import { tellProcesses } from "./signals.js";
import type { ClaimedPanel, Panel, PanelKey, PanelOutcome } from "./records.js";
import { panels, watchSubjects } from "./tables.js";

const claimedPanel = z.object({
  channelId: z.string(),
  region: z.string(),
  guildId: z.string(),
  locale: z.string(),
  messageId: z.string().nullable(),
  shownHash: z.string().nullable(),
  failures: z.number(),
  version: z.number(),
});

/** The bot is not in its server. */
const IS_AWAY = isLeft(sql.raw("panels.guild_id"));

const record = {
  channelId: panels.channelId,
  region: panels.region,
  guildId: panels.guildId,
  ownerId: panels.ownerId,
  locale: panels.locale,
  state: sql<Panel["state"]>`case when ${IS_AWAY} then 'paused' else panels.state end`,
  reason: sql<
    string | null
  >`case when panels.state = 'paused' then panels.reason when ${IS_AWAY} then 'server-gone' end`,
  shownAt: panels.shownAt,
};

/** One whose region was never looked at has nothing to show yet, unless no look succeeds. */
const hasContent = (source: string): SQL => sql`(p.message_id is not null
  or exists (select 1 from watch_subjects s where s.source = ${source} and s.kind = 'emission' and s.subject = p.region
    and (s.looked_at is not null or s.failures > 0)))`;
export const panelIsDue = (
  source: string,
): SQL => sql`(p.source = ${source} and p.state = 'ok' and p.version > p.shown_version
  and coalesce(p.next_at <= now(), true) and coalesce(p.leased_until < now(), true)
  and not ${isLeft(sql`p.guild_id`)} and ${hasContent(source)})`;

/** Messages that show a region's emissions: which there are, and whose turn it is to be edited. */
export class Panels {
  readonly #database: Database;
  readonly #source: string;

  constructor(database: Database, source: string) {
    this.#database = database;
    this.#source = source;
  }

  /**
   * It is shown as soon as its region was looked at. One that is there already takes the new owner and language, and is
   * shown again.
   */
  async add({ channelId, region, guildId, ownerId, locale }: NewPanel): Promise<Panel> {
    return this.#database.transaction(async (tx) => {
      await lockPerson(tx, ownerId);
      await knowServer(tx, guildId);
      const fresh = { guildId, ownerId, locale, ...FRESH } as const;
      const [panel] = await tx
        .insert(panels)
        .values({ channelId, source: this.#source, region, ...fresh, version: 1, shownVersion: 0 })
        .onConflictDoUpdate({
          target: [panels.channelId, panels.source, panels.region],
          set: { ...fresh, ...AGAIN },
        })
        .returning(record);
      await this.#lookSoon(tx, region);
      return returned(panel);
    });
  }

  /** It is shown again, whatever had stopped it. False: there is no such panel. */
  async resume({ channelId, region }: PanelKey, guildId: string): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      await knowServer(tx, guildId);
      const resumed = await tx
        .update(panels)
        .set({ ...FRESH, ...AGAIN })
        .where(this.#is({ channelId, region }, guildId))
        .returning({ region: panels.region });
      if (resumed.length > 0) await this.#lookSoon(tx, region);
      return resumed.length > 0;
    });
  }

  list(guildId: string): Promise<Panel[]> {
    return this.#database.read((db) =>
      db
        .select(record)
        .from(panels)
        .where(and(eq(panels.source, this.#source), eq(panels.guildId, guildId)))
        .orderBy(asc(panels.channelId), asc(panels.region)),
    );
  }

  /** Returns the id of the message that showed it, null where there was none; undefined: there is no such panel. */
  async remove({ channelId, region }: PanelKey, guildId: string): Promise<string | null | undefined> {
    const [gone] = await this.#database.run((db) =>
      db.delete(panels).where(this.#is({ channelId, region }, guildId)).returning({ messageId: panels.messageId }),
    );
    return gone?.messageId;
  }

  /** Takes panels that may have something new to show; nobody else gets them before the lease ends. */
  async claim(lease: string, leaseMs: number, most: number): Promise<readonly ClaimedPanel[]> {
    const query = sql`
      with picked as materialized (
        select p.channel_id, p.region from panels p where ${panelIsDue(this.#source)}
        order by p.next_at nulls first limit ${most} for update of p skip locked
      )
      update panels p set lease = ${lease}, leased_until = ${inMs(leaseMs)} from picked
      where p.source = ${this.#source} and p.channel_id = picked.channel_id and p.region = picked.region
      returning p.channel_id as "channelId", p.region, p.guild_id as "guildId", p.locale, p.message_id as "messageId",
        p.shown_hash as "shownHash", p.failures, p.version`;
    return this.#database.run((db) => rowsOf(db, query, claimedPanel));
  }

  /** Notes what became of claimed panels, and gives them back. What the lease has lost is left out. */
  async note(lease: string, outcomes: readonly PanelOutcome[]): Promise<void> {
    if (outcomes.length === 0) return;
    const rows = outcomes.map((one) => ({
      ...{ channel: one.channelId, region: one.region, shown: one.shownVersion ?? null, next: one.nextInMs ?? null },
      ...{ message: one.messageId ?? null, moved: one.messageId !== undefined },
      ...{ hash: one.shownHash ?? null, changed: one.shownHash !== undefined },
      ...{ failures: one.failures ?? "same", paused: one.pausedFor ?? null },
    }));
    const columns =
      "channel text, region text, shown int, next float8, message text, moved bool, hash text, changed bool, failures text, paused text";
    const query = sql`update panels p set lease = null, leased_until = null,
        shown_version = coalesce(given.shown, p.shown_version), next_at = coalesce(${inMs(sql`given.next`)}, p.next_at),
        message_id = case when given.moved then given.message else p.message_id end,
        shown_hash = case when given.changed then given.hash else p.shown_hash end,
        shown_at = case when given.hash is null then p.shown_at else now() end,
        failures = case given.failures when 'none' then 0 when 'one' then p.failures + 1 else p.failures end,
        state = case when given.paused is null then p.state else 'paused' end, reason = coalesce(given.paused, p.reason)
      from ${rowsFrom(rows, columns)}
      where p.source = ${this.#source} and p.channel_id = given.channel and p.region = given.region and p.lease = ${lease}`;
    const left = new Set(outcomes.flatMap(({ leftServer }) => leftServer ?? []));
    await this.#database.transaction(async (tx) => {
      for (const guildId of left) await leaveServer(tx, guildId);
      await tx.execute(query);
    });
  }

  #is({ channelId, region }: PanelKey, guildId: string): SQL | undefined {
    return and(
      eq(panels.source, this.#source),
      eq(panels.guildId, guildId),
      eq(panels.channelId, channelId),
      eq(panels.region, region),
    );
  }

  async #lookSoon(tx: Db, region: string): Promise<void> {
    await tx
      .insert(watchSubjects)
      .values({
        ...{ source: this.#source, kind: "emission", subject: region, dueAt: sql`now()` },
        ...{ failures: 0, periodMs: 60_000, points: 1 },
      })
      .onConflictDoUpdate({
        target: [watchSubjects.source, watchSubjects.kind, watchSubjects.subject],
        set: { dueAt: sql`least(${watchSubjects.dueAt}, now())` },
      });
    await tellProcesses(tx, "look");
    await tellProcesses(tx, "panel");
  }
}

type NewPanel = Omit<Panel, "state" | "reason" | "shownAt">;
const FRESH = { state: "ok", reason: null, failures: 0, nextAt: null } as const;
/** Also where what it shows has not changed: so one sees that it can be shown. */
const AGAIN = { version: sql`${panels.version} + 1`, shownHash: null };
