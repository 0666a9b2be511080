import type { Clock } from "../clock.js";
import { EMPTY_GLOSSARY, type Glossary } from "./glossary.js";
import { realmOf, REALMS, type Item, type Realm } from "./listing.js";
import { nameOf, type ItemLanguage } from "./names.js";
import { ItemSearch } from "./search.js";
import { iconUrl, readGlossary, readListing } from "./source.js";

const REFRESH_MS = 60 * 60_000;
const FIRST_RETRY_MS = 5_000;

export interface ItemsOptions {
  /** An http(s) address or a folder, of the public database's layout. */
  readonly source: string;
  readonly clock: Clock;
  /** Hears of every attempt to read that failed; what was read before stays. */
  readonly onFailure?: (error: unknown) => void;
}

interface Shelf {
  readonly byId: ReadonlyMap<string, Item>;
  readonly search: ItemSearch;
  readonly readAt: Date;
}

/**
 * The game's items, statistics and achievements with their names. Empty until the first read; an id that it does not
 * know may be a real one all the same.
 */
export class Items {
  readonly #options: ItemsOptions;
  readonly #shelves = new Map<Realm, Shelf>();
  readonly #glossaries = new Map<Realm, Glossary>();
  #cancel: (() => void) | undefined;
  #retryMs = FIRST_RETRY_MS;
  #stopped = false;

  constructor(options: ItemsOptions) {
    this.#options = options;
  }

  /** Reads both realms, and again every hour; sooner after a failure. Resolves after the first attempt; never rejects. */
  async start(): Promise<void> {
    const outcomes = await Promise.all(REALMS.map((realm) => this.#read(realm)));
    if (this.#stopped) return;
    const failed = outcomes.includes(false);
    const wait = failed ? this.#retryMs : REFRESH_MS;
    this.#retryMs = failed ? Math.min(REFRESH_MS, this.#retryMs * 2) : FIRST_RETRY_MS;
    this.#cancel = this.#options.clock.setTimeout(() => void this.start(), wait);
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }

  /** How many items a region's realm lists, and when they were read; undefined before the first read. */
  state(region: string): { readonly count: number; readonly readAt: Date } | undefined {
    const shelf = this.#shelves.get(realmOf(region));
    return shelf && { count: shelf.byId.size, readAt: shelf.readAt };
  }

  get(id: string, region: string): Item | undefined {
    return this.#shelves.get(realmOf(region))?.byId.get(id);
  }

  /** The words of a region's realm for what profiles hold. */
  glossary(region: string): Glossary {
    return this.#glossaries.get(realmOf(region)) ?? EMPTY_GLOSSARY;
  }

  /** What a person means by `text`: an id, a name in any language, or else the best match of a search. */
  resolve(text: string, region: string, language: ItemLanguage): Item | undefined {
    const shelf = this.#shelves.get(realmOf(region));
    const id = text.trim();
    return shelf?.byId.get(id) ?? shelf?.search.named(id)[0] ?? shelf?.search.find(id, language, 1)[0];
  }

  search(text: string, region: string, language: ItemLanguage, limit: number): Item[] {
    return this.#shelves.get(realmOf(region))?.search.find(text, language, limit) ?? [];
  }

  /** The item's name with what tells it apart from others of that name. */
  label(item: Item, region: string, language: ItemLanguage): string {
    const name = nameOf(item, language);
    const alike = this.#shelves.get(realmOf(region))?.search.named(name).length ?? 0;
    return alike > 1 ? `${name} · ${item.category} · ${item.id}` : name;
  }

  icon(item: Item, region: string): string | undefined {
    return iconUrl(this.#options.source, realmOf(region), item);
  }

  /** Whether all of it could be read. */
  async #read(realm: Realm): Promise<boolean> {
    const { source, clock, onFailure } = this.#options;
    try {
      const items = await readListing(source, realm);
      if (items.length === 0) throw new Error(`the listing of ${realm} names no items`);
      const byId = new Map(items.map((item) => [item.id, item]));
      this.#shelves.set(realm, { byId, search: new ItemSearch(items), readAt: new Date(clock.now()) });
      this.#glossaries.set(realm, await readGlossary(source, realm));
      return true;
    } catch (error) {
      onFailure?.(error);
      return false;
    }
  }
}
