import type { z } from "zod";
import type {
  LoggedChange,
  ObservedEmission,
  PauseReason,
  RunningWatch,
  WatchKind,
  WatchRecord,
  WatchStore,
} from "../store/index.js";

/** How a watcher would like to look at its subjects. */
export interface Pace {
  /** So often, in milliseconds, as long as the API's points allow it. */
  readonly everyMs: number;
  /** The same for what nobody watches, and is looked at for the archive; undefined: nothing is. */
  readonly unwatchedMs?: number;
  /** Points of the application's budget that a look costs as a rule: 0 where it has a budget of its own. */
  readonly points: number;
  /** Whether the looks may become rarer when there are many subjects. */
  readonly elastic: boolean;
}

/** A running watch, its rule and memory read. */
export interface Watch<Rule, Memory> extends Omit<RunningWatch, "rule" | "memory"> {
  readonly rule: Rule;
  /** Undefined at first, and when it cannot be read any more. */
  readonly memory: Memory | undefined;
}

/** A subject whose turn it is. */
export interface Glance<State, Rule, Memory> {
  /** "EU", "EU:zyv9", "EU:<id of a clan>": see `subjectOf`. */
  readonly subject: string;
  /** Now, by the database's clock. */
  readonly at: Date;
  /** What was seen last; undefined before the first look, and when it cannot be read any more. */
  readonly state: State | undefined;
  /** When, by the database's clock. */
  readonly lookedAt: Date | undefined;
  /** Those that want to be told now. Paused and snoozed ones are not among them; none where only a panel shows it. */
  readonly watches: readonly Watch<Rule, Memory>[];
  /** A panel shows it. */
  readonly shown: boolean;
  /** Aborted after a minute, or after 15 seconds where the pace is not elastic, and when the bot stops. */
  readonly signal: AbortSignal;
}

/** What a look led to. All of it is kept, or nothing: then the same subject comes again with the same state. */
export interface Look<State, Memory> {
  readonly state: State;
  /** In the order in which they are told. One of a watch that was removed or paused meanwhile is left out. */
  readonly events?: readonly WatchEvent[];
  /** Those that changed, and only those. */
  readonly memories?: readonly { readonly watchId: string; readonly memory: Memory }[];
  /** Watches that cannot go on: their owners are told when they come by. */
  readonly pauses?: readonly { readonly watchId: string; readonly reason: PauseReason }[];
  /** Panels of this region may have something new to show. */
  readonly panelsDirty?: boolean;
  /** For the archive: again when the end becomes known. */
  readonly observed?: readonly ObservedEmission[];
  /** For the log of a clan, the earliest first. */
  readonly log?: readonly LoggedChange[];
  /** When to look again, in milliseconds; undefined: as often as the budget allows. */
  readonly nextInMs?: number;
  /** What it cost of the application's points; undefined: as the pace says. */
  readonly points?: number;
}

export interface WatchEvent {
  readonly watchId: string;
  /** One of the alerts in `events.ts`; JSON. */
  readonly event: unknown;
  /** Milliseconds after which nobody wants to hear of it any more; undefined: never too late. */
  readonly usefulForMs?: number | undefined;
  /** Goes to the owner by direct message, in place of the watch's target. */
  readonly toOwner?: boolean | undefined;
  /** False: the watch's role is not mentioned. */
  readonly pings?: boolean | undefined;
}

/** Looks at one kind of subject. It keeps nothing itself: what it has to know the next time is its state. */
export interface Watcher<State, Rule, Memory> {
  readonly kind: WatchKind;
  readonly pace: Pace;
  readonly state: z.ZodType<State>;
  readonly rule: z.ZodType<Rule>;
  readonly memory: z.ZodType<Memory>;
  /** Rejects when the game's API gives no answer: nothing changes then, and the subject comes again. */
  look(glance: Glance<State, Rule, Memory>): Promise<Look<State, Memory>>;
}

/** A watcher of whatever kind, as the loop has it. */
export interface AnyWatcher {
  readonly kind: WatchKind;
  readonly pace: Pace;
  look(glance: Glance<unknown, unknown, unknown>): Promise<Look<unknown, unknown>>;
}

/** Reads what the store has before the watcher sees it. A watch whose rule cannot be read is left out. */
export function defineWatcher<State, Rule, Memory>(watcher: Watcher<State, Rule, Memory>): AnyWatcher {
  const { kind, pace, state, rule, memory } = watcher;
  return {
    kind,
    pace,
    look: (glance) =>
      watcher.look({
        ...glance,
        state: state.safeParse(glance.state).data,
        watches: glance.watches.flatMap((watch) => {
          const read = rule.safeParse(watch.rule);
          return read.success ? [{ ...watch, rule: read.data, memory: memory.safeParse(watch.memory).data }] : [];
        }),
      }),
  };
}

/** What hears how looking goes, for metrics. */
export interface LookingObserver {
  /** A look ended. `lateMs`: how long after its time it began. */
  looked?(look: { readonly kind: WatchKind; readonly ok: boolean; readonly ms: number }): void;
  /** So many alerts were put into the outbox. */
  alerts?(count: number): void;
}

/** What the sender needs of the store. */
export type DeliveringStore = Pick<WatchStore, "outbox" | "panels" | "listen">;

/** How a test message to a watch's target ended. */
export type TestResult =
  | { readonly kind: "sent"; readonly messageId: string }
  /** `reason` as in the outcomes of the sender, for the text that says what to do. */
  | { readonly kind: "refused"; readonly reason: string }
  /** Discord did not answer, or asked to wait: it says nothing about the target. */
  | { readonly kind: "unavailable" };

/** Sends a real message to a watch's target at once, without a sound and past the outbox. */
export type SendTest = (tested: Tested, signal: AbortSignal) => Promise<TestResult>;

/** What a test message is about, and where it goes. */
export type Tested = Pick<
  WatchRecord,
  "id" | "kind" | "subject" | "rule" | "ownerId" | "guildId" | "target" | "locale"
>;
