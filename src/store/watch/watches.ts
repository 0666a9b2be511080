import { randomInt } from "node:crypto";
import { and, asc, count, eq, inArray, isNull, or, sql, type SQL } from "drizzle-orm";
import type { Database, Db } from "../database.js";
import { lockPerson } from "../people.js";
import { returned, storable } from "../rows.js";
import { knowServer } from "../servers.js";
import { inMs } from "../columns.js";
import { isLeft } from "./running.js";
import { tellProcesses } from "./signals.js";
import {
  ALERT_KINDS,
  isAlertKind,
  type ListedWatch,
  type PauseReason,
  type WatchKind,
  type WatchRecord,
  type WatchRequest,
} from "./records.js";
import { watches, watchSubjects } from "./tables.js";
import { dropWaiting, holdWaiting, letGo } from "./waiting.js";

/** Whose watch it has to be: a person's own, which is private, or one of a server. */
export type Scope = { readonly ownerId: string } | { readonly guildId: string };

export interface WatchLimits {
  /** Private watches of one person. */
  readonly perPerson: number;
  /** Watches of one server; clan wars and roles do not count. */
  readonly perServer: number;
  /** Of each kind that has commands of its own, in one server; undefined: any number. */
  readonly perOtherKind?: number;
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

/** The bot is not in its server. */
const IS_AWAY = isLeft(sql.raw("watches.guild_id"));

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
  state: sql<WatchRecord["state"]>`case when ${IS_AWAY} then 'paused' else watches.state end`,
  pauseReason: sql<PauseReason | null>`case when watches.state = 'paused' then watches.pause_reason
    when ${IS_AWAY} then 'server' end`,
  targetReason: sql<string | null>`case when watches.state = 'paused' and watches.pause_reason = 'target'
    then (select t.reason from targets t where t.target = watches.target) end`,
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

  /**
   * Its subject is looked at as soon as possible. Of an equal one, what is said anew about it holds from then on.
   * `pace`: of a subject that nobody has watched before.
   */
  async add(request: WatchRequest, limits: WatchLimits, pace: FirstPace): Promise<Added> {
    const { guildId, ownerId, lifetimeDays, alone = false, ...given } = request;
    const { roleId, crosspost, silent, rule, locale } = given;
    const scope: Scope = guildId === null ? { ownerId } : { guildId };
    return this.#database.transaction(async (tx) => {
      await lockPerson(tx, ownerId);
      if (guildId !== null) {
        await lockPerson(tx, guildId);
        await knowServer(tx, guildId);
      }
      const [same, ...others] = await this.#find(tx, { ...request, alone }, scope);
      for (const id of others) await removeIn(tx, eq(watches.id, id));
      if (same !== undefined) {
        // What is remembered of its owner is of no use to another one.
        const memory = sql`case when ${watches.ownerId} = ${ownerId} then ${watches.memory} end`;
        const anew = { ownerId, roleId, crosspost, silent, rule, locale, lifetimeDays, ...(alone && { memory }) };
        return { watch: returned(await this.#run(tx, same, pace, anew)), existed: true };
      }
      const isAlert = isAlertKind(request.kind);
      const limit = isAlert ? (guildId === null ? limits.perPerson : limits.perServer) : limits.perOtherKind;
      if (limit !== undefined && (await this.#count(tx, scope, isAlert ? ALERT_KINDS : [request.kind])) >= limit)
        return { limit };
      const [added] = await tx
        .insert(watches)
        .values({
          ...given,
          ...{ id: newId(), source: this.#source, guildId, ownerId, lifetimeDays, state: "running" },
          ...{ touchedAt: now, createdAt: now },
        })
        .returning({ id: watches.id });
      return { watch: returned(await this.#run(tx, returned(added).id, pace)), existed: false };
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
    return this.#database.transaction((tx) => removeIn(tx, and(this.#ofSource, eq(watches.id, id), theirs(scope))));
  }

  /** What waits to be sent for it waits until it goes on. False: there is none. */
  async pause(id: string, scope: Scope, reason: PauseReason): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      const paused = await tx
        .update(watches)
        .set({ state: "paused", pauseReason: reason, pauseToldAt: now, touchedAt: now })
        .where(and(this.#ofSource, eq(watches.id, id), theirs(scope)))
        .returning({ id: watches.id });
      if (paused.length > 0) await holdWaiting(tx, id);
      return paused.length > 0;
    });
  }

  /** It runs again, whatever had stopped it, and what waits for it is sent. False: there is none. */
  async resume(id: string, scope: Scope, pace: FirstPace): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      const [found] = await tx
        .select({ id: watches.id })
        .from(watches)
        .where(and(this.#ofSource, eq(watches.id, id), theirs(scope)));
      if (!found) return false;
      // Who resumes it there knows that the bot is back.
      if ("guildId" in scope) await knowServer(tx, scope.guildId);
      return (await this.#run(tx, id, pace)) !== undefined;
    });
  }

  /**
   * What is said anew about it holds from now on, and its subject is looked at as soon as possible. It runs again where its
   * target was what had stopped it. False: there is none.
   */
  async change(id: string, scope: Scope, changes: WatchChanges, pace: FirstPace): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      const [found] = await tx
        .select({ rests: sql<boolean>`${watches.state} = 'paused' and ${watches.pauseReason} <> 'target'` })
        .from(watches)
        .where(and(this.#ofSource, eq(watches.id, id), theirs(scope)));
      if (!found) return false;
      if (!found.rests) return (await this.#run(tx, id, pace, changes)) !== undefined;
      await tx.update(watches).set(changes).where(eq(watches.id, id));
      return true;
    });
  }

  /** An owner's watches that were paused for this reason run again; returns how many. */
  async resumePaused(ownerId: string, reason: PauseReason, pace: FirstPace): Promise<number> {
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
        .orderBy(asc(watches.kind), asc(watches.subject), asc(watches.id));
      for (const { id } of paused) await this.#run(tx, id, pace);
      return paused.length;
    });
  }

  /** Nothing is told for so long, and what waits to be sent waits as long. False: there is none. */
  async snooze(id: string, scope: Scope, ms: number): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      const snoozed = await tx
        .update(watches)
        .set({ snoozedUntil: inMs(ms), ...touched })
        .where(and(this.#ofSource, eq(watches.id, id), theirs(scope)))
        .returning({ id: watches.id });
      if (snoozed.length > 0) await holdWaiting(tx, id);
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
            isNull(watches.pauseToldAt),
            or(
              and(eq(watches.state, "paused"), inArray(watches.pauseReason, ["target", "expired", "link"])),
              and(eq(watches.state, "running"), IS_AWAY),
            ),
          ),
        )
        .returning(record),
    );
  }

  async #count(tx: Db, scope: Scope, kinds: readonly WatchKind[]): Promise<number> {
    const [counted] = await tx
      .select({ number: count() })
      .from(watches)
      .where(and(this.#ofSource, theirs(scope), inArray(watches.kind, [...kinds])));
    return returned(counted).number;
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

  /** The ids of those that are equal; of one that is alone, of those it takes the place of. The oldest first. */
  async #find(tx: Db, { kind, subject, target, rule, alone }: WatchRequest, scope: Scope): Promise<string[]> {
    const same = await tx
      .select({ id: watches.id })
      .from(watches)
      .where(
        and(
          this.#ofSource,
          eq(watches.kind, kind),
          eq(watches.subject, subject),
          eq(watches.target, target),
          alone === true ? undefined : sql`${watches.rule} = ${storable(rule)}::jsonb`,
          theirs(scope),
        ),
      )
      .orderBy(asc(watches.createdAt), asc(watches.id));
    return same.map(({ id }) => id).slice(0, alone === true ? undefined : 1);
  }

  /**
   * It runs, with `changes`; its target is believed to work, its subject is due, and so is what waits for it. Undefined: it is
   * gone.
   */
  async #run(
    tx: Db,
    id: string,
    { periodMs, points }: FirstPace,
    changes: Partial<typeof watches.$inferInsert> | { readonly memory: SQL } = {},
  ): Promise<WatchRecord | undefined> {
    const [about] = await tx
      .select({ kind: watches.kind, subject: watches.subject })
      .from(watches)
      .where(eq(watches.id, id));
    if (!about) return undefined;
    // Held before the watch, as by those who keep what a look led to.
    await tx
      .insert(watchSubjects)
      .values({ source: this.#source, ...about, dueAt: now, failures: 0, periodMs: Math.round(periodMs), points })
      .onConflictDoUpdate({
        target: [watchSubjects.source, watchSubjects.kind, watchSubjects.subject],
        set: { dueAt: sql`least(${watchSubjects.dueAt}, now())` },
      });
    await tx
      .update(watches)
      .set({ state: "running", pauseReason: null, pauseToldAt: null, snoozedUntil: null, ...changes })
      .where(eq(watches.id, id));
    const [watch] = await tx.update(watches).set(touched).where(eq(watches.id, id)).returning(record);
    if (!watch) return undefined;
    await letGo(tx, watch);
    await tellProcesses(tx, "look");
    await tellProcesses(tx, "deliver");
    return watch;
  }
}

/** What may be said anew about a watch. */
export type WatchChanges = Pick<WatchRequest, "target" | "roleId" | "rule" | "locale">;

/** Of a subject that nobody has watched before. */
interface FirstPace {
  readonly periodMs: number;
  readonly points: number;
}

const touched = { touchedAt: now, warnedAt: null, expiresAt: expiry(sql`${watches.lifetimeDays}`) };

async function removeIn(tx: Db, which: SQL | undefined): Promise<boolean> {
  const gone = await tx.delete(watches).where(which).returning({ id: watches.id });
  await dropWaiting(
    tx,
    gone.map(({ id }) => id),
  );
  return gone.length > 0;
}
