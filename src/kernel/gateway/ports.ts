import type { SessionInfo } from "@discordjs/ws";

/** A session that outlives its connection, and the process. */
export interface KeptSession {
  readonly session: SessionInfo;
  /** Whether its last event is the one named: nobody has received any after it. */
  readonly exact: boolean;
}

/** Keeps sessions for the next process. Of a session that another process has taken up meanwhile nothing is kept. */
export interface Sessions {
  /** Undefined: none that is worth a try. What is read is no longer exact, for its events are received again. */
  read(count: number, shard: number): Promise<KeptSession | undefined>;
  keep(sessions: readonly KeptSession[]): Promise<void>;
  forget(count: number, shard: number): Promise<void>;
}

/** One IDENTIFY that is wanted. */
export interface IdentifyRequest {
  readonly count: number;
  readonly shard: number;
  /** Shards of one row identify one after another. */
  readonly row: number;
  /** Between two of a row, in milliseconds. */
  readonly gapMs: number;
  /** As Discord said: how many it still takes, and for how long it counts. */
  readonly remaining: number;
  readonly resetAfterMs: number;
  /** So many are not used: who uses them up loses the token. */
  readonly reserve: number;
}

export type IdentifyTurn =
  /** Now, and so many are left of the day. */
  | { readonly kind: "turn"; readonly left: number }
  /** Another one of the row was first: to be asked again in so many milliseconds. */
  | { readonly kind: "not yet"; readonly ms: number }
  /** Not one more before so many milliseconds. */
  | { readonly kind: "none left"; readonly ms: number }
  /** Another process has the shard. */
  | { readonly kind: "not ours" };

/** Says when a shard may identify, so that all processes of the bot together do so as often as Discord allows. */
export interface Identifies {
  take(request: IdentifyRequest): Promise<IdentifyTurn>;
}

/** What a process tells the others. */
export interface Presence {
  /** The numbers of shards that it takes part in. */
  readonly counts: readonly number[];
  /** The shards it is to have; null: its share. */
  readonly pinned: readonly number[] | null;
  /** The numbers of shards of which it knows that somebody may have sessions. */
  readonly knows: readonly number[];
  readonly up: readonly { readonly count: number; readonly shard: number }[];
  /** Whether the others should look at once. */
  readonly news: boolean;
}

export interface Sharer extends Pick<Presence, "counts" | "pinned" | "knows"> {
  readonly id: string;
}

/** How things stand among the processes. */
export interface Standing {
  /** Those that live, the longest there first. */
  readonly processes: readonly Sharer[];
  /** Shards that somebody has; `live`: who has it gives signs of life. */
  readonly shards: readonly {
    readonly count: number;
    readonly shard: number;
    readonly holder: string;
    readonly live: boolean;
    readonly up: boolean;
  }[];
  /** The number of shards of those who leave it to Discord, and the one it is being changed to. */
  readonly agreed: { readonly count: number; readonly next: number | null } | undefined;
}

/** Shares the shards out among processes. Each has a shard for as long as it gives signs of life. */
export interface ShardClaims {
  /** The name of this process among them. */
  readonly id: string;
  /** A sign of life, and how things stand. */
  renew(presence: Presence): Promise<Standing>;
  /** Takes shards that are free, and with `abandoned` those of processes that have died; resolves to those that it got. */
  take(count: number, shards: readonly number[], options: { readonly abandoned: boolean }): Promise<readonly number[]>;
  giveBack(count: number, shard: number): Promise<void>;
  /** This process wants none any more. */
  leave(): Promise<void>;
  /** The number of shards that all use: the one agreed before, else this one. */
  agree(count: number): Promise<number>;
  /** Begins to change to a larger number. */
  grow(count: number): Promise<boolean>;
  /** Changes to a larger number at once: Discord takes no session of the present one. */
  outgrow(count: number): Promise<boolean>;
  /** Ends the change, where all shards of the new number are up. */
  settle(count: number): Promise<boolean>;
  tidy(): Promise<void>;
  /** Whether one that lived at the last sign of life is seen to have died on this machine; true once. Asks nobody. */
  seesDeath(): boolean;
  /** Whether this process answers an interaction that others may get as well. */
  claim(interactionId: string): Promise<boolean>;
  listen(hear: () => void): () => Promise<void>;
}
