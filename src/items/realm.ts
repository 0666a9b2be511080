import { parseAchievements, parseStatistics, type Glossary } from "./glossary.js";
import { parseListing, type Item, type Realm } from "./listing.js";
import { parseBarter, parseHideout, RecipeBook, type Recipes } from "./recipes.js";
import { ItemSearch } from "./search/index.js";
import type { SourceError } from "./source/index.js";
import { SharedFile, type Failure, type Supply } from "./shared-file.js";

interface Listing {
  readonly byId: ReadonlyMap<string, Item>;
  readonly search: ItemSearch;
}

const NO_RECIPES = new RecipeBook<never>(
  [],
  () => [],
  () => [],
);

/** What everybody uses of one realm: its items, words and recipes. */
export class RealmFiles {
  readonly #listing: SharedFile<Listing>;
  readonly #statistics: SharedFile<Glossary["statistics"]>;
  readonly #achievements: SharedFile<Glossary["achievements"]>;
  readonly #barter: SharedFile<Recipes["barter"]>;
  readonly #hideout: SharedFile<Recipes["hideout"]>;
  readonly #files: readonly SharedFile<unknown>[];

  constructor(realm: Realm, supply: Supply) {
    this.#listing = new SharedFile(`${realm}/listing.json`, readListing, supply);
    this.#statistics = new SharedFile(`${realm}/stats.json`, parseStatistics, supply);
    this.#achievements = new SharedFile(`${realm}/achievements.json`, parseAchievements, supply);
    this.#barter = new SharedFile(`${realm}/barter_recipes.json`, parseBarter, supply);
    this.#hideout = new SharedFile(`${realm}/hideout_recipes.json`, parseHideout, supply);
    this.#files = [this.#listing, this.#statistics, this.#achievements, this.#barter, this.#hideout];
  }

  async load(): Promise<void> {
    await Promise.all(this.#files.map((file) => file.load()));
  }

  /** Asks the source for all of it. Resolves with what went wrong; never rejects. */
  async refresh(): Promise<SourceError[]> {
    const outcomes = await Promise.all(this.#files.map((file) => file.refresh()));
    return outcomes.filter((outcome) => outcome !== undefined);
  }

  get listing(): Listing | undefined {
    return this.#listing.value;
  }

  /** When the source last confirmed the listing. */
  get readAt(): Date | undefined {
    return this.#listing.readAt;
  }

  get glossary(): Glossary {
    return {
      statistics: this.#statistics.value ?? new Map(),
      achievements: this.#achievements.value ?? new Map(),
    };
  }

  get recipes(): Recipes {
    return { barter: this.#barter.value ?? NO_RECIPES, hideout: this.#hideout.value ?? NO_RECIPES };
  }

  /** Whether its recipes were ever read. */
  get hasRecipes(): boolean {
    return this.#barter.value !== undefined && this.#hideout.value !== undefined;
  }

  /** The listing's failure, or else that of another file. */
  get failure(): Failure | undefined {
    return this.#files.find(({ failure }) => failure)?.failure;
  }
}

function readListing(json: unknown): Listing {
  const items = parseListing(json);
  return { byId: new Map(items.map((item) => [item.id, item])), search: new ItemSearch(items) };
}
