/** What a profile says in numbers, by the id of the statistic. Dates are milliseconds since the epoch. */
export type Figures = ReadonlyMap<string, Figure>;

export interface Figure {
  /** As the API sent it: INTEGER, DECIMAL, DURATION or DATE. */
  readonly type: string;
  readonly value: number;
}

/** Values by the id of the statistic; undefined: the profile had none. */
export type Values = ReadonlyMap<string, number | undefined>;

/** Why a reading showed nothing. */
export type Absence = "hidden" | "missing";

/** What a row of the past is marked with; a row with a mark is never thinned, nor is the one after it. */
export const snapshotMarks = {
  /** Readings between it and the next one found the profile hidden, or nobody of the name. */
  hidden: 1,
  missing: 2,
  /** A total is lower in the next one. */
  fell: 4,
} as const;

/** What was read before the last reading. */
export interface Snapshot {
  /** The first and the last reading that showed the same. */
  readonly at: Date;
  readonly until: Date;
  /** A sum of `snapshotMarks`. */
  readonly marks: number;
  /** What was other than in the next one. */
  readonly values: Values;
}

/** A character and all that is kept of its past within a period. */
export interface Past {
  /** Of the character, as its profile wrote it last. */
  readonly name: string;
  /** When the first profile was read. */
  readonly knownSince: Date;
  /** Since when the figures are as they are, and when that was read last. */
  readonly since: Date;
  readonly readAt: Date;
  /** Why readings since then showed nothing; null: the last one did. */
  readonly absence: Absence | null;
  readonly figures: Figures;
  /** The oldest first; the first one holds what was at the beginning of the period, where that is known. */
  readonly snapshots: readonly Snapshot[];
  /** Its player wants it kept, and so everybody may see it. */
  readonly shared: boolean;
  /** Ids of the clans for which it is kept. */
  readonly clans: readonly string[];
  /** By the database's clock. */
  readonly now: Date;
}

/** Of one statistic of a character: what it was at the beginning of a period, and what it is. */
export interface Span {
  /** As it was asked for. */
  readonly name: string;
  readonly type: string;
  /** Undefined: the profile had none then. */
  readonly first: number | undefined;
  readonly last: number;
  readonly from: Date;
  readonly until: Date;
  /** Some total, of this statistic or another, fell within the period. */
  readonly fell: boolean;
}

/** A character that is to be read now. */
export interface ClaimedCharacter {
  readonly number: number;
  readonly lease: string;
  readonly region: string;
  /** A UUID; null: not read yet. */
  readonly characterId: string | null;
  readonly name: string;
  readonly figures: Figures | undefined;
  readonly absence: Absence | null;
  readonly failures: number;
}

/** What became of reading one. */
export interface CharacterReading {
  readonly number: number;
  readonly lease: string;
  /** When it is read again: so many milliseconds after midnight (UTC), or `inMs` from now. */
  readonly next: { readonly dayMs: number } | { readonly inMs: number };
  /** Undefined: it could not be read. */
  readonly seen: SeenProfile | { readonly absence: Absence } | undefined;
}

export interface SeenProfile {
  readonly name: string;
  readonly lastLoginAt: Date | null;
  readonly figures: Figures;
  /** What was read before, as far as it differs; undefined: all is as it was, or nothing was read before. */
  readonly changed: { readonly values: Values; readonly fell: boolean } | undefined;
}

/** A list of characters that is to be asked for now: the members of a clan, or the characters of a person. */
export type ClaimedRoster = {
  readonly id: string;
  readonly lease: string;
  readonly failures: number;
} & (
  | {
      readonly kind: "clan";
      readonly region: string;
      readonly clanId: string;
      /** Discord ids of those who keep it. */
      readonly keepers: readonly string[];
      /** What the watcher of the clan's roster believes, and since when; null: there is none, or it is old. */
      readonly believed: unknown;
    }
  | { readonly kind: "person"; readonly personId: string }
);

export interface NamedCharacter {
  readonly region: string;
  readonly name: string;
}

/** What became of asking for one. */
export interface RosterReading {
  readonly id: string;
  readonly lease: string;
  readonly next: CharacterReading["next"];
  /** Undefined: they could not be read; those that were known stay. */
  readonly members:
    | {
        readonly characters: readonly NamedCharacter[];
        /** False: somebody may be missing; those that were known stay for some days. */
        readonly whole: boolean;
      }
    | undefined;
  /** The public record of a clan; undefined: not read. */
  readonly clan?: { readonly members: number; readonly level: number; readonly levelPoints: number } | undefined;
  /** Of those who keep the clan: to whom the game shows the members, and to whom not. */
  readonly keepers?: readonly { readonly personId: string; readonly refused: boolean }[];
}

export interface ClanDay {
  readonly at: Date;
  readonly members: number;
  readonly level: number;
  readonly levelPoints: number;
}

/** How many characters and lists are due, and how long the one that waits longest has been due. */
export interface HistoryQueue {
  readonly waiting: number;
  readonly oldestMs: number;
}
