import type { CommandTexts } from "./command-texts.js";
import { faultOf, hintOf } from "./command-words.js";
import { el } from "./dom.js";
import { meantChoice, type Entry } from "./draft.js";
import type { Choice, Option } from "./protocol.js";

/** The field of the line, or one of an option's: the list above it belongs to it while it has the focus. */
export function comboBox(attributes: Readonly<Record<string, string>>): HTMLInputElement {
  return el("input", {
    type: "text",
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": "suggestion-list",
    autocomplete: "off",
    autocapitalize: "off",
    autocorrect: "off",
    enterkeyhint: "next",
    spellcheck: "false",
    ...attributes,
  });
}

/** What is wrong with a field, said in a list of such sentences and linked to the field. */
export class Complaint {
  readonly #input: HTMLInputElement;
  readonly #list: HTMLElement;
  readonly #line: HTMLElement;

  constructor(input: HTMLInputElement, list: HTMLElement, id: string) {
    this.#input = input;
    this.#list = list;
    this.#line = el("p", { class: "problem", id });
  }

  get made(): boolean {
    return this.#line.isConnected;
  }

  /** @param words undefined: nothing is wrong any more */
  make(words: string | undefined): void {
    if (words === undefined) {
      this.#line.remove();
      this.#input.removeAttribute("aria-invalid");
      this.#input.removeAttribute("aria-describedby");
      return;
    }
    if (this.#line.textContent !== words) this.#line.textContent = words;
    if (!this.made) this.#list.append(this.#line);
    this.#input.setAttribute("aria-invalid", "true");
    this.#input.setAttribute("aria-describedby", this.#line.id);
  }
}

/** An option's field on the line. */
export class CommandField {
  readonly option: Option;
  readonly input: HTMLInputElement;
  readonly chip: HTMLElement;
  readonly #texts: CommandTexts;
  readonly #complaint: Complaint;
  #picked: Choice | undefined;

  /** @param complaints the element that lists what is wrong */
  constructor(option: Option, complaints: HTMLElement, texts: CommandTexts) {
    this.option = option;
    this.#texts = texts;
    const keyboard = keyboardFor(option);
    this.input = comboBox({
      // The style sheet makes it wider.
      size: "1",
      "aria-label": option.label,
      "aria-description": hintOf(option, texts),
      ...(option.required && { "aria-required": "true" }),
      ...(keyboard !== undefined && { inputmode: keyboard }),
    });
    this.#complaint = new Complaint(this.input, complaints, `problem-${option.name}`);
    const sized = el("span", { class: "sized" }, this.input);
    this.chip = el("label", { class: "chip" }, el("span", { class: "chip-label" }, option.label), sized);
  }

  get entry(): Entry {
    return { option: this.option, text: this.input.value, picked: this.#picked };
  }

  get picked(): Choice | undefined {
    return this.#picked;
  }

  /** Something was typed and no choice taken for it. */
  get unsettled(): boolean {
    return this.#picked === undefined && !this.empty;
  }

  get empty(): boolean {
    return this.input.value === "";
  }

  fill(text: string, picked: Choice | undefined): void {
    this.input.value = text;
    this.changed(picked);
  }

  /** What stands in the field was changed. Once at fault, it is judged with every key. */
  changed(picked?: Choice): void {
    this.#picked = picked;
    // The style sheet makes the field as wide as this.
    if (this.input.parentElement) this.input.parentElement.dataset.text = this.input.value;
    if (this.#complaint.made) this.judge();
  }

  /** Takes the choice that is meant by what was typed, if one is. */
  settle(): void {
    if (this.#picked !== undefined) return;
    const meant = meantChoice(this.option, this.input.value);
    if (meant) this.fill(meant.name, meant);
  }

  /** Says what is wrong, if something is. */
  judge(): boolean {
    const fault = faultOf(this.entry, this.#texts);
    this.#complaint.make(fault);
    return fault === undefined;
  }

  remove(): void {
    this.chip.remove();
    this.#complaint.make(undefined);
  }
}

/** Digits only where no sign may be needed: on some telephones they come without a minus. */
function keyboardFor({ kind, min = -Infinity, choices, autocomplete }: Option): string | undefined {
  if (min < 0 || choices.length > 0 || autocomplete) return undefined;
  return kind === "integer" ? "numeric" : kind === "number" ? "decimal" : undefined;
}
