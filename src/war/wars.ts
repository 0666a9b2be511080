import { randomInt } from "node:crypto";
import type {
  AnswerOutcome,
  Excuse,
  GivenAnswer,
  ListedWatch,
  NamedPerson,
  Outbox,
  PlannedWar,
  Verdict,
  Watches,
  WarStore,
} from "../store/index.js";
import { MINUTE_MS, type Clock } from "../time.js";
import type { WarEvent } from "../watch/index.js";
import { attendees, type Attendee } from "./attendance.js";
import type { EventKeeper } from "./event-keeper.js";
import { begins, endOf, nextStarts, readWarId, sameDay, warId } from "./occurrences.js";
import { presetsOf, type Preset } from "./presets.js";
import { plannedWar, termsOf, watchOf, type Schedule } from "./schedule.js";
import { statsOf, type WarStats } from "./stats.js";
import type { ScheduleTerms } from "./terms.js";
import { readRoll, readWar, type Roll, type War } from "./war.js";

export type AddedSchedule =
  | { readonly kind: "added"; readonly schedule: Schedule }
  /** The server has as many as there may be. */
  | { readonly kind: "limit"; readonly limit: number };

export type Answered =
  | { readonly kind: "done"; readonly roll: Roll }
  /** It has begun, or is over. */
  | { readonly kind: "closed"; readonly war: War }
  | { readonly kind: "cancelled"; readonly war: War }
  | { readonly kind: "gone" };

/** Who was at a war. */
export interface Attendance {
  readonly war: War;
  /** By Discord id. */
  readonly people: readonly Attendee[];
}

export interface WarsOptions {
  readonly store: WarStore;
  readonly watches: Pick<Watches, "add" | "change" | "get" | "list" | "pause" | "remove" | "resume">;
  readonly outbox: Pick<Outbox, "post">;
  /** Ends the scheduled events of a schedule that goes; undefined: they stay. */
  readonly keeper?: Pick<EventKeeper, "keep"> | undefined;
  readonly clock: Pick<Clock, "now">;
}

/** Schedules of one server. */
const MOST_SCHEDULES = 20;
const PACE = { periodMs: 6 * 60 * MINUTE_MS, points: 0 };
const ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

/** What commands do with clan wars. Whoever calls has made sure that the person may. */
export class Wars {
  readonly #options: WarsOptions;

  constructor(options: WarsOptions) {
    this.#options = options;
  }

  /** Usual times of a region; none where these are not known. */
  presets(region: string): readonly Preset[] {
    return presetsOf(region);
  }

  /** The oldest first. */
  async schedules(guildId: string): Promise<readonly Schedule[]> {
    const { store, watches } = this.#options;
    const [all, ahead] = await Promise.all([watches.list({ guildId }), store.wars.ahead(guildId)]);
    const cancelled = new Set(ahead.filter(({ state }) => state === "cancelled").map(({ id }) => id));
    return all.flatMap((watch) => this.#read(watch, cancelled) ?? []);
  }

  async schedule(id: string, guildId: string): Promise<Schedule | undefined> {
    return (await this.schedules(guildId)).find((one) => one.id === id);
  }

  /** It runs at once: its next war is announced when its time comes. */
  async add(guildId: string, ownerId: string, terms: ScheduleTerms): Promise<AddedSchedule> {
    const id = newId(6);
    const request = { kind: "war", subject: `${guildId}:${id}`, ownerId, guildId, ...watchOf(terms) } as const;
    const fixed = { crosspost: false, silent: false, lifetimeDays: null };
    const limits = { perPerson: 0, perServer: 0, perOtherKind: MOST_SCHEDULES };
    const added = await this.#options.watches.add({ ...request, ...fixed }, limits, PACE);
    if ("limit" in added) return { kind: "limit", limit: added.limit };
    const schedule = await this.schedule(id, guildId);
    if (!schedule) throw new Error("a schedule that was just made is not there");
    return { kind: "added", schedule };
  }

  /**
   * Wars that were announced and have not begun move to the new time of their day, and are cancelled where that day has none
   * any more. A paused schedule stays paused, unless its channel was the reason. Undefined: there is none.
   */
  async change(id: string, guildId: string, terms: ScheduleTerms): Promise<Schedule | undefined> {
    const schedule = await this.schedule(id, guildId);
    const watch = await this.#watch(id, guildId);
    if (!schedule || !watch) return undefined;
    await this.#moveWars(schedule, terms);
    await this.#options.watches.change(watch.id, { guildId }, watchOf(terms), PACE);
    return this.schedule(id, guildId);
  }

  /** Its wars that have not begun are cancelled. False: there is no such schedule any more. */
  async remove(id: string, guildId: string): Promise<boolean> {
    const { store, watches, keeper } = this.#options;
    const watch = await this.#watch(id, guildId);
    if (!watch) return false;
    const now = this.#options.clock.now();
    for (const war of await store.wars.ahead(guildId))
      if (war.scheduleId === id && war.startsAt.getTime() > now) {
        const cancelled = await store.wars.cancel({ guildId, scheduleId: id }, war);
        const gone = cancelled && readWar(cancelled);
        // Nobody looks at it any more.
        if (gone) await keeper?.keep(gone, now);
      }
    return watches.remove(watch.id, { guildId });
  }

  async pause(id: string, guildId: string): Promise<boolean> {
    const watch = await this.#watch(id, guildId);
    return watch !== undefined && this.#options.watches.pause(watch.id, { guildId }, "person");
  }

  async resume(id: string, guildId: string): Promise<boolean> {
    const watch = await this.#watch(id, guildId);
    return watch !== undefined && this.#options.watches.resume(watch.id, { guildId }, PACE);
  }

  /** Also one that lies ahead and was not announced yet. */
  async war(id: string, guildId: string): Promise<War | undefined> {
    const record = await this.#options.store.wars.get(id, guildId);
    if (record) return readWar(record);
    const named = readWarId(id);
    const schedule = named && (await this.schedule(named.scheduleId, guildId));
    if (!schedule || named.start <= this.#options.clock.now() || !begins(named.start, schedule.terms)) return undefined;
    return plannedWar(schedule, named.start);
  }

  /** Those that are not over, the earliest first; planned and cancelled ones are among them. */
  async next(guildId: string, most: number): Promise<readonly War[]> {
    const now = this.#options.clock.now();
    const [schedules, ahead] = await Promise.all([this.schedules(guildId), this.#options.store.wars.ahead(guildId)]);
    const known = ahead.flatMap((record) => readWar(record) ?? []);
    const isKnown = (war: War) =>
      known.some(
        ({ id, scheduleId, startsAt }) =>
          id === war.id || (scheduleId === war.scheduleId && startsAt.getTime() === war.startsAt.getTime()),
      );
    const planned = schedules
      .filter(({ state }) => state === "running")
      .flatMap((schedule) =>
        nextStarts(now, most + known.length, schedule.terms).map((start) => plannedWar(schedule, start)),
      )
      .filter((war) => !isKnown(war));
    return [...known, ...planned].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime()).slice(0, most);
  }

  /** Those that are over, the newest first. */
  async past(guildId: string, most: number): Promise<readonly War[]> {
    return (await this.#options.store.wars.past(guildId, most)).flatMap((record) => readWar(record) ?? []);
  }

  /** All that its message shows. */
  async roll(id: string, guildId: string): Promise<Roll | undefined> {
    const found = await this.#options.store.wars.roll(id);
    if (found) return found.war.guildId === guildId ? readRoll(found) : undefined;
    const war = await this.war(id, guildId);
    return war && { war, signUps: [], squads: [], excused: [] };
  }

  /** Until it begins, by the database's clock. */
  async signUp(id: string, guildId: string, given: GivenAnswer): Promise<Answered> {
    const { signUps } = this.#options.store;
    await this.#know(id, guildId);
    const outcome: AnswerOutcome = await signUps.put(id, guildId, given);
    const roll = outcome === "gone" ? undefined : await this.roll(id, guildId);
    if (!roll || outcome === "gone") return { kind: "gone" };
    return outcome === "done" ? { kind: "done", roll } : { kind: outcome, war: roll.war };
  }

  /** One war will not be. Undefined: there is none, or it is over. */
  async cancel(id: string, guildId: string): Promise<War | undefined> {
    const war = await this.war(id, guildId);
    if (!war) return undefined;
    const cancelled = await this.#options.store.wars.cancel(war, war);
    await this.#lookAt(war);
    return cancelled && readWar(cancelled);
  }

  /** It will be after all. Undefined: there is none, or it was not cancelled, or has begun. */
  async restore(id: string, guildId: string): Promise<War | undefined> {
    const restored = await this.#options.store.wars.restore(id, guildId);
    if (!restored) return undefined;
    await this.#lookAt(restored);
    return readWar(restored);
  }

  /**
   * Sends its message anew, as soon as the channel takes it; the one before is not edited any more. False: there is no such
   * war, or it is over or cancelled, or its schedule is gone.
   */
  async post(id: string, guildId: string): Promise<boolean> {
    await this.#know(id, guildId);
    const war = await this.war(id, guildId);
    const watch = war && (await this.#watch(war.scheduleId, guildId));
    if (!watch || war.state === "over" || war.state === "cancelled") return false;
    const event: WarEvent = { kind: "war", what: "open", warId: id, revision: war.revision };
    const { target, ownerId, locale } = watch;
    await this.#options.outbox.post([{ target, watchId: watch.id, ownerId, guildId, event, silent: false, locale }]);
    return true;
  }

  /** Undefined: there is no such war, or it has as many squads as there may be. */
  addSquad(warId: string, guildId: string, name: string): Promise<Roll | undefined> {
    return this.#changeSquads(warId, guildId, (squads, war) => squads.add(war, newId(8), name));
  }

  /** Undefined: there is no such squad; so do the next two. */
  renameSquad(warId: string, guildId: string, squadId: string, name: string): Promise<Roll | undefined> {
    return this.#changeSquads(warId, guildId, (squads, war) => squads.rename(war, squadId, name));
  }

  removeSquad(warId: string, guildId: string, squadId: string): Promise<Roll | undefined> {
    return this.#changeSquads(warId, guildId, (squads, war) => squads.remove(war, squadId));
  }

  /** These are in this squad and in no other; a squad of null: in none. */
  setSquad(
    warId: string,
    guildId: string,
    squadId: string | null,
    personIds: readonly string[],
  ): Promise<Roll | undefined> {
    return this.#changeSquads(warId, guildId, (squads, war) => squads.assign(war, squadId, personIds));
  }

  /** Undefined: there is no such war. */
  async attendance(id: string, guildId: string): Promise<Attendance | undefined> {
    const found = await this.#options.store.wars.evidence(id);
    const evidence = found?.war.guildId === guildId ? readRoll(found) : undefined;
    if (!evidence) return undefined;
    const { war } = evidence;
    return { war, people: attendees(evidence, await this.#expected(war)) };
  }

  /** What an officer says about people; null takes it back. Undefined: there is no such war. */
  async correct(
    id: string,
    guildId: string,
    people: readonly NamedPerson[],
    said: { readonly verdict: Verdict; readonly reason: string | null; readonly by: string } | null,
  ): Promise<Attendance | undefined> {
    const { presence } = this.#options.store;
    return (await presence.correct({ warId: id, guildId }, people, said)) ? this.attendance(id, guildId) : undefined;
  }

  /** Somebody cannot come from one moment to another. */
  async excuse(guildId: string, given: Omit<Excuse, "id">): Promise<Excuse> {
    const excuse = { ...given, id: newId(8) };
    await this.#options.store.excuses.add(guildId, excuse);
    return excuse;
  }

  /** Those that are not over, the earliest end first. */
  excuses(guildId: string): Promise<readonly Excuse[]> {
    return this.#options.store.excuses.list(guildId);
  }

  /** False: there is no such excuse any more. */
  removeExcuse(id: string, guildId: string): Promise<boolean> {
    return this.#options.store.excuses.remove(id, guildId);
  }

  /** Of all wars that are over and began since then. */
  async stats(guildId: string, since: Date): Promise<WarStats> {
    const all = await this.#options.store.wars.evidenceSince(guildId, since);
    return statsOf(
      all.flatMap((one) => {
        const evidence = readRoll(one);
        return evidence ? [{ war: evidence.war, people: attendees(evidence) }] : [];
      }),
    );
  }

  #read(watch: ListedWatch, cancelled: ReadonlySet<string>): Schedule | undefined {
    const id = watch.kind === "war" ? watch.subject.split(":")[1] : undefined;
    const terms = termsOf(watch);
    if (id === undefined || !terms || watch.guildId === null) return undefined;
    const next = nextStarts(this.#options.clock.now(), cancelled.size + 1, terms).find(
      (start) => !cancelled.has(warId(id, start)),
    );
    const { guildId, ownerId, state, pauseReason, targetReason } = watch;
    return {
      ...{ id, guildId, ownerId, terms, state, pauseReason, targetReason },
      next: next === undefined ? undefined : new Date(next),
    };
  }

  async #watch(id: string, guildId: string): Promise<ListedWatch | undefined> {
    const subject = `${guildId}:${id}`;
    return (await this.#options.watches.list({ guildId })).find((one) => one.kind === "war" && one.subject === subject);
  }

  /** Something is to be done about one of its wars. */
  async #lookAt({ scheduleId, guildId }: Pick<War, "scheduleId" | "guildId">): Promise<void> {
    const watch = await this.#watch(scheduleId, guildId);
    const terms = watch && termsOf(watch);
    if (terms) await this.#options.watches.change(watch.id, { guildId }, watchOf(terms), PACE);
  }

  /** A war ahead gets a row when something is to be kept of it. */
  async #know(id: string, guildId: string): Promise<void> {
    const { wars } = this.#options.store;
    if (await wars.get(id, guildId)) return;
    const war = await this.war(id, guildId);
    if (war) await wars.plan(war, war);
  }

  async #changeSquads(
    warId: string,
    guildId: string,
    change: (squads: WarStore["squads"], war: { warId: string; guildId: string }) => Promise<boolean>,
  ): Promise<Roll | undefined> {
    await this.#know(warId, guildId);
    return (await change(this.#options.store.squads, { warId, guildId })) ? this.roll(warId, guildId) : undefined;
  }

  async #moveWars({ id, guildId, terms: before }: Schedule, terms: ScheduleTerms): Promise<void> {
    const { wars } = this.#options.store;
    const now = this.#options.clock.now();
    const moved: PlannedWar[] = [];
    for (const war of await wars.ahead(guildId)) {
      if (war.scheduleId !== id || war.startsAt.getTime() <= now || war.state === "cancelled") continue;
      const start = sameDay(war.startsAt.getTime(), before, terms);
      if (start === undefined || start <= now) await wars.cancel({ guildId, scheduleId: id }, war);
      else moved.push({ id: war.id, startsAt: new Date(start), endsAt: new Date(endOf(start, terms)), terms });
    }
    if (moved.length > 0) await wars.reschedule({ guildId, scheduleId: id }, moved);
  }

  /** People of the server who are known to have a character in the clan: they should have come. */
  async #expected({ guildId, terms: { region, clanId } }: War): Promise<readonly NamedPerson[]> {
    return region === null || clanId === null ? [] : this.#options.store.people.inClan(region, clanId, guildId);
  }
}

const newId = (length: number) => Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
