import type { Asker } from "../request.js";

interface Entry {
  readonly asker: Asker | undefined;
  readonly cost: number;
}

interface Queue<E> {
  readonly entries: Set<E>;
  cost: number;
}

/** Those who wait: a queue for each person, in order of arrival. */
export class Turns<E extends Entry> {
  readonly #queues = new Map<string | undefined, Queue<E>>();

  get isEmpty(): boolean {
    return this.#queues.size === 0;
  }

  add(entry: E): void {
    const person = entry.asker?.person;
    let queue = this.#queues.get(person);
    if (queue === undefined) this.#queues.set(person, (queue = { entries: new Set(), cost: 0 }));
    queue.entries.add(entry);
    queue.cost += entry.cost;
  }

  /** False when it was not there. */
  delete(entry: E): boolean {
    const person = entry.asker?.person;
    const queue = this.#queues.get(person);
    if (!queue?.entries.delete(entry)) return false;
    queue.cost -= entry.cost;
    this.#queues.delete(person);
    // Whoever left a queue lets the others go before the rest of it.
    if (queue.entries.size > 0) this.#queues.set(person, queue);
    return true;
  }

  /** Points that a person waits for. */
  costOf(asker: Asker | undefined): number {
    return this.#queues.get(asker?.person)?.cost ?? 0;
  }

  /** The first of the person with the smallest rank, of several the one who waits longest; `passed` are left out. */
  next(rank: (asker: Asker | undefined) => number, passed: ReadonlySet<E>): E | undefined {
    let best: E | undefined;
    let bestRank = Infinity;
    for (const { entries } of this.#queues.values()) {
      const [entry] = entries;
      if (entry === undefined || passed.has(entry)) continue;
      const its = this.#queues.size === 1 ? 0 : rank(entry.asker);
      if (best !== undefined && its >= bestRank) continue;
      best = entry;
      bestRank = its;
    }
    return best;
  }

  *[Symbol.iterator](): Generator<E, void, undefined> {
    for (const { entries } of this.#queues.values()) yield* entries;
  }
}
