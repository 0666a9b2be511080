import { randomInt } from "node:crypto";
import { and, asc, count, eq, inArray, isNull, sql, type SQL } from "drizzle-orm";
import type { Database, Db } from "../database.js";
import { lockPerson } from "../people.js";
import { returned } from "../rows.js";
import { knowServer } from "../servers.js";
import { CHANNEL, inMs } from "./pieces.js";
import type { ListedWatch, PauseReason, WatchRecord, WatchRequest } from "./records.js";
import { deliveries, targets, watches, watchSubjects } from "./tables.js";

/** Whose watch it has to be: a person's own, which is private, or one of a server. */
export type Scope = { readonly ownerId: string } | { readonly guildId: string };

export interface WatchLimits {
  /** Private watches of one person. */
  readonly perPerson: number;
  /** Watches of one server. */
  readonly perServer: number;
}

export type Added =
  /** `existed`: there was an equal one, which runs again if it was paused. */
  | { readonly watch: WatchRecord; readonly existed: boolean }
  /** There are as many as there may be. */
  | { readonly limit: number };

const ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
const newId = () => Array.from({ length: 10 }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");

const now = sql`now()`;
const expiry = (days: SQL | number | null) => sql`now() + ${days}::int * interval '1 day'`;
const theirs = (scope: Scope) =>
  "guildId" in scope
    ? eq(watches.guildId, scope.guildId)
    : and(eq(watches.ownerId, scope.ownerId), isNull(watches.guildId));

const record = {
  id: watches.id,
  kind: watches.kind,
  subject: watches.subject,
  ownerId: watches.ownerId,
  guildId: watches.guildId,
  target: watches.target,
  roleId: watches.roleId,
  crosspost: watches.crosspost,
  silent: watches.silent,
  rule: watches.rule,
  locale: watches.locale,
  lifetimeDays: watches.lifetimeDays,
  state: watches.state,
  pauseReason: sql<PauseReason | null>`${watches.pauseReason}`,
  snoozedUntil: watches.snoozedUntil,
  expiresAt: watches.expiresAt,
  lastToldAt: watches.lastToldAt,
  touchedAt: watches.touchedAt,
  createdAt: watches.createdAt,
};

/** What people and servers want to be told, of one API. */
export class Watches {
  readonly #database: Database;
  readonly #source: string;

  constructor(database: Database, source: string) {
    this.#database = database;
    this.#source = source;
  }

  /** Its subject is looked at as soon as possible. `pace`: of a subject that nobody has watched before. */
  async add(
    request: WatchRequest,
    limits: WatchLimits,
    pace: { readonly periodMs: number; readonly points: number },
  ): Promise<Added> {
    const { guildId, ownerId, lifetimeDays, ...given } = request;
    const scope: Scope = guildId === null ? { ownerId } : { guildId };
    return this.#database.transaction(async (tx) => {
      await lockPerson(tx, ownerId);
      if (guildId !== null) {
        await lockPerson(tx, guildId);
        await knowServer(tx, guildId);
      }
      const same = await this.#find(tx, request, scope);
      if (same) {
        const watch = await this.#run(tx, same, pace);
        return { watch, existed: true };
      }
      const [counted] = await tx
        .select({ number: count() })
        .from(watches)
        .where(and(this.#ofSource, theirs(scope)));
      const limit = guildId === null ? limits.perPerson : limits.perServer;
      if (returned(counted).number >= limit) return { limit };
      const [added] = await tx
        .insert(watches)
        .values({
          ...given,
          ...{ id: newId(), source: this.#source, guildId, ownerId, lifetimeDays, state: "running" },
          ...{ expiresAt: expiry(lifetimeDays), touchedAt: now, createdAt: now },
        })
        .returning({ id: watches.id });
      return { watch: await this.#run(tx, returned(added).id, pace), existed: false };
    });
  }

  async get(id: string, scope: Scope): Promise<ListedWatch | undefined> {
    return (await this.#list(and(eq(watches.id, id), theirs(scope))))[0];
  }

  /** Oldest first. */
  list(scope: Scope): Promise<ListedWatch[]> {
    return this.#list(theirs(scope));
  }

  /** With what waits to be sent for it. False: there is none. */
  async remove(id: string, scope: Scope): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      const gone = await tx
        .delete(watches)
        .where(and(this.#ofSource, eq(watches.id, id), theirs(scope)))
        .returning({ id: watches.id });
      if (gone.length > 0) await dropWaiting(tx, id, "removed");
      return gone.length > 0;
    });
  }

  /** With what waits to be sent for it. False: there is none. */
  async pause(id: string, scope: Scope, reason: PauseReason): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      const paused = await tx
        .update(watches)
        .set({ state: "paused", pauseReason: reason, pauseToldAt: now, touchedAt: now })
        .where(and(this.#ofSource, eq(watches.id, id), theirs(scope)))
        .returning({ id: watches.id });
      if (paused.length > 0) await dropWaiting(tx, id, "paused");
      return paused.length > 0;
    });
  }

  /** It runs again, whatever had stopped it. False: there is none. */
  async resume(
    id: string,
    scope: Scope,
    pace: { readonly periodMs: number; readonly points: number },
  ): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      const [found] = await tx
        .select({ id: watches.id })
        .from(watches)
        .where(and(this.#ofSource, eq(watches.id, id), theirs(scope)))
        .for("update");
      if (!found) return false;
      await this.#run(tx, id, pace);
      return true;
    });
  }

  /** An owner's watches that were paused for this reason run again; returns how many. */
  async resumePaused(
    ownerId: string,
    reason: PauseReason,
    pace: { readonly periodMs: number; readonly points: number },
  ): Promise<number> {
    return this.#database.transaction(async (tx) => {
      const paused = await tx
        .select({ id: watches.id })
        .from(watches)
        .where(
          and(
            this.#ofSource,
            eq(watches.ownerId, ownerId),
            eq(watches.state, "paused"),
            eq(watches.pauseReason, reason),
          ),
        )
        .orderBy(asc(watches.id))
        .for("update");
      for (const { id } of paused) await this.#run(tx, id, pace);
      return paused.length;
    });
  }

  /** Nothing is told for so long, and what waits to be sent is dropped. False: there is none. */
  async snooze(id: string, scope: Scope, ms: number): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      const snoozed = await tx
        .update(watches)
        .set({ snoozedUntil: inMs(ms), ...touched })
        .where(and(this.#ofSource, eq(watches.id, id), theirs(scope)))
        .returning({ id: watches.id });
      if (snoozed.length > 0) await dropWaiting(tx, id, "snoozed");
      return snoozed.length > 0;
    });
  }

  /** Its owner cares: it lives on. False: there is none. */
  async touch(id: string, scope: Scope): Promise<boolean> {
    const found = await this.#database.run((db) =>
      db
        .update(watches)
        .set(touched)
        .where(and(this.#ofSource, eq(watches.id, id), theirs(scope)))
        .returning({ id: watches.id }),
    );
    return found.length > 0;
  }

  /** A person's watches, private or of a server, that were paused for a reason which they were not told yet: they are now. */
  async tellPaused(ownerId: string): Promise<WatchRecord[]> {
    return this.#database.run((db) =>
      db
        .update(watches)
        .set({ pauseToldAt: now })
        .where(
          and(
            this.#ofSource,
            eq(watches.ownerId, ownerId),
            eq(watches.state, "paused"),
            isNull(watches.pauseToldAt),
            inArray(watches.pauseReason, ["target", "expired", "link"]),
          ),
        )
        .returning(record),
    );
  }

  get #ofSource() {
    return eq(watches.source, this.#source);
  }

  async #list(where: SQL | undefined): Promise<ListedWatch[]> {
    const rows = await this.#database.read((db) =>
      db
        .select({
          ...record,
          lookedAt: watchSubjects.lookedAt,
          failures: watchSubjects.failures,
          periodMs: watchSubjects.periodMs,
        })
        .from(watches)
        .leftJoin(
          watchSubjects,
          and(
            eq(watchSubjects.source, watches.source),
            eq(watchSubjects.kind, watches.kind),
            eq(watchSubjects.subject, watches.subject),
          ),
        )
        .where(and(this.#ofSource, where))
        .orderBy(asc(watches.createdAt), asc(watches.id)),
    );
    return rows.map((row) => ({ ...row, failures: row.failures ?? 0, periodMs: row.periodMs ?? 0 }));
  }

  async #find(tx: Db, { kind, subject, target, rule }: WatchRequest, scope: Scope): Promise<string | undefined> {
    const [same] = await tx
      .select({ id: watches.id })
      .from(watches)
      .where(
        and(
          this.#ofSource,
          eq(watches.kind, kind),
          eq(watches.subject, subject),
          eq(watches.target, target),
          sql`${watches.rule} = ${JSON.stringify(rule)}::jsonb`,
          theirs(scope),
        ),
      )
      .limit(1);
    return same?.id;
  }

  /** It runs, its target is believed to work, and its subject is due. */
  async #run(tx: Db, id: string, { periodMs, points }: { periodMs: number; points: number }): Promise<WatchRecord> {
    const [running] = await tx
      .update(watches)
      .set({ state: "running", pauseReason: null, pauseToldAt: null, snoozedUntil: null, ...touched })
      .where(eq(watches.id, id))
      .returning(record);
    const watch = returned(running);
    const { kind, subject, target, guildId } = watch;
    await tx
      .insert(watchSubjects)
      .values({ source: this.#source, kind, subject, dueAt: now, failures: 0, periodMs: Math.round(periodMs), points })
      .onConflictDoUpdate({
        target: [watchSubjects.source, watchSubjects.kind, watchSubjects.subject],
        set: { dueAt: sql`least(${watchSubjects.dueAt}, now())` },
      });
    const fresh = { guildId, state: "ok", reason: null, failures: 0, firstFailedAt: null } as const;
    await tx
      .insert(targets)
      .values({ target, personId: target.startsWith("dm:") ? target.slice(3) : null, ...fresh })
      .onConflictDoUpdate({ target: targets.target, set: fresh });
    await tx.execute(sql`select pg_notify(${CHANNEL}, 'look')`);
    return watch;
  }
}

const touched = { touchedAt: now, warnedAt: null, expiresAt: expiry(sql`${watches.lifetimeDays}`) };

async function dropWaiting(tx: Db, watchId: string, reason: string): Promise<void> {
  await tx
    .update(deliveries)
    .set({ state: "dropped", reason, endedAt: now })
    .where(and(eq(deliveries.watchId, watchId), eq(deliveries.state, "waiting")));
}
