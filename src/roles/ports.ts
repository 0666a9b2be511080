import type { ClanKey } from "../store/index.js";

/** Somebody in a server, as Discord tells it. */
export interface MemberView {
  readonly userId: string;
  /** As others see them there. */
  readonly name: string;
  readonly nick: string | undefined;
  /** Without that of everybody. */
  readonly roleIds: readonly string[];
  readonly isBot: boolean;
}

/**
 * Why the bot cannot give or take a role. "gone": there is none; "everyone" has it; "managed": it belongs to an app; "linked":
 * linked accounts give it; "permission": the bot may not manage roles; "above": it does not stand below the bot's own.
 */
export type RoleObstacle = "gone" | "everyone" | "managed" | "linked" | "permission" | "above";

/** Why the bot cannot change a nickname. "owner": of the server; "above": they do not stand below the bot; "permission". */
export type NicknameObstacle = "owner" | "above" | "permission";

/** The roles of a server, and how the bot stands among them. */
export interface ServerView {
  /** Undefined: there is no such role. */
  readonly roleName: (roleId: string) => string | undefined;
  readonly roleObstacle: (roleId: string) => RoleObstacle | undefined;
  readonly nicknameObstacle: (member: Pick<MemberView, "userId" | "roleIds">) => NicknameObstacle | undefined;
  /** Whether somebody stands above a role, as they must to give it themselves. */
  readonly standsAbove: (member: Pick<MemberView, "userId" | "roleIds">, roleId: string) => boolean;
}

/** Why Discord did not change a member. */
export type MemberRefusal = "member-gone" | "role-gone" | "server-gone" | "two-factor" | "permission" | "not-taken";

/** How a request to Discord ended that was not carried out, or not for certain: to ask again does no harm. */
export type Failure =
  | { readonly kind: "refused"; readonly reason: MemberRefusal; readonly cause: Error }
  | { readonly kind: "limited"; readonly waitMs: number; readonly cause: Error }
  | { readonly kind: "away"; readonly cause: Error };
export type Read<T> = { readonly kind: "read"; readonly value: T } | Failure;
export type Changed = { readonly kind: "done" } | Failure;

/** Servers at Discord. It never rejects. `reason` goes into the server's audit log. */
export interface Servers {
  look(guildId: string): Promise<Read<ServerView>>;
  member(guildId: string, userId: string): Promise<Read<MemberView>>;
  /** How many members have each role, by its id. */
  counts(guildId: string): Promise<Read<ReadonlyMap<string, number>>>;
  give(guildId: string, userId: string, roleId: string, reason: string): Promise<Changed>;
  take(guildId: string, userId: string, roleId: string, reason: string): Promise<Changed>;
  rename(guildId: string, userId: string, nick: string, reason: string): Promise<Changed>;
}

/** The lists of clans' members, read with the linked accounts of people in them. */
export interface Rosters {
  /**
   * @param owners whose accounts come first, by Discord id
   * @returns `members` undefined: the game showed nobody any, or an empty list
   * @throws NotFoundError of a clan that is not there; StalcraftError, AccountAwayError, StoreUnavailableError
   */
  read(
    clan: ClanKey,
    owners: readonly string[],
    signal: AbortSignal,
  ): Promise<{
    readonly members: RosterListing | undefined;
    /** By Discord id, how it stands with the accounts of the owners: "reads" of one whose own account shows the members. */
    readonly standings: ReadonlyMap<string, "reads" | "refused" | "dead" | "unknown">;
  }>;
}

export interface RosterListing extends Iterable<{
  readonly name: string;
  readonly rank: string;
  readonly joinTime: Date;
}> {
  readonly receivedAt: Date;
}

/** The names of a linked account's own characters in a region; undefined: it does not tell now. */
export type OwnNames = (
  linkId: string,
  region: string,
  signal: AbortSignal,
) => Promise<ReadonlySet<string> | undefined>;

/** What is written in a server's language. */
export interface Wording {
  /** The tag of a clan; empty where nobody knows it. */
  readonly tag: (clan: ClanKey) => string;
  /** A rank as the game calls it; one that is new to us as the API does. */
  readonly rank: (rank: string) => string;
  /** Why a role is given or taken, or a nickname changed, for the audit log. */
  readonly reason: (why: ChangeReason) => string;
}

export type ChangeReason =
  | (ClanKey & { readonly kind: "rank"; readonly name: string; readonly rank: string })
  | { readonly kind: "lost" }
  | { readonly kind: "nickname"; readonly name: string };
