import type { Api, WorldChange } from "./api.js";
import { el } from "./dom.js";
import { MarketPanel } from "./market-panel.js";
import { speeds, troubles, type Place, type World } from "./protocol.js";
import type { Texts } from "./texts.js";

interface PanelOptions {
  readonly texts: Texts;
  readonly locale: string;
  readonly api: Api;
  readonly place: Place;
}

/** Shows the simulated world's time and lets a person steer it. */
export class WorldPanel {
  readonly #locale: string;
  readonly #clock = el("time");
  readonly #speeds: ReadonlyMap<number, HTMLButtonElement>;
  readonly #troubles = el("select");
  readonly #market: MarketPanel;
  #world: World;
  /** When `#world` was told, by this machine's clock. */
  #toldAt = Date.now();

  constructor(panel: HTMLElement, world: World, { texts, locale, api, place }: PanelOptions) {
    this.#world = world;
    this.#locale = locale;
    const problem = el("p", { class: "problem", role: "alert" });
    const done = async (changing: Promise<World>): Promise<boolean> => {
      problem.textContent = "";
      try {
        this.update(await changing);
        return true;
      } catch (error) {
        problem.textContent = error instanceof Error ? error.message : String(error);
        return false;
      }
    };
    const change = (to: WorldChange) => {
      void done(api.changeWorld(to));
    };
    const names: Readonly<Record<number, string>> = { 0: texts.pause, 1: "×1", 60: "×60" };
    this.#speeds = new Map(
      speeds.map((speed) => {
        const button = el("button", { type: "button" }, names[speed]);
        button.addEventListener("click", () => {
          change({ speed });
        });
        return [speed, button];
      }),
    );
    this.#troubles.append(...troubles.map((trouble) => el("option", { value: trouble }, texts.troubles[trouble])));
    this.#troubles.addEventListener("change", () => {
      const trouble = troubles.find((one) => one === this.#troubles.value) ?? "none";
      change({ trouble });
    });
    this.#troubles.setAttribute("aria-label", texts.gameApi);
    const regions = el("select", {}, ...world.regions.map((region) => el("option", { value: region }, region)));
    regions.setAttribute("aria-label", texts.region);
    const start = el("button", { type: "button" }, texts.startEmission);
    start.addEventListener("click", () => {
      change({ emission: regions.value });
    });
    const end = el("button", { type: "button" }, texts.endEmission);
    end.addEventListener("click", () => {
      change({ endEmission: regions.value });
    });
    this.#market = new MarketPanel({ texts, api, place, world, done });
    panel.append(
      el("h2", {}, texts.world),
      el("p", {}, this.#clock),
      el("div", { class: "segmented", role: "group", "aria-label": texts.speed }, ...this.#speeds.values()),
      el("h3", {}, texts.emission),
      el("div", { class: "row" }, regions, start, end),
      this.#market.element,
      el("h3", {}, texts.gameApi),
      this.#troubles,
      problem,
    );
    this.update(world);
  }

  /** The world's time now, in milliseconds since the epoch. */
  now(): number {
    return this.#world.now + (Date.now() - this.#toldAt) * this.#world.speed;
  }

  update(world: World): void {
    this.#world = world;
    this.#toldAt = Date.now();
    for (const [speed, button] of this.#speeds) button.setAttribute("aria-pressed", String(speed === world.speed));
    this.#troubles.value = world.trouble;
    this.tick();
  }

  /** Asks what the bot waits for; when that fails, what was known stays. */
  look(): void {
    this.#market.look().catch(() => undefined);
  }

  /** Brings the clock up to date. */
  tick(): void {
    const now = this.now();
    const shown = new Intl.DateTimeFormat(this.#locale, { dateStyle: "medium", timeStyle: "medium" }).format(now);
    this.#clock.dateTime = new Date(now).toISOString();
    if (this.#clock.textContent !== shown) this.#clock.textContent = shown;
  }
}
