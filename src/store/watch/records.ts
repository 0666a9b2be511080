/** What people ask to be told of: these are in their lists, and count there. */
export const ALERT_KINDS = ["emission", "price", "roster"] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];
export const isAlertKind = (kind: WatchKind): kind is AlertKind => ALERT_KINDS.some((one) => one === kind);

/** What can be watched. Clan wars and roles have commands of their own: `/watch` and `/alerts` do not show them. */
export const WATCH_KINDS = [...ALERT_KINDS, "war", "roles"] as const;
export type WatchKind = (typeof WATCH_KINDS)[number];

/**
 * Why a watch is paused: its owner wished it; nothing can be sent to its target; it ended; no linked account works any more;
 * the game does not know any more what it is about; the bot is not in its server, and it goes on when the bot is back.
 */
export type PauseReason = "person" | "target" | "expired" | "link" | "gone" | "server";

/** What is looked at, once for all who watch it. */
export interface SubjectKey {
  readonly kind: WatchKind;
  /**
   * "EU" for emissions, "EU:zyv9" for prices, "EU:<id of a clan>" for rosters, "<id of a server>:<id of a schedule>" for clan
   * wars, "<id of a server>:EU:<id of a clan>" for roles.
   */
  readonly subject: string;
}

/** What somebody wants to be told, and how. */
export interface WatchRequest extends SubjectKey {
  readonly ownerId: string;
  /** Null: it is private. */
  readonly guildId: string | null;
  /** "dm:<id of a person>" or "channel:<id of a channel or thread>". */
  readonly target: string;
  /** The role that is mentioned. */
  readonly roleId: string | null;
  /** Publishes messages of an announcement channel. */
  readonly crosspost: boolean;
  /** Messages make no sound. */
  readonly silent: boolean;
  /** As the kind's own schema says. */
  readonly rule: unknown;
  /** The language of its messages. */
  readonly locale: string;
  /** It ends so many days after its owner was last seen to care; null: never. */
  readonly lifetimeDays: number | null;
  /** What its watcher is to know from the beginning, as the kind's own schema says. */
  readonly memory?: unknown;
  /** Of its kind there is one about its subject at its target: it takes the place of that one, whatever the limit. */
  readonly alone?: boolean | undefined;
}

export interface WatchRecord extends Omit<WatchRequest, "memory" | "alone"> {
  /** Ten letters and digits. */
  readonly id: string;
  readonly state: "running" | "paused";
  readonly pauseReason: PauseReason | null;
  /** Of "target": why nothing can be sent there, as the sender names it. */
  readonly targetReason: string | null;
  readonly snoozedUntil: Date | null;
  readonly expiresAt: Date | null;
  readonly lastToldAt: Date | null;
  /** When its owner was last seen to care. */
  readonly touchedAt: Date;
  readonly createdAt: Date;
}

/** A watch as its owner sees it. */
export interface ListedWatch extends WatchRecord {
  /** When its subject was last looked at; null: not yet. */
  readonly lookedAt: Date | null;
  /** Looks at its subject that failed since one succeeded. */
  readonly failures: number;
  /** How often its subject is looked at, in milliseconds. */
  readonly periodMs: number;
}

/** A running watch, for who looks at its subject. */
export interface RunningWatch {
  readonly id: string;
  readonly ownerId: string;
  readonly guildId: string | null;
  readonly locale: string;
  readonly rule: unknown;
  /** What its watcher keeps of it; null at first. */
  readonly memory: unknown;
  readonly createdAt: Date;
}

/** A subject that is ours to look at until the lease ends, with those that watch it. */
export interface ClaimedSubject extends SubjectKey {
  /** Of who claimed it. */
  readonly lease: string;
  /** When it was claimed, by the database's clock. */
  readonly at: Date;
  /** Null before the first look. */
  readonly state: unknown;
  readonly lookedAt: Date | null;
  readonly failures: number;
  readonly watches: readonly RunningWatch[];
  /** A panel shows it. */
  readonly shown: boolean;
}

export interface ObservedEmission {
  readonly startedAt: Date;
  /** When the one directly before it began; null: another one may have been between the two. */
  readonly previousStart: Date | null;
  readonly endedAt: Date | null;
  /** False: nobody saw it end. */
  readonly endIsSure: boolean;
}

/** One change in a clan. */
export interface LoggedChange {
  readonly at: Date;
  /** As the roster's own schema says. */
  readonly change: unknown;
}

/** What a look at a subject led to. All of it is kept, or nothing. */
export interface LookResult extends SubjectKey {
  /** Under which the subject was claimed. */
  readonly lease: string;
  /** Undefined: the look failed, and the state stays. */
  readonly seen?:
    | {
        readonly state: unknown;
        readonly events: readonly {
          readonly watchId: string;
          readonly event: unknown;
          /** Afterwards nobody wants to hear of it any more. Undefined: never too late. */
          readonly usefulForMs?: number | undefined;
          /** In place of the watch's target: its owner, by direct message. */
          readonly toOwner?: boolean | undefined;
          /** False: the watch's role is not mentioned. */
          readonly pings?: boolean | undefined;
        }[];
        readonly memories: readonly { readonly watchId: string; readonly memory: unknown }[];
        readonly pauses: readonly { readonly watchId: string; readonly reason: PauseReason }[];
        /** Panels of the subject may have something new to show. */
        readonly panelsDirty: boolean;
        readonly observed: readonly ObservedEmission[];
        readonly log: readonly LoggedChange[];
        readonly points: number;
      }
    | undefined;
  /** When it is due again, in milliseconds. */
  readonly nextInMs: number;
  /** How often it is looked at as a rule, in milliseconds. */
  readonly periodMs: number;
}

/** A target whose deliveries are ours to send until the lease ends. */
export interface ClaimedTarget {
  readonly target: string;
  readonly guildId: string | null;
  /** Of a `dm:` target, once it was opened. */
  readonly dmChannelId: string | null;
  /** Failures in a row. */
  readonly failures: number;
  readonly firstFailedAt: Date | null;
  /** Of the person or the server; null: none. */
  readonly quiet: QuietHours | null;
  /** Those that are due, up to the wanted number, in the order in which they have to be sent. */
  readonly deliveries: readonly WaitingDelivery[];
}

export interface WaitingDelivery {
  readonly id: number;
  readonly watchId: string | null;
  readonly ownerId: string;
  readonly guildId: string | null;
  /** As the schema of the alerts says. */
  readonly event: unknown;
  readonly roleId: string | null;
  readonly crosspost: boolean;
  readonly silent: boolean;
  readonly locale: string;
  readonly createdAt: Date;
  /** Tries so far whose outcome is known. */
  readonly attempts: number;
  /** How long ago an earlier try began whose outcome is not known, in milliseconds; null: there was none. */
  readonly begunAgoMs: number | null;
  /** Nobody wants to hear of it any more. */
  readonly tooLate: boolean;
  /** It had to wait: for the end of quiet hours or of a snooze, or for its watch to go on. */
  readonly held: boolean;
  /** Up to 25 characters, of this delivery alone. */
  readonly nonce: string;
}

/** What became of a delivery that was loaded. */
export type DeliveryOutcome = { readonly delivery: Pick<WaitingDelivery, "id" | "begunAgoMs"> } &
  /** `publishIn`: it is in this announcement channel, and is to be published. */
  (
    | {
        readonly outcome: "sent";
        readonly messageId: string;
        /** Where it is, which of a forum is the post. */
        readonly sentIn?: string | undefined;
        readonly publishIn?: string | undefined;
      }
    /** It is not sent any more: too late, taken up by another message, or refused for what it says. */
    | { readonly outcome: "dropped"; readonly reason: string; readonly messageId?: string }
    /** Given up. */
    | { readonly outcome: "dead"; readonly reason: string }
    /** It was not sent for sure, and is tried again when its target's time comes. */
    | { readonly outcome: "again"; readonly reason: string }
    /** Whether it was sent is not known. */
    | { readonly outcome: "unknown"; readonly reason: string }
    /** It was not tried, and waits as before. */
    | { readonly outcome: "untried" }
    /** It was not tried, and waits for the end of quiet hours. */
    | { readonly outcome: "held"; readonly forMs: number }
  );

/** How the work on a target ended; what is absent stays as it was. */
export interface TargetRelease {
  readonly target: string;
  /** Nothing is sent before. */
  readonly nextInMs?: number | undefined;
  /** "none": something was sent; "one": one more. */
  readonly failures?: "none" | "one" | undefined;
  readonly dmChannelId?: string | null | undefined;
}

/** A message that is to be published, ours until the lease ends. */
export interface ClaimedCrosspost {
  readonly id: number;
  readonly channelId: string;
  readonly messageId: string;
  /** Since it was sent, in milliseconds. */
  readonly waitedMs: number;
}

/** What became of one. */
export interface CrosspostOutcome {
  readonly id: number;
  /** It is tried again after so many milliseconds; undefined: it is done with. */
  readonly againInMs?: number | undefined;
}

export interface QuietHours {
  /** Minutes of the day, 0 to 1439. An `until` before `from` is the next day's. */
  readonly from: number;
  readonly until: number;
  /** "Europe/Berlin" */
  readonly timeZone: string;
  /** Hold: told afterwards, in one message; silent: at once, without a sound. */
  readonly mode: "hold" | "silent";
}

export interface PanelKey {
  readonly channelId: string;
  readonly region: string;
}

export interface Panel extends PanelKey {
  readonly guildId: string;
  readonly ownerId: string;
  readonly locale: string;
  readonly state: "ok" | "paused";
  /** Why it is paused, as the sender names it. */
  readonly reason: string | null;
  /** When it was made or edited last; null: not yet. */
  readonly shownAt: Date | null;
}

/** A panel that may have something new to show, ours until the lease ends. */
export interface ClaimedPanel extends PanelKey {
  readonly guildId: string;
  readonly locale: string;
  readonly messageId: string | null;
  readonly shownHash: string | null;
  readonly failures: number;
  /** To be given back with what became of it. */
  readonly version: number;
}

/** What became of a panel; what is absent stays as it was. */
export interface PanelOutcome extends PanelKey {
  /** The version that is shown now; undefined: it is not. */
  readonly shownVersion?: number | undefined;
  readonly messageId?: string | null | undefined;
  readonly shownHash?: string | null | undefined;
  /** It is not edited before. */
  readonly nextInMs?: number | undefined;
  readonly failures?: "none" | "one" | undefined;
  /** It cannot be shown any more. */
  readonly pausedFor?: string | undefined;
  /** The bot is not in this server any more. */
  readonly leftServer?: string | undefined;
}
