import { ITEMS, REGIONS, type Fault, type GameSimulator, type LotOffer, type RegionId } from "../game/index.js";
import { NotPossibleError } from "../discord/index.js";
import type { Trouble, World } from "./page/protocol.js";
import type { WishedLot } from "./wishes.js";

/** A lot to put up. */
export interface AddedLot extends LotOffer {
  readonly region: string;
  readonly item: string;
}

/** Longer than the bot's patience for a first answer, shorter than that for a request: people see it think. */
const SLOW_MS = 2_500;

const faults: Readonly<Record<Trouble, Fault | undefined>> = {
  none: undefined,
  errors: { kind: "status", status: 500 },
  slow: { kind: "slow", ms: SLOW_MS },
  limited: { kind: "status", status: 429, headers: { "retry-after": "20" } },
  down: { kind: "reset" },
};
/** The game's API, but not the login nor the item database, which are other servers in reality. */
const API = /^\/(?!items\/|oauth)/;

const languages = ["ru", "en", "es", "fr", "ko"] as const;

function languageOf(locale: string): (typeof languages)[number] {
  return languages.find((one) => locale.startsWith(one)) ?? "en";
}

/** Sales scatter around what is usual: this part of it is below what a few of them come to. */
const CHEAP = 0.8;

/** @throws NotPossibleError when there is no such region */
function regionOf(name: string): RegionId {
  const known = REGIONS.find(({ id }) => id === name);
  if (known === undefined) throw new NotPossibleError(`there is no region ${name}`);
  return known.id;
}

/** What the page may do to the simulated game. */
export class WorldControls {
  readonly #game: GameSimulator;
  readonly #changed: () => void;
  readonly #listeners = new Set<() => void>();
  #trouble: Trouble = "none";
  #removeFault: (() => void) | undefined;

  /** @param changed called when what the bot was told before is no longer so */
  constructor(game: GameSimulator, changed: () => void) {
    this.#game = game;
    this.#changed = changed;
  }

  state(): World {
    const { time } = this.#game;
    return { now: time.now(), speed: time.speed, trouble: this.#trouble, regions: REGIONS.map(({ id }) => id) };
  }

  run(speed: number): void {
    this.#game.time.run(speed);
    this.#tell();
  }

  /** What can be put up for sale, by its name in a language. */
  items(locale: string): { id: string; name: string }[] {
    const language = languageOf(locale);
    const named = ITEMS.map(({ id, names }) => ({ id, name: names[language] }));
    return named.sort((a, b) => a.name.localeCompare(b.name, language));
  }

  /** Starts an emission now, unless one is running there. */
  startEmission(region: string): void {
    this.#game.startEmission(regionOf(region));
    this.#tell();
  }

  /** Ends the emission that is running there, if one is. */
  endEmission(region: string): void {
    this.#game.endEmission(regionOf(region));
    this.#tell();
  }

  /** Somebody puts a lot up. */
  addLot({ region, item, ...offer }: AddedLot): void {
    if (!ITEMS.some(({ id }) => id === item)) throw new NotPossibleError(`there is no item ${item}`);
    this.#game.addLot(regionOf(region), item, offer);
    this.#tell();
  }

  /** What goes wrong with every request to the game's API from now on. */
  trouble(trouble: Trouble): void {
    this.#removeFault?.();
    const fault = faults[trouble];
    this.#removeFault = fault && this.#game.faults.add(fault, { path: API });
    this.#trouble = trouble;
    this.#tell();
  }

  /** Somebody puts up a lot that the bot waits for. */
  grant(wish: WishedLot): void {
    const { region, item, limit, amount = 1, quality = 0, level = 0 } = wish;
    const usual = this.#game.usualPrice(regionOf(region), item, { quality, level }) ?? 1;
    const most = limit.by === "unit" ? limit.most * 0.95 : usual * (1 - limit.discount) * CHEAP;
    this.addLot({ region, item, amount, quality, level, unitPrice: Math.max(1, Math.floor(most)) });
  }

  /** What the bot waits for, in a few words: "Cinder Seed +10 · EU · ≤ 9,500". */
  labelOf({ region, item, limit, quality, level, amount }: WishedLot, locale: string): string {
    const name = ITEMS.find(({ id }) => id === item)?.names[languageOf(locale)] ?? item;
    const price =
      limit.by === "unit"
        ? `≤ ${new Intl.NumberFormat(locale).format(limit.most)}`
        : new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }).format(-limit.discount);
    const parts = [
      level === undefined ? name : `${name} +${level}`,
      quality === undefined ? undefined : `★${quality}`,
      amount === undefined ? undefined : `×${amount}`,
      region,
      price,
    ];
    return parts.filter((part) => part !== undefined).join(" · ");
  }

  /** Calls `listener` after each change; the returned function ends it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #tell(): void {
    this.#changed();
    for (const listener of this.#listeners) listener();
  }
}
