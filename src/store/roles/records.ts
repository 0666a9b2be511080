/** A clan by its id. */
export interface ClanKey {
  readonly region: string;
  /** A UUID. */
  readonly clanId: string;
}

/** A rank of a clan gives a role of a server. */
export interface RoleMapping extends ClanKey {
  /** As the API spells it; "*": any. */
  readonly rank: string;
  readonly roleId: string;
}

/** A member of a clan as a list told it. */
export interface KeptMember {
  readonly name: string;
  /** As the API spells it. */
  readonly rank: string;
  /** Milliseconds since the epoch. */
  readonly joinedAt: number;
}

export interface KeptRoster extends ClanKey {
  readonly members: readonly KeptMember[];
  readonly readAt: Date;
}

/** Who plays a member of a clan. */
export interface RoleMatch extends ClanKey {
  /** Of the character. */
  readonly name: string;
  readonly discordId: string;
  /** Proved by a linked account, or said by somebody who manages roles. */
  readonly origin: "link" | "hand";
}

/** A match that a linked account proves. */
export interface ProvedMatch extends ClanKey {
  readonly name: string;
  readonly linkId: string;
}

/** A role that somebody has, and that is not due any more. */
export interface RoleGrace {
  readonly discordId: string;
  readonly roleId: string;
  readonly since: Date;
}

/** A linked account that may be of somebody in a clan. */
export interface RoleCandidate {
  readonly linkId: string;
  readonly discordId: string;
  /** False: its owner does not want it to be used for what others set up. */
  readonly lent: boolean;
  /** The name of its main character where that is of the region. */
  readonly mainName: string | null;
}
