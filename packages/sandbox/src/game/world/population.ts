import { HOSTILE_CLANS, HOSTILE_STATUSES } from "./hostile-texts.js";
import { landmarks } from "./landmarks.js";
import { characterNames, clanName } from "./names.js";
import { mix, pick, subkey, unit, uuid } from "./random.js";
import type { Region } from "./regions.js";
import { DAY, HOUR, MINUTE } from "./time.js";

export type ClanRank = "RECRUIT" | "COMMONER" | "SOLDIER" | "SERGEANT" | "OFFICER" | "COLONEL" | "LEADER";

export interface Character {
  /** Ordinal number within the region. */
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
}

export interface Clan {
  /** Ordinal number within the region, the order of the list. */
  readonly index: number;
  readonly id: string;
  readonly name: string;
  readonly tag: string;
  readonly level: number;
  readonly levelPoints: number;
  readonly registeredAt: number;
  readonly alliance?: string;
  readonly description: string;
  readonly leader: string;
  readonly memberCount: number;
}

export interface Member {
  readonly character: Character;
  /** As the API spells it: `SOLIDER` and `SERGANT` occur. */
  readonly rank: string;
  readonly joinedAt: number;
}

export interface Membership extends Member {
  readonly clan: Clan;
}

export const ALLIANCES = ["stalkers", "bandits", "duty", "freedom", "merc", "covenant"] as const;

/** Characters that belong to each clan's circle; who of them is in the clan changes with time. */
const CIRCLE = 36;
/** Of a circle: the leader, a colonel and four officers or sergeants never leave. */
const PERMANENT = 6;
/** These of a circle are in the next clan every other time they join one. */
const WANDERERS = { from: 20, to: 30 };
/** In the busy clan the last of the circle come and go within minutes. */
const RESTLESS_FROM = 28;
/** Characters without any clan, the landmarks first. */
const LONERS = 24;

const LADDER: readonly ClanRank[] = ["RECRUIT", "COMMONER", "SOLDIER", "SERGEANT", "OFFICER"];
const DESCRIPTIONS = [
  "Сбор каждый вечер в 20:00.",
  "Casual clan, no drama.",
  "",
  "База, рейды, артефакты.",
  "We like maps.",
];

export interface Place {
  readonly clan: number;
  readonly rank: ClanRank;
  readonly joinedAt: number;
}

/** What somebody did to a profile by hand. */
export interface ChangedProfile {
  readonly hidden?: boolean;
  /** Its statistics count from this moment. */
  readonly setBackAt?: number;
}

/** The clans and characters of one region. */
export class Population {
  readonly clanCount: number;
  readonly #seed: number;
  readonly #key: number;
  readonly #names: string[];
  readonly #indexByName: Map<string, number>;
  /** By the name that a character had in the beginning. */
  readonly #indexByFirstName: ReadonlyMap<string, number>;
  readonly #clanById: ReadonlyMap<string, number>;
  /** Where somebody put characters by hand; undefined: in no clan. */
  readonly #placed = new Map<number, Place | undefined>();
  /** Clans that somebody changed by hand, with the leader and those who came from elsewhere. */
  readonly #managed = new Map<number, { leader: number; readonly guests: Set<number> }>();

  readonly #changedProfiles = new Map<number, ChangedProfile>();

  constructor(seed: number, region: Region, clanCount: number) {
    this.clanCount = clanCount;
    this.#seed = subkey(seed, `clans/${region.id}`);
    this.#key = subkey(seed, `characters/${region.id}`);
    this.#names = namesWithLandmarks(this.#key, clanCount);
    this.#indexByName = new Map(this.#names.map((name, index) => [name.toLowerCase(), index]));
    this.#indexByFirstName = new Map(this.#indexByName);
    this.#clanById = new Map(Array.from({ length: clanCount }, (_, n) => [this.clanId(n), n]));
  }

  get characterCount(): number {
    return this.#names.length;
  }

  clanId(n: number): string {
    return uuid(mix(this.#seed, n));
  }

  /** The ordinal number of a clan by its id. */
  findClan(id: string): number | undefined {
    return this.#clanById.get(id.toLowerCase());
  }

  /** A character by its name in any case. */
  findCharacter(name: string): Character | undefined {
    const index = this.#indexByName.get(name.toLowerCase());
    return index === undefined ? undefined : this.character(index);
  }

  /** A character by the name it had before anybody renamed it. */
  findByFirstName(name: string): Character | undefined {
    const index = this.#indexByFirstName.get(name.toLowerCase());
    return index === undefined ? undefined : this.character(index);
  }

  /** The character of this name, a new one if there is none. */
  enrol(name: string): Character {
    const known = this.findCharacter(name);
    if (known !== undefined) return known;
    this.#indexByName.set(name.toLowerCase(), this.#names.length);
    this.#names.push(name);
    return this.character(this.#names.length - 1);
  }

  rename({ index, name }: Character, to: string): Character {
    this.#indexByName.delete(name.toLowerCase());
    this.#indexByName.set(to.toLowerCase(), index);
    this.#names[index] = to;
    return this.character(index);
  }

  /** From now on nobody comes to the clan or leaves it unless `place` says so. */
  manage(n: number, at: number): void {
    if (this.#managed.has(n)) return;
    const before = (n - 1 + this.clanCount) % this.clanCount;
    for (let index = n * CIRCLE; index < (n + 1) * CIRCLE; index++) this.#placed.set(index, this.#placeAt(index, at));
    for (let index = before * CIRCLE + WANDERERS.from; index < before * CIRCLE + WANDERERS.to; index++) {
      this.#placed.set(index, this.#placeAt(index, at));
    }
    this.#managed.set(n, { leader: n * CIRCLE, guests: new Set() });
  }

  /** Puts a character into a clan that is managed, or (undefined) out of every clan. */
  place({ index }: Character, place: Place | undefined): void {
    this.#placed.set(index, place);
    const clan = place && this.#managed.get(place.clan);
    clan?.guests.add(index);
    if (clan && place.rank === "LEADER") clan.leader = index;
  }

  /** What is not named stays as it was. */
  changeProfile({ index }: Character, change: ChangedProfile): void {
    this.#changedProfiles.set(index, { ...this.#changedProfiles.get(index), ...change });
  }

  changedProfile({ index }: Character): ChangedProfile | undefined {
    return this.#changedProfiles.get(index);
  }

  nameOf(index: number): string {
    const name = this.#names[index];
    if (name === undefined) throw new RangeError(`no character ${index}`);
    return name;
  }

  character(index: number): Character {
    const key = mix(this.#key, index);
    return {
      index,
      id: uuid(key),
      name: this.nameOf(index),
      createdAt: Date.UTC(2021, 0, 1) + Math.floor(unit(key, 9) * 700 * DAY),
    };
  }

  clanAt(n: number, at: number): Clan {
    const key = mix(this.#seed, n);
    const registeredAt = registration(key);
    const levelPoints = Math.floor(((at - registeredAt) / DAY) * (200 + unit(key, 12) * 2_000));
    const independent = n === landmarks.clans.independent || unit(key, 13) < 0.15;
    return {
      index: n,
      id: this.clanId(n),
      ...(HOSTILE_CLANS[hostileIndex(n)] ?? {
        ...clanName(this.#seed, n),
        description: pick(DESCRIPTIONS, unit(key, 14)),
      }),
      level: Math.min(10, 1 + Math.floor(levelPoints / 150_000)),
      levelPoints,
      registeredAt,
      ...(independent ? {} : { alliance: pick(ALLIANCES, unit(key, 15)) }),
      leader: this.nameOf(this.#managed.get(n)?.leader ?? n * CIRCLE),
      memberCount: this.#rosterIndexes(n, at).length,
    };
  }

  /** Everybody who is in the clan at `at`. */
  rosterAt(n: number, at: number): Member[] {
    return this.#rosterIndexes(n, at).map(([index, place]) => this.#member(index, place));
  }

  /** Where a character is at `at`; undefined without a clan. */
  membershipAt(character: Character, at: number): Membership | undefined {
    const place = this.#placeAt(character.index, at);
    if (place === undefined) return undefined;
    return { ...this.#member(character.index, place), clan: this.clanAt(place.clan, at) };
  }

  /** The profile text. */
  statusOf(character: Character): string {
    const key = mix(this.#key, character.index);
    if (character.name === landmarks.characters.hostile) return HOSTILE_STATUSES.slice(0, 3).join("\n");
    const u = unit(key, 20);
    if (u < 0.5) return "";
    return u < 0.6
      ? pick(HOSTILE_STATUSES, unit(key, 21))
      : pick(["Брожу.", "trade: pm", "afk till summer"], unit(key, 22));
  }

  #member(index: number, { rank, joinedAt }: Place): Member {
    const key = mix(this.#key, index);
    return { character: this.character(index), rank: unit(key, 23) < 0.2 ? misspelt(rank) : rank, joinedAt };
  }

  /** The clan's own circle, the wanderers of the clan before it and those put there, as far as they are in the clan. */
  #rosterIndexes(n: number, at: number): [index: number, place: Place][] {
    const found = new Map<number, Place>();
    const look = (from: number, to: number) => {
      for (let index = from; index < to; index++) {
        const place = this.#placeAt(index, at);
        if (place?.clan === n) found.set(index, place);
      }
    };
    const before = (n - 1 + this.clanCount) % this.clanCount;
    look(n * CIRCLE, (n + 1) * CIRCLE);
    look(before * CIRCLE + WANDERERS.from, before * CIRCLE + WANDERERS.to);
    for (const index of this.#managed.get(n)?.guests ?? []) look(index, index + 1);
    return [...found];
  }

  #placeAt(index: number, at: number): Place | undefined {
    if (this.#placed.has(index)) return this.#placed.get(index);
    const home = Math.floor(index / CIRCLE);
    if (home >= this.clanCount) return undefined;
    const position = index % CIRCLE;
    const key = mix(this.#key, index);
    if (position < PERMANENT)
      return {
        clan: home,
        rank: permanentRank(position),
        joinedAt: registration(mix(this.#seed, home)) + position * HOUR,
      };

    const restless = home === landmarks.clans.busy && position >= RESTLESS_FROM;
    const period = restless ? (12 + unit(key, 30) * 28) * MINUTE : (8 + unit(key, 30) * 40) * DAY;
    const phase = unit(key, 31) * period;
    const cycle = Math.floor((at + phase) / period);
    const turn = mix(key, cycle);
    const joinedAt = Math.floor(cycle * period - phase);
    const stays = period * (0.5 + 0.4 * unit(turn, 1));
    if (at < joinedAt || at >= joinedAt + stays) return undefined;
    const wanders = position >= WANDERERS.from && position < WANDERERS.to && unit(turn, 2) < 0.5;
    const steps = Math.floor((at - joinedAt) / (stays / (2 + 4 * unit(turn, 3))));
    const rank = LADDER[Math.min(steps, LADDER.length - 1)] ?? "RECRUIT";
    return { clan: wanders ? (home + 1) % this.clanCount : home, rank, joinedAt };
  }
}

function namesWithLandmarks(key: number, clanCount: number): string[] {
  const { leader, hostileClanMember, ...loners } = landmarks.characters;
  const named = [...Object.values<string>(loners), ...landmarks.flock];
  const inClans = characterNames(key, clanCount * CIRCLE, [leader, hostileClanMember, ...named]);
  inClans[landmarks.clans.busy * CIRCLE] = leader;
  inClans[landmarks.clans.hostile * CIRCLE + 2] = hostileClanMember;
  return [...inClans, ...named, ...characterNames(key + 1, LONERS - named.length, [...inClans, ...named])];
}

/** Clans 1, 4, 5, 6, 7 and 8 have hostile texts. */
function hostileIndex(n: number): number {
  if (n === landmarks.clans.hostile) return 0;
  return n < 4 ? -1 : n - 3;
}

function registration(clanKey: number): number {
  return Date.UTC(2023, 0, 1) + Math.floor(unit(clanKey, 11) * 360 * DAY);
}

function permanentRank(position: number): ClanRank {
  if (position === 0) return "LEADER";
  if (position === 1) return "COLONEL";
  return position < 4 ? "OFFICER" : "SERGEANT";
}

function misspelt(rank: ClanRank): string {
  if (rank === "SOLDIER") return "SOLIDER";
  return rank === "SERGEANT" ? "SERGANT" : rank;
}
