import type { Random } from "../../clock.js";
import { ITEMS } from "./catalog.js";
import type { Population } from "./population.js";
import { mix, pick, stream, subkey } from "./random.js";
import type { Region } from "./regions.js";
import { DAY, SECOND } from "./time.js";
import { Timeline } from "./timeline.js";

export const OPERATION_MAPS = ["big_cleanup", "shock_therapy", "sea_alienation", "focus"] as const;
export type OperationMap = (typeof OPERATION_MAPS)[number];

export interface OperationSession {
  /** Ordinal number within the region. */
  readonly index: number;
  readonly map: OperationMap;
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly difficulty: number;
  readonly usernames: readonly string[];
  /** For everything else about the session. */
  readonly key: number;
}

export interface Participant {
  readonly username: string;
  readonly death: number;
  readonly mobKills: number;
  readonly damageReceived: number;
  readonly damageDealt: number;
  readonly armorClass: string;
  readonly armorItemId?: string;
  readonly armorLevel: number;
  readonly primaryWeaponItemId?: string;
  readonly primaryWeaponLevel: number;
  readonly secondaryWeaponItemId?: string;
  readonly secondaryWeaponLevel: number;
}

/** Sessions older than this are no longer told about. */
const KEPT = 30 * DAY;
const FIRST_ID = 1_472_603_904_834_535_425n;

/** The list between two moments in which no session is added or dropped. */
interface Finished {
  readonly from: number;
  readonly until: number;
  readonly sessions: readonly OperationSession[];
}

/** Above 2^53: only a bigint holds it. */
export function sessionId({ index }: OperationSession): bigint {
  return FIRST_ID + BigInt(index) * 4_099n;
}

/** The operations people of one region finished. */
export class Operations {
  readonly #key: number;
  readonly #population: Population;
  readonly #timeline: Timeline;
  #latest: Finished | undefined;

  constructor(seed: number, region: Region, population: Population) {
    this.#key = subkey(seed, `operations/${region.id}`);
    this.#population = population;
    this.#timeline = new Timeline({ key: this.#key, perDay: 120 * region.activity, busyHour: region.busyHour });
  }

  /** The sessions of the last 30 days, the last finished first. */
  finishedAt(at: number): readonly OperationSession[] {
    const latest = this.#latest;
    if (latest !== undefined && latest.from <= at && at < latest.until) return latest.sessions;
    this.#latest = this.#collect(at);
    return this.#latest.sessions;
  }

  #collect(at: number): Finished {
    const count = this.#timeline.countUntil(at);
    const sessions: OperationSession[] = [];
    for (let n = count - 1; n >= 0; n--) {
      const session = this.#session(n);
      if (session.finishedAt <= at - KEPT) break;
      sessions.push(session);
    }
    const oldest = sessions.at(-1);
    const until = Math.min(this.#timeline.timeOf(count), oldest === undefined ? Infinity : oldest.finishedAt + KEPT);
    return { from: at, until, sessions };
  }

  #session(n: number): OperationSession {
    const key = mix(this.#key, n);
    const random = stream(key);
    const finishedAt = this.#timeline.timeOf(n);
    const difficulty = 1 + Math.floor(random() ** 2 * 15);
    const startedAt = finishedAt - Math.floor((480 + difficulty * 20 + random() * 600) * SECOND);
    const team = 1 + Math.floor(random() * 4);
    const first = Math.floor(random() * this.#population.characterCount);
    const usernames = Array.from({ length: team }, (_, player) =>
      this.#population.nameOf((first + player * 7) % this.#population.characterCount),
    );
    const map = pick(OPERATION_MAPS, random());
    return { index: n, map, startedAt, finishedAt, difficulty, usernames, key: mix(key, 1) };
  }
}

const ARMOUR = ITEMS.filter((item) => item.category.startsWith("armor/"));
const WEAPONS = ITEMS.filter((item) => item.category.startsWith("weapon/") && !item.category.endsWith("melee"));
const ARMOUR_CLASSES: Readonly<Record<string, string>> = { "armor/combat": "combat", "armor/scientist": "scientist" };

/** How each player of a session did. */
export function participantsOf(session: OperationSession): Participant[] {
  return session.usernames.map((username, n) => participant(username, session.difficulty, stream(mix(session.key, n))));
}

function participant(username: string, difficulty: number, random: Random): Participant {
  const armour = random() < 0.95 ? pick(ARMOUR, random()) : undefined;
  const secondary = random() < 0.7 ? pick(WEAPONS, random()).id : undefined;
  return {
    username,
    death: Math.floor(random() ** 2 * 5),
    mobKills: 60 + Math.floor(random() * 220),
    damageReceived: cents(random() * 900 * difficulty),
    damageDealt: cents(40_000 + random() * 60_000 * difficulty),
    armorClass: ARMOUR_CLASSES[armour?.category ?? ""] ?? "combined",
    ...(armour === undefined ? {} : { armorItemId: armour.id }),
    armorLevel: Math.floor(random() * 16),
    primaryWeaponItemId: pick(WEAPONS, random()).id,
    primaryWeaponLevel: Math.floor(random() * 16),
    ...(secondary === undefined ? {} : { secondaryWeaponItemId: secondary }),
    secondaryWeaponLevel: secondary === undefined ? 0 : Math.floor(random() * 16),
  };
}

function cents(value: number): number {
  return Math.round(value * 100) / 100;
}
