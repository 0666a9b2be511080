import { backoff, HOUR_MS, type Clock } from "../time.js";
import { DiskCopies } from "./copies/disk.js";
import { MemoryCopies } from "./copies/memory.js";
import { Figures, type Figure } from "./figures.js";
import type { Glossary } from "./glossary.js";
import { parseItemCard, type ItemCard } from "./item-card.js";
import { HIGHEST_LEVEL, realmOf, type Item, type Realm } from "./listing.js";
import { readPicture } from "./picture.js";
import { RealmFiles } from "./realm.js";
import { certainGraded, findGraded, type FindOptions, type Found } from "./search/index.js";
import type { Recipes } from "./recipes.js";
import type { Failure, Supply } from "./shared-file.js";
import { SingleFiles } from "./single-files.js";
import { isAddress, isPlainPath, sourceOf } from "./source/index.js";

const REFRESH_MS = HOUR_MS;
const RETRY = { first: 5_000, longest: REFRESH_MS };

export interface ItemsOptions {
  /** An http(s) address or a folder, of the public database's layout. */
  readonly source: string;
  /** Where copies of what an address gave are kept, 256 MB at most; undefined: in memory, and gone with it. */
  readonly copies?: string | undefined;
  readonly clock: Clock;
  /** Hears of every attempt to read that failed; what was read before stays. The message names no address. */
  readonly onFailure?: (error: unknown) => void;
}

/** How the items of a realm are. */
export interface ItemsState {
  readonly count: number;
  /** When the source last confirmed the listing; undefined before it was ever read. */
  readonly readAt: Date | undefined;
  /** A file whose last attempt failed. */
  readonly failure: Failure | undefined;
}

/**
 * The game's items with their names, cards, pictures and recipes, and the words for profiles. Empty until the first read;
 * an id that it does not know may be a real one all the same.
 */
export class Items {
  readonly #options: ItemsOptions;
  readonly #disk: DiskCopies | undefined;
  readonly #realms: Readonly<Record<Realm, RealmFiles>>;
  readonly #cards: SingleFiles<ItemCard>;
  readonly #figures: Readonly<Record<Realm, Figures>>;
  readonly #pictures: SingleFiles<Uint8Array>;
  readonly #stopping = new AbortController();
  #loading: Promise<void> | undefined;
  #cancel: (() => void) | undefined;
  /** Attempts in a row in which some file failed. */
  #failures = 0;

  constructor(options: ItemsOptions) {
    this.#options = options;
    const { source, copies: folder, clock } = options;
    const onFailure = (error: unknown) => {
      if (!this.#stopping.signal.aborted) options.onFailure?.(error);
    };
    const isFar = isAddress(source);
    this.#disk = isFar && folder !== undefined ? new DiskCopies({ folder, source, onFailure }) : undefined;
    const place = { source: sourceOf(source, clock), clock, signal: this.#stopping.signal };
    const shared: Supply = { ...place, copies: this.#disk };
    this.#realms = { ru: new RealmFiles("ru", shared), global: new RealmFiles("global", shared) };
    const single = { ...place, copies: this.#disk ?? (isFar ? new MemoryCopies() : undefined), onFailure };
    this.#cards = new SingleFiles({ ...single, parse: (bytes) => parseItemCard(JSON.parse(bytes.toString("utf8"))) });
    this.#pictures = new SingleFiles({ ...single, parse: readPicture });
    const figures = (realm: Realm) => new Figures((item) => this.#cards.get(cardPath(realm, item)));
    this.#figures = { ru: figures("ru"), global: figures("global") };
  }

  /** Takes the copies of an earlier run, so that names are there before the network is asked. Never rejects. */
  load(): Promise<void> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load(): Promise<void> {
    await this.#disk?.prune();
    await Promise.all(Object.values(this.#realms).map((realm) => realm.load()));
  }

  /** The first keystroke is not to wait for what the engine compiles once, whichever names are searched first. */
  async warmUp(): Promise<void> {
    const listing = Object.values(this.#realms).find((realm) => realm.listing)?.listing;
    await listing?.search.warmUp();
  }

  /**
   * Loads, then asks the source what is new, and again every hour; sooner after a failure. Resolves after the first
   * attempt; never rejects.
   */
  async start(): Promise<void> {
    await this.load();
    await this.#refresh();
  }

  stop(): void {
    this.#stopping.abort();
    this.#cancel?.();
  }

  async #refresh(): Promise<void> {
    const { signal } = this.#stopping;
    const failures = (await Promise.all(Object.values(this.#realms).map((realm) => realm.refresh()))).flat();
    await this.#disk?.prune();
    if (signal.aborted) return;
    for (const failure of failures) this.#options.onFailure?.(failure);
    const { clock } = this.#options;
    // The source may ask for a longer pause than we would make.
    const pauses = failures.map(({ retryAt = 0 }) => retryAt - clock.now());
    this.#failures = failures.length > 0 ? this.#failures + 1 : 0;
    const wait = this.#failures > 0 ? Math.max(backoff(this.#failures, RETRY), ...pauses) : REFRESH_MS;
    this.#cancel = clock.setBackgroundTimeout(() => void this.#refresh(), wait);
    if (failures.length === 0) await Promise.all([this.#readFigures("ru"), this.#readFigures("global")]);
  }

  async #readFigures(realm: Realm): Promise<void> {
    const { listing } = this.#realms[realm];
    if (listing) await this.#figures[realm].read(listing.byId);
  }

  /** How the items of a region's realm are. */
  state(region: string): ItemsState {
    const { listing, readAt, failure } = this.#realm(region);
    return { count: listing?.byId.size ?? 0, readAt, failure };
  }

  get(id: string, region: string): Item | undefined {
    return this.#realm(region).listing?.byId.get(id);
  }

  /**
   * The figures of an item that nothing in the listing tells apart from others of its name, in the order of its card.
   * Undefined for all others, and until they are read.
   */
  figures(id: string, region: string): readonly Figure[] | undefined {
    return this.#figures[realmOf(region)].of(id);
  }

  /** The words of a region's realm for what profiles hold. */
  glossary(region: string): Glossary {
    return this.#realm(region).glossary;
  }

  /** Whether {@link recipes} tells anything yet. */
  hasRecipes(region: string): boolean {
    return this.#realm(region).hasRecipes;
  }

  /** What is bartered and made in a region's realm. */
  recipes(region: string): Recipes {
    return this.#realm(region).recipes;
  }

  /**
   * An item's card, as it is or upgraded to a level from 1 to 15. Undefined: there is none such, or it cannot be had now.
   */
  async file(id: string, region: string, level = 0): Promise<ItemCard | undefined> {
    const item = this.get(id, region);
    if (!item || !Number.isInteger(level) || level < 0 || level > HIGHEST_LEVEL) return undefined;
    return this.#cards.get(cardPath(realmOf(region), item, level));
  }

  /** An item's picture, a PNG of 1 MB at most. Undefined: there is none, or it cannot be had now. */
  async picture({ icon }: Item, region: string): Promise<Uint8Array | undefined> {
    return isPlainPath(icon) ? this.#pictures.get(`${realmOf(region)}/${icon}`) : undefined;
  }

  /** The address of an item's picture that Discord can reach, if there is one. */
  icon({ icon }: Item, region: string): string | undefined {
    const { source } = this.#options;
    return source.startsWith("https://") && icon !== ""
      ? `${source.replace(/\/+$/, "")}/${realmOf(region)}/${icon}`
      : undefined;
  }

  /**
   * The items that a text names for sure, with the grade it names: an id, a name in any language, a nickname. Several
   * share one name. Undefined: it may mean several things, or nothing.
   */
  certain(text: string, region: string, language: string): ReturnType<typeof certainGraded> {
    const search = this.#realm(region).listing?.search;
    return search && certainGraded(search, text, language);
  }

  /** What a text may mean, the likeliest first: items, perhaps of a grade. */
  search(text: string, region: string, options: FindOptions): Found[] {
    const search = this.#realm(region).listing?.search;
    return search ? findGraded(search, text, options) : [];
  }

  /** The items that carry exactly this name in some language; quotes, accents and case make no difference. */
  named(name: string, region: string): readonly Item[] {
    return this.#realm(region).listing?.search.named(name) ?? [];
  }

  #realm(region: string): RealmFiles {
    return this.#realms[realmOf(region)];
  }
}

function cardPath(realm: Realm, { id, category }: Item, level = 0): string {
  return `${realm}/items/${category}/${level === 0 ? `${id}.json` : `_variants/${id}/${level}.json`}`;
}
