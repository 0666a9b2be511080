import type { Asker } from "../request.js";

/** What somebody used fades by this much in this time: who goes on steadily is seen at their points per minute. */
const fadingTime = 60_000;
/** Who has asked nothing for so long is forgotten. */
const forgottenAfter = 60_000;
/** People and places remembered at most. */
const most = 10_000;
/** Who used less than this part of the limit is never held back. */
const freePart = 0.1;
/** Who used more gets what the others leave of the limit's pace, and this part of the limit at once. */
const burstPart = 0.2;
/** What they leave to others when a minute begins; as it passes, nothing is kept. */
const keptFromPerson = 0.8;
/** A place that used more than this part leaves something to other places, if anybody asks from there. */
const placePart = 0.5;
const keptFromPlace = 0.2;
/** Another place counts when it was heard of within this time. */
const otherPlacesFor = 60 * 60_000;
/** How much more a person's own use counts than the use of others in the same place. */
const personWeight = 5;

/** What holds an asker back besides the limit itself. */
export interface Restraint {
  /** They may go then at the earliest, milliseconds since the Unix epoch. */
  readonly from: number;
  /** The part of the limit that they leave to others at the beginning of a minute. */
  readonly kept: number;
  /** Nothing of this holds them back from then on. */
  readonly endsAt: number;
}

/** Points that fade. */
class Use {
  #points = 0;
  #at = 0;

  get lastAt(): number {
    return this.#at;
  }

  points(now: number): number {
    return this.#points * Math.exp((this.#at - now) / fadingTime);
  }

  add(points: number, now: number): void {
    this.#points = Math.max(0, this.points(now) + points);
    this.#at = now;
  }
}

/** What each of many used in the last minute. */
class Uses {
  /** In the order of the last use. */
  readonly #uses = new Map<string | undefined, Use>();
  #newest: Use | undefined;

  points(key: string | undefined, now: number): number {
    const use = this.#uses.get(key);
    return use === undefined || now - use.lastAt >= forgottenAfter ? 0 : use.points(now);
  }

  add(key: string | undefined, points: number, now: number): void {
    const known = this.#uses.get(key);
    const use = known === undefined || now - known.lastAt >= forgottenAfter ? new Use() : known;
    use.add(points, now);
    if (use === this.#newest) return;
    this.#newest = use;
    this.#uses.delete(key);
    this.#uses.set(key, use);
    for (const [oldest, { lastAt }] of this.#uses) {
      if (now - lastAt < forgottenAfter && this.#uses.size <= most) break;
      this.#uses.delete(oldest);
    }
  }
}

/** Who used how much of the points of one credential, and who is therefore to wait for others. */
export class Shares {
  readonly #people = new Uses();
  readonly #places = new Uses();
  readonly #all = new Use();
  /** The last two places that were heard of, the newest first. */
  #heard: readonly { readonly place: string; readonly at: number }[] = [];
  /** Points that were used faster than the limit gives them. */
  #ahead = 0;
  #aheadAt = 0;

  /** Notes points, which are negative when they are given back. */
  add(asker: Asker | undefined, cost: number, limit: number | undefined, now: number): void {
    this.#ahead = Math.max(0, this.#aheadOf(limit, now) + cost);
    this.#aheadAt = now;
    const points = cost * (asker?.weight ?? 1);
    this.#people.add(asker?.person, points, now);
    if (asker === undefined) return;
    const place = placeOf(asker);
    this.#places.add(place, points, now);
    this.#all.add(points, now);
    this.#heard = [{ place, at: now }, ...this.#heard.filter((other) => other.place !== place)].slice(0, 2);
  }

  /** Of those who wait, who has the smallest comes first. */
  rank(asker: Asker | undefined, now: number): number {
    const person = personWeight * this.#people.points(asker?.person, now);
    return asker === undefined ? person : person + this.#places.points(placeOf(asker), now);
  }

  /** What holds back a request of `asker` for `cost` points; undefined: nothing. */
  restraint(asker: Asker | undefined, cost: number, limit: number | undefined, now: number): Restraint | undefined {
    if (asker === undefined || limit === undefined || limit <= 0) return undefined;
    const used = this.#people.points(asker.person, now);
    const free = limit * freePart;
    if (used >= free) {
      const tooMany = this.#aheadOf(limit, now) - Math.max(0, limit * burstPart - cost);
      const from = now + Math.max(0, tooMany / pace(limit));
      return { from, kept: keptFromPerson, endsAt: now + fadingTime * Math.log(used / free) + 1 };
    }
    const kept = this.#keptFrom(placeOf(asker), limit, now);
    return kept > 0 ? { from: now, kept, endsAt: Infinity } : undefined;
  }

  /** The part of the limit that a place leaves to others, as far as these have not used it. */
  #keptFrom(place: string, limit: number, now: number): number {
    const other = this.#heard.find((heard) => heard.place !== place);
    if (other === undefined || now - other.at > otherPlacesFor) return 0;
    const used = this.#places.points(place, now);
    return used < limit * placePart ? 0 : keptFromPlace - Math.max(0, this.#all.points(now) - used) / limit;
  }

  #aheadOf(limit: number | undefined, now: number): number {
    return Math.max(0, this.#ahead - (now - this.#aheadAt) * (limit === undefined ? 0 : pace(limit)));
  }
}

/** Points per millisecond. */
function pace(limit: number): number {
  return limit / 60_000;
}

/** Who asks from no place is one for themselves. */
function placeOf({ person, place }: Asker): string {
  return place === undefined ? `person ${person}` : `place ${place}`;
}
