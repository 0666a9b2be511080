import { el } from "./dom.js";

export interface Suggestion {
  readonly content: readonly (Node | string)[];
  readonly take: () => void;
}

/** As many as Page Up and Page Down pass over. */
const PAGE = 8;

/** The list above the command line. The field being typed in keeps the focus; keys move the mark in the list. */
export class Suggestions {
  readonly #panel: HTMLElement;
  readonly #counted: (count: number) => string;
  readonly #title = el("p", { class: "suggestions-title", id: "suggestion-title" });
  readonly #list = el("ul", { role: "listbox", id: "suggestion-list", "aria-labelledby": "suggestion-title" });
  /** What a screen reader says while somebody types. */
  readonly #said = el("p", { class: "suggestions-said", role: "status" });
  #shown: readonly Suggestion[] = [];
  #marked = -1;
  #field: HTMLInputElement | undefined;

  /** @param counted says how many suggestions there are */
  constructor(panel: HTMLElement, counted: (count: number) => string) {
    this.#panel = panel;
    this.#counted = counted;
    panel.append(this.#title, this.#list);
    panel.after(this.#said);
    // A press on the list must not take the focus from the field.
    panel.addEventListener("mousedown", (event) => {
      event.preventDefault();
    });
    this.hide();
  }

  /** @param marked whether the first one is marked at once */
  show(field: HTMLInputElement, title: string, suggestions: readonly Suggestion[], marked: boolean): void {
    this.#open(field, title);
    this.#draw(suggestions);
    this.#mark(marked && suggestions.length > 0 ? 0 : -1);
    this.#said.textContent = suggestions.length > 0 ? this.#counted(suggestions.length) : title;
  }

  /** Says only what may stand in the field. */
  hint(field: HTMLInputElement, title: string): void {
    this.#open(field, title);
    this.#draw([]);
  }

  /** New suggestions are on their way: those for the same field stay until then. */
  wait(field: HTMLInputElement, title: string): void {
    const same = field === this.#field && !this.#panel.hidden;
    this.#open(field, title);
    if (!same) this.#draw([]);
    this.#list.setAttribute("aria-busy", "true");
  }

  hide(): void {
    this.#panel.hidden = true;
    this.#draw([]);
  }

  /** The following methods say whether there was something to move in. Beyond the end it goes on at the other. */
  move(step: 1 | -1): boolean {
    const count = this.#shown.length;
    const from = this.#marked === -1 && step === -1 ? 0 : this.#marked;
    return this.#moveTo((from + step + count) % count);
  }

  movePage(step: 1 | -1): boolean {
    return this.#moveTo(Math.min(Math.max(this.#marked + step * PAGE, 0), this.#shown.length - 1));
  }

  moveToEnd(end: "first" | "last"): boolean {
    return this.#moveTo(end === "first" ? 0 : this.#shown.length - 1);
  }

  /** Whether there was one to take. @param first take the first one if none is marked */
  take(first = false): boolean {
    const one = this.#shown[this.#marked === -1 && first ? 0 : this.#marked];
    one?.take();
    return one !== undefined;
  }

  #open(field: HTMLInputElement, title: string): void {
    this.#field = field;
    this.#panel.hidden = false;
    this.#title.textContent = title;
    this.#list.removeAttribute("aria-busy");
  }

  #draw(suggestions: readonly Suggestion[]): void {
    this.#mark(-1);
    this.#shown = suggestions;
    this.#list.replaceChildren(...suggestions.map((one, index) => this.#drawOne(one, index)));
    this.#list.hidden = suggestions.length === 0;
    this.#list.scrollTop = 0;
    this.#said.textContent = "";
    this.#field?.setAttribute("aria-expanded", String(suggestions.length > 0));
  }

  #drawOne({ content, take }: Suggestion, index: number): HTMLElement {
    const attributes = { role: "option", id: `suggestion-${index}`, "aria-selected": "false" };
    const item = el("li", attributes, ...content);
    item.addEventListener("click", take);
    // Only a mouse that moves marks, not one that rests where the list appears.
    item.addEventListener("pointermove", ({ movementX, movementY, pointerType }) => {
      if (pointerType === "mouse" && (movementX !== 0 || movementY !== 0)) this.#mark(index);
    });
    return item;
  }

  #moveTo(index: number): boolean {
    if (this.#shown.length === 0) return false;
    this.#mark(index);
    this.#list.children[index]?.scrollIntoView({ block: "nearest" });
    return true;
  }

  #mark(index: number): void {
    this.#list.children[this.#marked]?.setAttribute("aria-selected", "false");
    this.#marked = index;
    const item = this.#list.children[index];
    item?.setAttribute("aria-selected", "true");
    if (item === undefined) this.#field?.removeAttribute("aria-activedescendant");
    else this.#field?.setAttribute("aria-activedescendant", item.id);
  }
}
