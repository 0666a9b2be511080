import { z } from "zod";
import { APIObject, readerOf, readList } from "./api-object.js";
import { longId, optional, time } from "./fields.js";

const participantFields = z.object({
  username: z.string(),
  death: z.number(),
  mobKills: z.number(),
  damageReceived: z.number(),
  damageDealt: z.number(),
  armorClass: z.string(),
  armorItemId: optional(z.string()),
  armorLevel: z.number(),
  primaryWeaponItemId: optional(z.string()),
  primaryWeaponLevel: z.number(),
  secondaryWeaponItemId: optional(z.string()),
  secondaryWeaponLevel: z.number(),
});

/** One player's part in an operation. Part of `OperationSession`. */
export class OperationSessionParticipant extends APIObject {
  readonly username: string;
  /** How often the player died. */
  readonly death: number;
  readonly mobKills: number;
  readonly damageReceived: number;
  readonly damageDealt: number;
  /** "combined" and others; an open set. */
  readonly armorClass: string;
  readonly armorItemId: string | undefined;
  /** Upgrade levels are 0 to 15. */
  readonly armorLevel: number;
  readonly primaryWeaponItemId: string | undefined;
  readonly primaryWeaponLevel: number;
  readonly secondaryWeaponItemId: string | undefined;
  readonly secondaryWeaponLevel: number;

  constructor(json: unknown, receivedAt: Date) {
    const participant = participantFields.parse(json);
    super(json, receivedAt);
    this.username = participant.username;
    this.death = participant.death;
    this.mobKills = participant.mobKills;
    this.damageReceived = participant.damageReceived;
    this.damageDealt = participant.damageDealt;
    this.armorClass = participant.armorClass;
    this.armorItemId = participant.armorItemId;
    this.armorLevel = participant.armorLevel;
    this.primaryWeaponItemId = participant.primaryWeaponItemId;
    this.primaryWeaponLevel = participant.primaryWeaponLevel;
    this.secondaryWeaponItemId = participant.secondaryWeaponItemId;
    this.secondaryWeaponLevel = participant.secondaryWeaponLevel;
  }
}

const readParticipant = readerOf(OperationSessionParticipant);

const sessionFields = z.object({
  id: longId,
  map: z.string(),
  startTime: time,
  endTime: time,
  difficulty: z.number(),
  sessionDurationSeconds: z.number(),
  difficultyReward: z.number(),
  participants: z.array(z.unknown()),
});

/** A finished operation. Source: `/{region}/operations/sessions`. */
export class OperationSession extends APIObject {
  /** A decimal number of up to 64 bits, exact. In `raw()` it is a number while a number can hold it, else this string. */
  readonly id: string;
  /** "big_cleanup", "shock_therapy", "sea_alienation" and others. */
  readonly map: string;
  readonly startTime: Date;
  readonly endTime: Date;
  readonly difficulty: number;
  /** Seconds, with a fraction. */
  readonly sessionDurationSeconds: number;
  readonly difficultyReward: number;
  readonly participants: readonly OperationSessionParticipant[];
  readonly #skipped: number;

  constructor(json: unknown, receivedAt: Date) {
    const session = sessionFields.parse(json);
    super(json, receivedAt);
    this.id = session.id;
    this.map = session.map;
    this.startTime = session.startTime;
    this.endTime = session.endTime;
    this.difficulty = session.difficulty;
    this.sessionDurationSeconds = session.sessionDurationSeconds;
    this.difficultyReward = session.difficultyReward;
    const participants = readList(session.participants, readParticipant, receivedAt, ["participants"]);
    this.participants = participants.entries;
    this.#skipped = participants.skipped;
  }

  override get skipped(): number {
    return this.#skipped;
  }
}
