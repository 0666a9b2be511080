import { and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "../database.js";
import { lockPerson } from "../people.js";
import { returned, rowsOf } from "../rows.js";
import { knowServer } from "../servers.js";
import { CHANNEL, inMs, rowsFrom } from "./pieces.js";
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

const record = {
  channelId: panels.channelId,
  region: panels.region,
  guildId: panels.guildId,
  ownerId: panels.ownerId,
  locale: panels.locale,
  state: panels.state,
  reason: panels.reason,
};

/** Messages that show a region's emissions: which there are, and whose turn it is to be edited. */
export class Panels {
  readonly #database: Database;
  readonly #source: string;

  constructor(database: Database, source: string) {
    this.#database = database;
    this.#source = source;
  }

  /** It is shown as soon as possible. One that is there already takes the new owner and language, and is shown again. */
  async add({ channelId, region, guildId, ownerId, locale }: Omit<Panel, "state" | "reason">): Promise<Panel> {
    return this.#database.transaction(async (tx) => {
      await lockPerson(tx, ownerId);
      await knowServer(tx, guildId);
      const fresh = { guildId, ownerId, locale, state: "ok", reason: null, failures: 0, nextAt: null } as const;
      const [panel] = await tx
        .insert(panels)
        .values({ channelId, source: this.#source, region, ...fresh, version: 1, shownVersion: 0 })
        .onConflictDoUpdate({
          target: [panels.channelId, panels.source, panels.region],
          set: { ...fresh, version: sql`${panels.version} + 1` },
        })
        .returning(record);
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
      await tx.execute(sql`select pg_notify(${CHANNEL}, 'look'), pg_notify(${CHANNEL}, 'panel')`);
      return returned(panel);
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
      db
        .delete(panels)
        .where(
          and(
            eq(panels.source, this.#source),
            eq(panels.guildId, guildId),
            eq(panels.channelId, channelId),
            eq(panels.region, region),
          ),
        )
        .returning({ messageId: panels.messageId }),
    );
    return gone?.messageId;
  }

  /** Takes panels that may have something new to show; nobody else gets them before the lease ends. */
  async claim(lease: string, leaseMs: number, most: number): Promise<readonly ClaimedPanel[]> {
    const query = sql`
      with picked as materialized (
        select channel_id, region from panels
        where source = ${this.#source} and state = 'ok' and version > shown_version
          and coalesce(next_at <= now(), true) and coalesce(leased_until < now(), true)
        order by next_at nulls first limit ${most} for update skip locked
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
        failures = case given.failures when 'none' then 0 when 'one' then p.failures + 1 else p.failures end,
        state = case when given.paused is null then p.state else 'paused' end, reason = coalesce(given.paused, p.reason)
      from ${rowsFrom(rows, columns)}
      where p.source = ${this.#source} and p.channel_id = given.channel and p.region = given.region and p.lease = ${lease}`;
    await this.#database.run((db) => db.execute(query));
  }
}
