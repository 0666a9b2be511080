import type { Clock } from "../clock.js";
import type { Character, ClanRank, Member, Population } from "./world/population.js";

/** From the lowest to the highest. */
const ladder: readonly ClanRank[] = ["RECRUIT", "COMMONER", "SOLDIER", "SERGEANT", "OFFICER", "COLONEL", "LEADER"];

/** A clan whose members come, go and rise only as it is told here. People are called by their names. */
export class Roster {
  readonly clanId: string;
  readonly #population: Population;
  readonly #clan: number;
  readonly #time: Pick<Clock, "now">;

  /** @param clan its place in the list of clans */
  constructor(population: Population, clan: number, time: Pick<Clock, "now">) {
    this.#population = population;
    this.#clan = clan;
    this.#time = time;
    this.clanId = population.clanId(clan);
    population.manage(clan, time.now());
  }

  members(): readonly Member[] {
    return this.#population.rosterAt(this.#clan, this.#time.now());
  }

  /** Somebody of this name joins now, perhaps from another clan. */
  join(name: string, rank: ClanRank = "RECRUIT"): void {
    const joinedAt = Math.floor(this.#time.now() / 1000) * 1000;
    this.#population.place(this.#population.enrol(name), { clan: this.#clan, rank, joinedAt });
  }

  leave(name: string): void {
    this.#population.place(this.#member(name).character, undefined);
  }

  /** One rank up. */
  promote(name: string): void {
    this.#move(name, 1);
  }

  /** One rank down. */
  demote(name: string): void {
    this.#move(name, -1);
  }

  setRank(name: string, rank: ClanRank): void {
    const { character, joinedAt } = this.#member(name);
    this.#population.place(character, { clan: this.#clan, rank, joinedAt });
  }

  /** Makes somebody the leader; the one before becomes a colonel. */
  lead(name: string): void {
    const before = this.members().find(({ rank }) => rank === "LEADER");
    if (before !== undefined) this.setRank(before.character.name, "COLONEL");
    this.setRank(name, "LEADER");
  }

  /** The same character under another name: rank and time of joining stay. */
  rename(name: string, to: string): Character {
    return this.#population.rename(this.#member(name).character, to);
  }

  #move(name: string, steps: number): void {
    const { rank } = this.#member(name);
    const from = ladder.findIndex((one) => sameRank(one, rank));
    const to = ladder[from + steps];
    if (to === undefined || to === "LEADER" || from === ladder.length - 1) {
      throw new RangeError(`${name} (${rank}) cannot be moved by ${steps}`);
    }
    this.setRank(name, to);
  }

  #member(name: string): Member {
    const member = this.members().find(({ character }) => character.name === name);
    if (member === undefined) throw new RangeError(`${name} is not in the clan`);
    return member;
  }
}

/** The API misspells some ranks now and then. */
function sameRank(rank: ClanRank, told: string): boolean {
  return told === rank || (rank === "SOLDIER" && told === "SOLIDER") || (rank === "SERGEANT" && told === "SERGANT");
}
