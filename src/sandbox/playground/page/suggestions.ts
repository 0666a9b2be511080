import { el } from "./dom.js";

export interface Suggestion {
  readonly label: string;
  /** What is to be filled in after it. */
  readonly options?: readonly string[];
  readonly detail: string;
  readonly take: () => void;
}

/** The list above the command line. The field being typed in keeps the focus; arrows move the mark in the list. */
export class Suggestions {
  readonly #panel: HTMLElement;
  readonly #title = el("p", { class: "suggestions-title" });
  readonly #list = el("ul", { role: "listbox", id: "suggestion-list" });
  #shown: readonly Suggestion[] = [];
  #marked = -1;
  #field: HTMLInputElement | undefined;

  constructor(panel: HTMLElement) {
    this.#panel = panel;
    panel.append(this.#title, this.#list);
    // A press on the list must not take the focus from the field.
    panel.addEventListener("mousedown", (event) => {
      event.preventDefault();
    });
    this.hide();
  }

  /** @param marked whether the first one is marked at once */
  show(field: HTMLInputElement, title: string, suggestions: readonly Suggestion[], marked: boolean): void {
    this.#field = field;
    this.#shown = suggestions;
    this.#title.textContent = title;
    this.#list.setAttribute("aria-label", title);
    this.#list.replaceChildren(...suggestions.map((one, index) => this.#draw(one, index)));
    this.#panel.hidden = false;
    field.setAttribute("aria-expanded", String(suggestions.length > 0));
    this.#mark(marked && suggestions.length > 0 ? 0 : -1);
  }

  hide(): void {
    this.#panel.hidden = true;
    this.#shown = [];
    this.#marked = -1;
    this.#field?.setAttribute("aria-expanded", "false");
    this.#field?.removeAttribute("aria-activedescendant");
  }

  move(step: 1 | -1): void {
    const count = this.#shown.length;
    if (count === 0) return;
    const from = this.#marked === -1 && step === -1 ? 0 : this.#marked;
    this.#mark((from + step + count) % count);
  }

  /** Whether there was one to take. @param first take the first one if none is marked */
  take(first = false): boolean {
    const one = this.#shown[this.#marked === -1 && first ? 0 : this.#marked];
    one?.take();
    return one !== undefined;
  }

  #draw({ label, options = [], detail, take }: Suggestion, index: number): HTMLElement {
    const shown = [
      el("span", { class: "suggestion-label" }, label),
      ...options.map((option) => el("span", { class: "suggestion-options" }, option)),
      el("span", { class: "suggestion-detail" }, detail),
    ];
    const item = el("li", { role: "option", id: `suggestion-${index}`, "aria-selected": "false" }, ...shown);
    item.addEventListener("click", take);
    return item;
  }

  #mark(index: number): void {
    this.#list.children[this.#marked]?.setAttribute("aria-selected", "false");
    this.#marked = index;
    const item = this.#list.children[index];
    if (item === undefined) {
      this.#field?.removeAttribute("aria-activedescendant");
      return;
    }
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    this.#field?.setAttribute("aria-activedescendant", item.id);
  }
}
