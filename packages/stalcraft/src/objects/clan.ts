import { z } from "zod";
import { APIObject } from "./api-object.js";
import { optional, time } from "./fields.js";

const clanFields = z.object({
  id: z.string(),
  name: z.string(),
  tag: z.string(),
  level: z.number(),
  levelPoints: z.number(),
  registrationTime: time,
  alliance: optional(z.string()),
  description: z.string(),
  leader: z.string(),
  memberCount: z.number(),
});

/** A clan. Source: `/{region}/clans`, `/{region}/clan/{id}/info` and inside characters. */
export class Clan extends APIObject {
  /** A UUID. */
  readonly id: string;
  readonly name: string;
  readonly tag: string;
  readonly level: number;
  readonly levelPoints: number;
  readonly registrationTime: Date;
  /** "stalkers", "bandits", "duty", "freedom", "merc", "covenant"; an open set; some clans have none. */
  readonly alliance: string | undefined;
  /** Free text written by players. */
  readonly description: string;
  /** The leader's character name. */
  readonly leader: string;
  readonly memberCount: number;

  constructor(json: unknown, receivedAt: Date) {
    const clan = clanFields.parse(json);
    super(json, receivedAt);
    this.id = clan.id;
    this.name = clan.name;
    this.tag = clan.tag;
    this.level = clan.level;
    this.levelPoints = clan.levelPoints;
    this.registrationTime = clan.registrationTime;
    this.alliance = clan.alliance;
    this.description = clan.description;
    this.leader = clan.leader;
    this.memberCount = clan.memberCount;
  }
}

/** Ranks within a clan, lowest first. */
export const ClanMemberRank = {
  RECRUIT: "RECRUIT",
  COMMONER: "COMMONER",
  SOLDIER: "SOLDIER",
  SERGEANT: "SERGEANT",
  OFFICER: "OFFICER",
  COLONEL: "COLONEL",
  LEADER: "LEADER",
} as const;
export type ClanMemberRank = (typeof ClanMemberRank)[keyof typeof ClanMemberRank];

/** How the API has been seen to spell two of them. */
const misspelt = new Map<string, ClanMemberRank>([
  ["SOLIDER", ClanMemberRank.SOLDIER],
  ["SERGANT", ClanMemberRank.SERGEANT],
]);

const memberFields = z.object({ name: z.string(), rank: z.string(), joinTime: time });

/** A member of a clan. Source: `/{region}/clan/{id}/members` and inside characters. */
export class ClanMember extends APIObject {
  readonly name: string;
  /** One of `ClanMemberRank`, correctly spelt, or a rank that is not known yet, as sent. */
  readonly rank: ClanMemberRank | (string & {});
  readonly joinTime: Date;

  constructor(json: unknown, receivedAt: Date) {
    const { name, rank, joinTime } = memberFields.parse(json);
    super(json, receivedAt);
    this.name = name;
    this.rank = misspelt.get(rank) ?? rank;
    this.joinTime = joinTime;
  }
}
