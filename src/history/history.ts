import type { CharacterKey, ClanDay, HistoryStore, LastLogin, Objection } from "../store/index.js";
import { Timeline, type Gap, type Reading, type StatGrowth } from "./timeline.js";

/** What a character's totals were and are. All times are the database's: show them by `context.told`. */
export interface Progress {
  /** As the profile wrote it last. */
  readonly name: string;
  /** The first reading of all. */
  readonly knownSince: Date;
  /**
   * The two readings that are compared: the one at the beginning of the period, or up to 36 hours before it, else the first one
   * after it; and the last one. The same moment twice: there is only one.
   */
  readonly from: Date;
  readonly until: Date;
  /** Those from `from` until now, the oldest first. */
  readonly gaps: readonly Gap[];
  /** Every total of the last reading, also those that did not grow. */
  readonly stats: readonly StatGrowth[];
  /** Its player wants its past to be kept: everybody may see it. */
  readonly shared: boolean;
  /** Ids of the clans for which it is kept: their members may see it. */
  readonly clans: readonly string[];
  /** The readings of one statistic from `from` to `until`, the oldest first. */
  readonly series: (statId: string) => readonly Reading[];
}

/** How one total of a member of a clan grew. */
export interface MemberGrowth extends Omit<StatGrowth, "id"> {
  /** As it was asked for. */
  readonly name: string;
  readonly from: Date;
  readonly until: Date;
}

/** Who wants the past of a clan to be kept. */
export interface Kept {
  /** When somebody switched it on first; null: it is kept because alerts of the clan are on. */
  readonly since: Date | null;
  readonly byMe: boolean;
  readonly byAlerts: boolean;
  /** How many people switched it on. */
  readonly keepers: number;
}

/** The past of characters and clans. Everything rejects with `StoreUnavailableError` while the database is away. */
export class History {
  readonly #store: Pick<HistoryStore, "archive" | "keeping">;
  readonly #onWanted: () => void;

  /** @param onWanted called when there is something new to read */
  constructor(store: Pick<HistoryStore, "archive" | "keeping">, onWanted: () => void = () => undefined) {
    this.#store = store;
    this.#onWanted = onWanted;
  }

  /** Undefined: the profile was never read, or nothing is kept of it. */
  async progress(region: string, name: string, days: number): Promise<Progress | undefined> {
    const past = await this.#store.archive.past(region, name, days);
    if (!past) return undefined;
    const timeline = new Timeline(past, days);
    const { from, until } = timeline;
    const { name: written, knownSince, shared, clans } = past;
    return {
      ...{ name: written, knownSince, from, until, shared, clans },
      ...{ gaps: timeline.gaps(), stats: timeline.growth(), series: (statId) => timeline.series(statId) },
    };
  }

  /** One total of many characters. Those of whom there are no two readings are left out. */
  async growth(
    region: string,
    names: readonly string[],
    statId: string,
    days: number,
  ): Promise<readonly MemberGrowth[]> {
    const spans = await this.#store.archive.spans(region, names, statId, days);
    const found = await Promise.all(
      spans.map(async ({ name, type, first = 0, last, from, until, fell }) => {
        const plain = { name, type, first, last, growth: Math.max(0, last - first), fellAt: undefined, from, until };
        return fell ? this.#fallen(region, plain, statId, days) : plain;
      }),
    );
    return found;
  }

  /** What the clan's public record told, once a day, the oldest first. */
  clanSeries(region: string, clanId: string, days: number): Promise<readonly ClanDay[]> {
    return this.#store.archive.clanDays(region, clanId, days);
  }

  /** The last logins that the last readings told; null: the profile tells none. Those who were never read are left out. */
  lastLogins(region: string, names: readonly string[]): Promise<readonly LastLogin[]> {
    return this.#store.archive.lastLogins(region, names);
  }

  /** From now on the clan's days and its members are kept. The caller has made sure that this person is in it. */
  async keep(region: string, clanId: string, userId: string): Promise<void> {
    await this.#store.keeping.keep(region, clanId, userId);
    this.#onWanted();
  }

  /** Others may still want it kept. What was kept goes after 30 days without anybody who does. */
  async unkeep(region: string, clanId: string, userId: string): Promise<void> {
    await this.#store.keeping.unkeep(region, clanId, userId);
  }

  /** Undefined: nobody wants the clan's past to be kept. */
  async keptBy(region: string, clanId: string, userId: string): Promise<Kept | undefined> {
    const kept = await this.#store.keeping.keptBy(region, clanId);
    if (!kept) return undefined;
    const { since, keepers, byAlerts } = kept;
    return { since, byMe: keepers.includes(userId), byAlerts, keepers: keepers.length };
  }

  /** Whether a person wants the past of their characters to be kept. */
  consent(userId: string): Promise<boolean> {
    return this.#store.keeping.consent(userId);
  }

  /** On: the characters of all of their linked accounts are kept. Off: what is kept for this alone goes at once. */
  async setConsent(userId: string, on: boolean): Promise<void> {
    await this.#store.keeping.setConsent(userId, on);
    if (on) this.#onWanted();
  }

  /** Objections to keeping the past of these characters. */
  objections(characters: readonly CharacterKey[]): Promise<readonly Objection[]> {
    return this.#store.keeping.objections(characters);
  }

  /**
   * Deletes what is kept of a character, and nothing is kept of it any more, whoever wants it. It outlasts everything that is
   * deleted about people. The caller has made sure that it is the asker's own.
   * @param characterId a UUID, as `/{region}/characters` tells it
   */
  object(region: string, characterId: string, name: string): Promise<void> {
    return this.#store.keeping.object(region, characterId, name);
  }

  /** Takes an objection back. What was deleted stays deleted. */
  allow(region: string, characterId: string): Promise<void> {
    return this.#store.keeping.allow(region, characterId);
  }

  async #fallen(region: string, plain: MemberGrowth, statId: string, days: number): Promise<MemberGrowth> {
    const past = await this.#store.archive.past(region, plain.name, days);
    const stat = past && new Timeline(past, days).growth().find(({ id }) => id === statId);
    return stat ? { ...plain, growth: stat.growth, fellAt: stat.fellAt } : plain;
  }
}
