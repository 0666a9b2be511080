/** "planned": it lies ahead and was not announced yet; "open": people may sign up; then it runs, and is over. */
export const WAR_STATES = ["planned", "open", "running", "over", "cancelled"] as const;
export type WarState = (typeof WAR_STATES)[number];

export const ANSWERS = ["yes", "late", "no"] as const;
export type Answer = (typeof ANSWERS)[number];

/** What an officer says about somebody. */
export const VERDICTS = ["present", "absent", "excused"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What a profile told: a login, or that it is hidden, or that there is no such character. */
export const LOGIN_OUTCOMES = ["seen", "hidden", "gone"] as const;
export type LoginOutcome = (typeof LOGIN_OUTCOMES)[number];

export interface WarRecord {
  readonly id: string;
  readonly guildId: string;
  /** The schedule may be gone. */
  readonly scheduleId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly state: WarState;
  /** As the domain's own schema says. */
  readonly terms: unknown;
  /** Goes up with every change of what its message shows. */
  readonly revision: number;
  /** Where its sign-up message is; null: it was not sent yet, or is gone. */
  readonly channelId: string | null;
  readonly messageId: string | null;
  /** Discord's scheduled event. */
  readonly eventId: string | null;
  /** Why there is no scheduled event, or not the right one: "permission.create-events", "full", "refused". */
  readonly eventProblem: string | null;
}

/** A war as its schedule makes it. */
export interface PlannedWar {
  readonly id: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly terms: unknown;
}

/** Somebody, as they are shown to others. */
export interface NamedPerson {
  /** Their Discord id. */
  readonly personId: string;
  readonly name: string;
}

export interface SignUp extends NamedPerson {
  readonly character: { readonly name: string; readonly region: string } | null;
  readonly answer: Answer;
  readonly reason: string | null;
  readonly at: Date;
}

export interface Squad {
  readonly id: string;
  readonly name: string;
  /** Discord ids; a person is in one squad of a war at most. */
  readonly members: readonly string[];
}

/** Somebody cannot come for a while. */
export interface Excuse extends NamedPerson {
  readonly id: string;
  readonly from: Date;
  readonly until: Date;
  readonly reason: string;
  /** The Discord id of who wrote it down; null: nobody knows any more. */
  readonly by: string | null;
}

export interface Correction extends NamedPerson {
  readonly verdict: Verdict;
  readonly reason: string | null;
  readonly by: string | null;
}

/** All that a war's message shows. */
export interface WarRoll {
  readonly war: WarRecord;
  /** The earliest first. */
  readonly signUps: readonly SignUp[];
  readonly squads: readonly Squad[];
  /** Those that hold when it begins. */
  readonly excused: readonly Excuse[];
}

export interface SeenInVoice {
  readonly personId: string;
  /** False: they were seen not to be there. */
  readonly present: boolean;
  readonly from: Date;
  readonly until: Date;
}

export interface ReadLogin {
  readonly personId: string;
  readonly character: string;
  readonly outcome: LoginOutcome;
  readonly firstLogin: Date | null;
  readonly lastLogin: Date | null;
  readonly readAt: Date;
}

/** All that is known about who was there. */
export interface WarEvidence extends WarRoll {
  readonly voice: readonly SeenInVoice[];
  /** When all voice channels of the server were followed. */
  readonly followed: readonly { readonly from: Date; readonly until: Date }[];
  readonly logins: readonly ReadLogin[];
  readonly corrections: readonly Correction[];
}

/** A sign-up message that may have something new to show, ours until the lease ends. */
export interface ClaimedWarMessage {
  readonly warId: string;
  readonly guildId: string;
  readonly channelId: string;
  readonly messageId: string;
  readonly locale: string;
  readonly shownHash: string | null;
  readonly failures: number;
  readonly revision: number;
}

/** What became of one; what is absent stays as it was. */
export interface WarMessageOutcome {
  readonly warId: string;
  /** The revision that is shown now. */
  readonly shown?: number | undefined;
  readonly shownHash?: string | undefined;
  /** It is not edited before, in milliseconds. */
  readonly nextInMs?: number | undefined;
  readonly failures?: "none" | "one" | undefined;
  /** It is gone, or cannot be edited any more: nobody tries again. */
  readonly forgotten?: boolean | undefined;
  /** The bot is not in this server any more. */
  readonly leftServer?: string | undefined;
}
