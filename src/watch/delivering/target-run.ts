import type { Clock, Random } from "../../time.js";
import type { ClaimedTarget, DeliveryOutcome, Outbox, TargetRelease, WaitingDelivery } from "../../store/index.js";
import { grouped, kindOf } from "./grouping.js";
import type { Ledger } from "./ledger.js";
import type { DeliveringLog } from "./log.js";
import type { Failed, Messenger, Refusal, Render } from "./messenger.js";
import type { DeliveringObserver, DeliveryEnd, DiscordWeather } from "./observer.js";
import type { QuietTimes } from "./quiet-hours.js";
import { isDm, reasonOf, verdict } from "./verdict.js";

export interface RunParts<V> {
  readonly outbox: Outbox;
  readonly ledger: Ledger;
  readonly messenger: Messenger<V>;
  readonly render: Render<V>;
  readonly quietTimes: QuietTimes;
  readonly weather: DiscordWeather;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: DeliveringLog;
  readonly observer: DeliveringObserver | undefined;
  /** Milliseconds. */
  readonly leaseMs: number;
  readonly perTarget: number;
  /** Aborted: what is under way is finished, and nothing else begun. */
  readonly stopping: AbortSignal;
}

/** After so many loads another target gets its turn. */
const LOADS = 10;

type Group = readonly [WaitingDelivery, ...WaitingDelivery[]];
/** How it goes on: "wait": nothing more is sent for now; "gone": the target is paused, or not ours any more. */
type Way = "on" | "wait" | "gone";

/** Sends what waits for one target, in its order, as long as it is ours. */
export class TargetRun<V> {
  readonly #parts: RunParts<V>;
  readonly #target: ClaimedTarget;
  readonly #lease: string;
  #leasedAt: number;
  #release: Omit<TargetRelease, "target"> = {};
  #channelId: string | undefined;
  /** What is being written down. */
  #noted: Promise<void>[] = [];

  constructor(parts: RunParts<V>, target: ClaimedTarget, lease: string, leasedAt: number) {
    this.#parts = parts;
    this.#target = target;
    this.#lease = lease;
    this.#leasedAt = leasedAt;
    this.#channelId = isDm(target.target) ? (target.dmChannelId ?? undefined) : target.target.slice("channel:".length);
  }

  /** Rejects when the database does not answer: then the lease ends by itself, and somebody goes on. */
  async run(): Promise<void> {
    const { outbox, ledger, perTarget } = this.#parts;
    const { target } = this.#target;
    let deliveries = this.#target.deliveries;
    for (let loads = 1; deliveries.length > 0; loads++) {
      const way = await this.#sendAll(deliveries);
      await this.#written();
      if (way === "gone") return;
      if (way === "wait" || loads === LOADS || deliveries.length < perTarget || !(await this.#isOurs())) break;
      deliveries = await outbox.more(this.#lease, target, perTarget);
    }
    await ledger.release(this.#lease, { target, ...this.#release });
  }

  async #sendAll(loaded: readonly WaitingDelivery[]): Promise<Way> {
    const { stopping, clock, quietTimes } = this.#parts;
    const { quiet } = this.#target;
    const quietMs = quiet ? quietTimes.forMs(clock.now(), quiet) : undefined;
    const isSilent = quietMs !== undefined && quiet?.mode === "silent";
    // One that may be there already is not held: it is only made certain. Nor is what officers have set a time for.
    const rests = (one: WaitingDelivery) =>
      quietMs !== undefined && !isSilent && one.begunAgoMs === null && kindOf(one) !== "war";
    if (quietMs !== undefined) this.#rest(loaded.filter(rests), quietMs);
    const groups = grouped(loaded.filter((one) => !rests(one)));
    for (const [index, group] of groups.entries()) {
      const isStopped = stopping.aborted;
      const isOurs = isStopped || (await this.#isOurs());
      const way = isStopped ? "wait" : isOurs ? await this.#send(group, isSilent) : "gone";
      if (way === "on") continue;
      const untried = groups.slice(isStopped ? index : index + 1).flat();
      if (way === "wait") this.#note(untried.map((delivery) => ({ delivery, outcome: "untried" })));
      return way;
    }
    return "on";
  }

  /** Held until quiet hours end; what nobody wants to hear of by now is dropped at once. */
  #rest(resting: readonly WaitingDelivery[], forMs: number): void {
    this.#end(
      resting.filter(({ tooLate }) => tooLate),
      "dropped",
      "late",
    );
    const held = resting.filter(({ tooLate }) => !tooLate);
    for (const one of held) this.#observe(one, "held");
    this.#note(held.map((delivery) => ({ delivery, outcome: "held", forMs })));
  }

  async #send(whole: Group, isQuiet: boolean): Promise<Way> {
    const { messenger, weather } = this.#parts;
    const group = this.#inTime(whole);
    if (!group) return "on";
    const view = await this.#write(group);
    if (!view) return "on";
    const opened = this.#channelId === undefined ? await this.#openDm() : undefined;
    if (opened) return this.#fail(opened, group);
    const [first] = group;
    const posted = await messenger.post(this.#channelId ?? "", {
      view,
      nonce: first.nonce,
      roleId: first.roleId ?? undefined,
      silent: first.silent || isQuiet,
      triedAgoMs: first.begunAgoMs,
    });
    if (posted.kind !== "sent" && posted.kind !== "deleted") return this.#fail(posted, group);
    weather.taken();
    this.#release = { ...this.#release, failures: "none" };
    if (posted.kind === "deleted") {
      this.#end(group, "dropped", "deleted");
      return "on";
    }
    const { messageId, channelId } = posted;
    const publishIn = first.crosspost ? channelId : undefined;
    const sent = { outcome: "sent", messageId, sentIn: channelId, publishIn } as const;
    this.#note(group.map((delivery) => ({ delivery, ...sent })));
    for (const one of group) this.#observe(one, "sent");
    return "on";
  }

  /** Drops what comes too late; of a message that may be there already, only as a whole. */
  #inTime(group: Group): Group | undefined {
    const late = group.filter(({ tooLate }) => tooLate);
    if (late.length === 0 || (group[0].begunAgoMs !== null && late.length < group.length)) return group;
    this.#end(late, "dropped", "late");
    const [first, ...others] = group.filter(({ tooLate }) => !tooLate);
    return first && [first, ...others];
  }

  async #write(group: Group): Promise<V | undefined> {
    const { render, log } = this.#parts;
    const [{ locale, held }] = group;
    try {
      const view = await render(group, { locale, held });
      if (view === undefined) this.#end(group, "dropped", "nothing-to-tell");
      return view;
    } catch (error) {
      log.error(
        { err: error, deliveries: group.map(({ id }) => id) },
        "an alert could not be written, and is left out",
      );
      this.#end(group, "dropped", "unwritten");
      return undefined;
    }
  }

  /** Undefined: it is open. */
  async #openDm(): Promise<Failed | undefined> {
    const opened = await this.#parts.messenger.openDm(this.#target.target.slice("dm:".length));
    // Whatever became of the request, no message was sent.
    if (opened.kind === "unclear") return { kind: "away", cause: opened.cause };
    if (opened.kind !== "opened") return opened;
    this.#channelId = opened.channelId;
    this.#release = { ...this.#release, dmChannelId: opened.channelId };
    return undefined;
  }

  async #fail(failed: Failed, group: Group): Promise<Way> {
    const { weather, clock, random, log } = this.#parts;
    weather.failed(failed);
    const failures = this.#release.failures === "none" ? 0 : this.#target.failures;
    const target = { target: this.#target.target, failures };
    const what = verdict(failed, { target, delivery: group[0], now: clock.now(), random });
    switch (what.kind) {
      case "drop": {
        const about = { err: failed.cause, deliveries: group.map(({ id }) => id), target: target.target };
        if (what.outcome === "dead") log.error(about, "an alert could not be sent for a day, and is given up");
        else if (what.reason === "blocked") log.warn(about, "the rules of a server or of Discord block an alert");
        else log.error(about, "Discord does not take what an alert says");
        this.#end(group, what.outcome, what.reason);
        return "on";
      }
      case "wait":
        this.#release = { ...this.#release, ...what.release };
        for (const one of group) this.#observe(one, "again");
        this.#note(group.map((delivery) => ({ delivery, outcome: what.tried, reason: reasonOf(failed) })));
        return "wait";
      case "pause":
        await this.#pause(what.reason, group);
        return "gone";
    }
  }

  async #pause(refusal: Refusal, group: Group): Promise<void> {
    const { outbox, messenger, log } = this.#parts;
    const { target, guildId } = this.#target;
    for (const one of group) this.#observe(one, one.watchId === null ? "dropped" : "held");
    // Whatever waits is held: what was sent must not be among that.
    await this.#written();
    if (refusal === "server-gone" && guildId !== null) {
      await outbox.leave(this.#lease, target, guildId);
      log.info({ guildId }, "the bot is not in this server any more: what is watched there waits for its return");
      return;
    }
    const lacks = (refusal === "permission" || refusal === "hidden") && !isDm(target);
    const missing = lacks && this.#channelId !== undefined ? await messenger.missingIn(this.#channelId) : undefined;
    const reason = missing ?? refusal;
    if (await outbox.pause(this.#lease, target, reason))
      log.info({ target, guildId, reason }, "alerts are paused: nothing can be sent there any more");
  }

  #end(group: readonly WaitingDelivery[], outcome: "dropped" | "dead", reason: string): void {
    for (const one of group) this.#observe(one, outcome);
    this.#note(group.map((delivery) => ({ delivery, outcome, reason })));
  }

  #note(outcomes: readonly DeliveryOutcome[]): void {
    if (outcomes.length === 0) return;
    const noting = this.#parts.ledger.note(outcomes);
    // Whoever waits for it hears of a failure; until then nobody does.
    noting.catch(() => undefined);
    this.#noted.push(noting);
  }

  async #written(): Promise<void> {
    await Promise.all(this.#noted);
    this.#noted = [];
  }

  /** Whether the target is still ours, for one more message at least. */
  async #isOurs(): Promise<boolean> {
    const { clock, leaseMs, outbox } = this.#parts;
    const now = clock.now();
    if (now - this.#leasedAt < leaseMs / 3) return true;
    const [held] = await outbox.renew(this.#lease, [this.#target.target], leaseMs);
    this.#leasedAt = now;
    return held !== undefined;
  }

  #observe(delivery: WaitingDelivery, outcome: DeliveryEnd): void {
    const lagMs = Math.max(0, this.#parts.clock.now() - delivery.createdAt.getTime());
    this.#parts.observer?.delivered({ outcome, kind: kindOf(delivery), lagMs });
  }
}
