import type {
  ListedWatch,
  LoggedChange,
  ObservedEmission,
  Panel,
  PanelKey,
  QuietHours,
  Scope,
  Store,
  WatchKind,
  WatchLimits,
  WatchRecord,
  WatchRequest,
  WatchStore,
} from "../store/index.js";
import type { Clock } from "../time.js";
import type { Cadence, WatchLoad } from "./looking/cadence.js";
import type { SendTest, TestResult } from "./ports.js";
import { subjectKey, type Subject } from "./subject.js";

export interface WatchingOptions {
  readonly store: WatchStore;
  readonly preferences: Pick<Store, "people" | "servers">;
  readonly limits: WatchLimits;
  readonly cadence: Cadence;
  readonly clock: Pick<Clock, "now">;
  readonly sendTest: SendTest;
  /** Deletes a message of the bot's own, where Discord lets it. Never rejects. */
  readonly deleteMessage: (channelId: string, messageId: string) => Promise<void>;
}

/** What somebody asks to be told of. */
export interface NewWatch extends Omit<WatchRequest, "kind" | "subject" | "lifetimeDays"> {
  readonly subject: Subject;
  /** Undefined: private watches live for 30 days, those of servers for ever. Null: for ever. */
  readonly lifetimeDays?: number | null | undefined;
}

export type AddedWatch =
  /** `existed`: an equal one was there, and runs again if it was paused. */
  | { readonly kind: "added"; readonly watch: WatchRecord; readonly existed: boolean }
  /** Nothing is saved: the person, or the server, has as many as there may be. */
  | { readonly kind: "limit"; readonly limit: number };

/** Days after which a private watch ends unless its owner shows that they care. */
export const USUAL_LIFETIME_DAYS = 30;

/** What commands do with watches. Whoever calls has made sure that the person may: a scope is whose watches can be meant. */
export class Watching {
  readonly limits: WatchLimits;
  readonly #options: WatchingOptions;

  constructor(options: WatchingOptions) {
    this.#options = options;
    this.limits = options.limits;
  }

  /** It runs at once, and its subject is looked at as soon as possible. */
  async add({ subject, lifetimeDays, ...request }: NewWatch): Promise<AddedWatch> {
    const key = subjectKey(subject);
    await this.#plan();
    const lifetime = lifetimeDays === undefined && request.guildId === null ? USUAL_LIFETIME_DAYS : lifetimeDays;
    const added = await this.#options.store.watches.add(
      { ...request, ...key, lifetimeDays: lifetime ?? null },
      this.limits,
      this.#options.cadence.paceOf(key.kind),
    );
    return "limit" in added ? { kind: "limit", ...added } : { kind: "added", ...added };
  }

  get(id: string, scope: Scope): Promise<ListedWatch | undefined> {
    return this.#options.store.watches.get(id, scope);
  }

  /** A person's private watches, or those of a server; the oldest first. */
  list(scope: Scope): Promise<readonly ListedWatch[]> {
    return this.#options.store.watches.list(scope);
  }

  /** With what waits to be sent for it. False: there is no such watch any more; so do all below. */
  remove(id: string, scope: Scope): Promise<boolean> {
    return this.#options.store.watches.remove(id, scope);
  }

  /** What still matters when it is resumed is told then. */
  pause(id: string, scope: Scope): Promise<boolean> {
    return this.#options.store.watches.pause(id, scope, "person");
  }

  /** Whatever had stopped it; its target is believed to work again. */
  async resume(id: string, scope: Scope): Promise<boolean> {
    const watch = await this.get(id, scope);
    return (
      watch !== undefined && this.#options.store.watches.resume(id, scope, this.#options.cadence.paceOf(watch.kind))
    );
  }

  /** Somebody has linked an account: their watches that waited for one run again. */
  async resumeLinked(ownerId: string): Promise<void> {
    await this.#options.store.watches.resumePaused(ownerId, "link", this.#options.cadence.paceOf("roster"));
  }

  /** Nothing is told for so many milliseconds; what still matters then is told afterwards. */
  snooze(id: string, scope: Scope, ms: number): Promise<boolean> {
    return this.#options.store.watches.snooze(id, scope, ms);
  }

  /** Its owner has reacted: it lives on. */
  touch(id: string, scope: Scope): Promise<boolean> {
    return this.#options.store.watches.touch(id, scope);
  }

  /**
   * A person's watches that were stopped by something else than them, and of which they were not told yet: from now on they
   * count as told.
   */
  takePaused(ownerId: string): Promise<readonly WatchRecord[]> {
    return this.#options.store.watches.tellPaused(ownerId);
  }

  /** False: this API tells nothing of the kind that could be watched. */
  canWatch(kind: WatchKind): boolean {
    return this.#options.cadence.has(kind);
  }

  /** How often subjects of a kind are looked at now, in milliseconds, as the API's budget allows. */
  cadenceMs(kind: WatchKind): number {
    return this.#options.cadence.paceOf(kind).periodMs;
  }

  /** What watching takes of the API's points now; as it was last known while the database does not answer. */
  async load(): Promise<WatchLoad> {
    const { store, cadence } = this.#options;
    await store.looks.demand().then(
      (demand) => {
        cadence.plan(demand);
      },
      () => undefined,
    );
    return cadence.load;
  }

  async #plan(): Promise<void> {
    const { store, cadence, clock } = this.#options;
    await cadence.refresh(() => store.looks.demand(), clock.now()).catch(() => undefined);
  }

  /** Sends a real message to a watch's target, without a sound; undefined: there is no such watch. */
  async test(id: string, scope: Scope, signal: AbortSignal): Promise<TestResult | undefined> {
    const watch = await this.get(id, scope);
    return watch && this.#options.sendTest(watch, signal);
  }

  /** Null: none. */
  async quietHours(of: QuietOwner): Promise<QuietHours | null> {
    const { people, servers } = this.#options.preferences;
    const kept = "guildId" in of ? await servers.get(of.guildId) : await people.get(of.personId);
    if (!kept) return null;
    const { quietFrom, quietUntil, timeZone, quietMode } = kept;
    if (quietFrom === null || quietUntil === null || timeZone === null || quietMode === null) return null;
    return { from: quietFrom, until: quietUntil, timeZone, mode: quietMode };
  }

  /** Null: none. */
  async setQuietHours(of: QuietOwner, hours: QuietHours | null): Promise<void> {
    const changes = {
      quietFrom: hours?.from ?? null,
      quietUntil: hours?.until ?? null,
      timeZone: hours?.timeZone ?? null,
      quietMode: hours?.mode ?? null,
    };
    const { people, servers } = this.#options.preferences;
    await ("guildId" in of ? servers.save(of.guildId, changes) : people.save(of.personId, changes));
  }

  /** A message that shows a region's emissions, made and then edited in a channel. */
  addPanel(panel: Omit<Panel, "state" | "reason" | "shownAt">): Promise<Panel> {
    return this.#options.store.panels.add(panel);
  }

  /** It is shown again, whatever had stopped it. False: there is no such panel any more. */
  resumePanel(panel: PanelKey, guildId: string): Promise<boolean> {
    return this.#options.store.panels.resume(panel, guildId);
  }

  /** Sends a real message where a panel is, without a sound. */
  testPanel({ channelId, region, ownerId, guildId, locale }: Panel, signal: AbortSignal): Promise<TestResult> {
    const about = { id: "", ...subjectKey({ kind: "emission", region }), rule: null };
    const tested = { ...about, ownerId, guildId, target: `channel:${channelId}`, locale };
    return this.#options.sendTest(tested, signal);
  }

  panels(guildId: string): Promise<readonly Panel[]> {
    return this.#options.store.panels.list(guildId);
  }

  /** With its message, which would stay as it was for ever. False: there is no such panel any more. */
  async removePanel(panel: PanelKey, guildId: string): Promise<boolean> {
    const { store, deleteMessage } = this.#options;
    const messageId = await store.panels.remove(panel, guildId);
    if (typeof messageId === "string") await deleteMessage(panel.channelId, messageId);
    return messageId !== undefined;
  }

  /** Emissions that were seen in a region, the newest first. */
  observedEmissions(region: string, most = 200): Promise<readonly ObservedEmission[]> {
    return this.#options.store.archive.emissions(region, most);
  }

  /** What happened in a clan that is watched, the newest first: up to 500 are kept. */
  rosterLog(region: string, clanId: string, most: number): Promise<readonly LoggedChange[]> {
    return this.#options.store.archive.roster(subjectKey({ kind: "roster", region, clanId }).subject, most);
  }
}

/** Whose hours: a person's for direct messages, a server's for its channels. */
export type QuietOwner = { readonly personId: string } | { readonly guildId: string };
