import type { Api, LotToAdd } from "./api.js";
import { el } from "./dom.js";
import type { Place, Wish, World } from "./protocol.js";
import type { Texts } from "./texts.js";

interface MarketOptions {
  readonly texts: Texts;
  readonly api: Api;
  readonly place: Place;
  readonly world: World;
  /** Shows what became of it; true: it was done. */
  readonly done: (changing: Promise<World>) => Promise<boolean>;
}

/** Puts lots up in the simulated game: those that the bot waits for, and any other. */
export class MarketPanel {
  readonly element = el("div", { id: "market" });
  readonly #options: MarketOptions;
  readonly #wishes = el("div", { class: "wishes" });
  readonly #said = el("p", { role: "status" });

  constructor(options: MarketOptions) {
    this.#options = options;
    const { texts, api, place, world } = options;
    const items = select(texts.item, place.items ?? []);
    const regions = select(
      texts.region,
      world.regions.map((id) => ({ id, name: id })),
    );
    const price = field(texts.unitPrice, { value: "1000", min: "1", max: "1000000000000" });
    const amount = field(texts.amount, { value: "1", min: "1", max: "10000" });
    const quality = field(texts.quality, { value: "0", min: "0", max: "6" });
    const level = field(texts.level, { value: "0", min: "0", max: "15" });
    const form = el(
      "form",
      { class: "lot" },
      items,
      regions,
      price.label,
      amount.label,
      quality.label,
      level.label,
      el("button", { type: "submit" }, texts.addLot),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const lot: LotToAdd = {
        item: items.value,
        region: regions.value,
        unitPrice: price.input.valueAsNumber,
        amount: amount.input.valueAsNumber,
        quality: quality.input.valueAsNumber,
        level: level.input.valueAsNumber,
      };
      this.#add(api.changeWorld({ lot }));
    });
    this.element.append(
      el("h3", {}, texts.market),
      this.#wishes,
      el("details", {}, el("summary", {}, texts.anyLot), form),
      this.#said,
    );
  }

  /** Asks what the bot waits for now. */
  async look(): Promise<void> {
    this.#show(await this.#options.api.wishes());
  }

  #add(adding: Promise<World>): void {
    this.#said.textContent = "";
    void this.#options.done(adding).then((done) => {
      if (done) this.#said.textContent = this.#options.texts.lotAdded;
    });
  }

  #show(wishes: readonly Wish[]): void {
    const { texts, api } = this.#options;
    const buttons = wishes.map(({ id, label }) => {
      const button = el("button", { type: "button" }, `${texts.addMatching} ${label}`);
      button.addEventListener("click", () => {
        this.#add(api.addWished(id));
      });
      return button;
    });
    this.#wishes.replaceChildren(...(wishes.length > 0 ? buttons : [el("p", { class: "hint" }, texts.noWishes)]));
  }
}

function select(label: string, choices: readonly { id: string; name: string }[]): HTMLSelectElement {
  return el("select", { "aria-label": label }, ...choices.map(({ id, name }) => el("option", { value: id }, name)));
}

function field(label: string, bounds: { value: string; min: string; max: string }) {
  const input = el("input", { type: "number", required: true, ...bounds });
  return { input, label: el("label", {}, el("span", {}, label), input) };
}
