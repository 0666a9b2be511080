import { z } from "zod";
import { isFiniteNumber } from "../json.js";
import { APIObject, readerOf, readList, readPart } from "./api-object.js";
import { Clan, ClanMember } from "./clan.js";
import { jsonObject, longInteger, optional, parseTime, time } from "./fields.js";

const metaFields = z.object({ id: z.string(), name: z.string(), creationTime: time });

/** Who a character is. Part of `CharacterInfo`. */
export class CharacterMeta extends APIObject {
  /** A UUID. */
  readonly id: string;
  readonly name: string;
  readonly creationTime: Date;

  constructor(json: unknown, receivedAt: Date) {
    const { id, name, creationTime } = metaFields.parse(json);
    super(json, receivedAt);
    this.id = id;
    this.name = name;
    this.creationTime = creationTime;
  }
}

const clanFields = z.object({ info: jsonObject, member: jsonObject });

/** A character's clan and place in it. Part of `CharacterInfo` and `FullCharacterInfo`. */
export class CharacterClan extends APIObject {
  readonly info: Clan;
  readonly member: ClanMember;

  constructor(json: unknown, receivedAt: Date) {
    const { info, member } = clanFields.parse(json);
    super(json, receivedAt);
    this.info = readPart(Clan, info, receivedAt, "info");
    this.member = readPart(ClanMember, member, receivedAt, "member");
  }
}

const infoFields = z.object({ information: jsonObject, clan: optional(jsonObject) });

/** One of a player's own characters. Source: `/{region}/characters`. */
export class CharacterInfo extends APIObject {
  readonly information: CharacterMeta;
  /** Undefined when the character is in no clan. */
  readonly clan: CharacterClan | undefined;

  constructor(json: unknown, receivedAt: Date) {
    const { information, clan } = infoFields.parse(json);
    super(json, receivedAt);
    this.information = readPart(CharacterMeta, information, receivedAt, "information");
    this.clan = clan && readPart(CharacterClan, clan, receivedAt, "clan");
  }
}

/** The types of statistics whose values are understood. */
export const CharacterStatType = {
  INTEGER: "INTEGER",
  DECIMAL: "DECIMAL",
  /** The value is a time. */
  DATE: "DATE",
  /** The value is in milliseconds. */
  DURATION: "DURATION",
} as const;
export type CharacterStatType = (typeof CharacterStatType)[keyof typeof CharacterStatType];

const NUMERIC: ReadonlySet<string> = new Set([
  CharacterStatType.INTEGER,
  CharacterStatType.DECIMAL,
  CharacterStatType.DURATION,
]);

const statFields = z.object({ id: z.string(), type: z.string(), value: z.unknown() });

/** One statistic of a character, such as "pla-tim" (time played). Part of `FullCharacterInfo`. */
export class CharacterStat extends APIObject {
  readonly id: string;
  /** One of `CharacterStatType`, or a type that is not known yet (such as "SLIDING_MATCH_HISTORY"), as sent. */
  readonly type: CharacterStatType | (string & {});
  /**
   * INTEGER and DECIMAL: a number. DURATION: a number, milliseconds. DATE: a `Date`. Undefined where the API sent
   * something else for one of these; `raw()` has it. Of an unknown type, the JSON as sent: check before use.
   */
  readonly value: unknown;

  constructor(json: unknown, receivedAt: Date) {
    const { id, type, value } = statFields.parse(json);
    super(json, receivedAt);
    this.id = id;
    this.type = type;
    this.value = readStat(type, value);
  }
}

function readStat(type: string, value: unknown): unknown {
  if (type === CharacterStatType.DATE) return typeof value === "string" ? parseTime(value) : undefined;
  if (!NUMERIC.has(type)) return value;
  return isFiniteNumber(value) ? value : longInteger(value);
}

const achievementId = z.string();
const readId = (json: unknown): string => achievementId.parse(json);
const readStatistic = readerOf(CharacterStat);

const profileFields = z.object({
  username: z.string(),
  uuid: z.string(),
  status: z.string(),
  alliance: optional(z.string()),
  lastLogin: optional(time),
  displayedAchievements: z.array(z.unknown()),
  clan: optional(jsonObject),
  stats: z.array(z.unknown()),
});

/** A character's public profile. Source: `/{region}/character/by-name/{name}/profile`. */
export class FullCharacterInfo extends APIObject {
  readonly uuid: string;
  readonly username: string;
  /** Free text the player wrote, which may hold `§4`-like colour codes and line breaks. Not whether they are online. */
  readonly status: string;
  /** See `Clan.alliance`; some characters have none. */
  readonly alliance: string | undefined;
  readonly lastLogin: Date | undefined;
  /** Ids of the achievements pinned to the profile. */
  readonly displayedAchievements: readonly string[];
  /** Undefined when the character is in no clan. */
  readonly clan: CharacterClan | undefined;
  /** Only the statistics this character has. */
  readonly stats: readonly CharacterStat[];
  readonly #skipped: number;

  constructor(json: unknown, receivedAt: Date) {
    const profile = profileFields.parse(json);
    super(json, receivedAt);
    this.uuid = profile.uuid;
    this.username = profile.username;
    this.status = profile.status;
    this.alliance = profile.alliance;
    this.lastLogin = profile.lastLogin;
    const achievements = readList(profile.displayedAchievements, readId, receivedAt, ["displayedAchievements"]);
    this.displayedAchievements = achievements.entries;
    this.clan = profile.clan && readPart(CharacterClan, profile.clan, receivedAt, "clan");
    const stats = readList(profile.stats, readStatistic, receivedAt, ["stats"]);
    this.stats = stats.entries;
    this.#skipped = achievements.skipped + stats.skipped;
  }

  override get skipped(): number {
    return this.#skipped;
  }

  /** The same as `username`, by the name pyscx documents. */
  get name(): string {
    return this.username;
  }
}
