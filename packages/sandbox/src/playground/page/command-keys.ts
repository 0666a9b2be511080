import type { ChoicePicker } from "./choice-picker.js";
import type { CommandField } from "./command-field.js";
import type { CommandFields } from "./command-fields.js";
import type { Suggestions } from "./suggestions.js";

interface CommandKeysOptions {
  /** The field that takes the command, then further options. */
  readonly last: HTMLInputElement;
  readonly suggestions: Suggestions;
  readonly picker: ChoicePicker;
  readonly fields: CommandFields;
  /** Whether a command is being filled in. */
  readonly begun: () => boolean;
  readonly submit: () => void;
  /** Takes back an option that may be left out. */
  readonly drop: (field: CommandField) => void;
  /** Leaves the command; false when there is none. */
  readonly escape: () => boolean;
  /** Turns the command back into what was typed for it. */
  readonly retype: () => void;
  /** Brings back what was sent or left last; false when there is nothing. */
  readonly recall: () => boolean;
}

/** What the keys do that are not for the text of a field. */
export class CommandKeys {
  readonly #options: CommandKeysOptions;

  constructor(options: CommandKeysOptions) {
    this.#options = options;
  }

  listen(input: HTMLInputElement): void {
    input.addEventListener("keydown", (event) => {
      const { key, shiftKey, ctrlKey, altKey, metaKey } = event;
      // Keys that end the composition of a Korean or Japanese syllable are not for us.
      if (event.isComposing || ctrlKey || altKey || metaKey) return;
      const used = shiftKey ? key === "Tab" && this.#back(input) : this.#press(key, input);
      if (used) event.preventDefault();
    });
  }

  /** @returns whether the key was meant for the line and not for the field */
  #press(key: string, input: HTMLInputElement): boolean {
    const { last, suggestions, picker, fields, begun, escape, recall } = this.#options;
    const settling = fields.of(input)?.unsettled === true;
    // What is taken is always a suggestion for what stands in the field, never one for what stood there before.
    if ((key === "Tab" || key === "Enter") && settling && picker.whenAnswered(() => this.#press(key, input)))
      return true;
    switch (key) {
      case "Tab":
        return suggestions.take(input === last || settling) || this.#forward(input);
      case "Enter":
        if (!suggestions.take()) this.#options.submit();
        return true;
      case "ArrowDown":
        return suggestions.move(1);
      case "ArrowUp":
        return suggestions.move(-1) || (input === last && !begun() && input.value === "" && recall());
      case "PageDown":
        return suggestions.movePage(1);
      case "PageUp":
        return suggestions.movePage(-1);
      case "Home":
        return input.value === "" && suggestions.moveToEnd("first");
      case "End":
        return input.value === "" && suggestions.moveToEnd("last");
      case "ArrowLeft":
        return input.selectionEnd === 0 && this.#back(input);
      case "ArrowRight":
        return input.selectionStart === input.value.length && this.#forward(input);
      case "Backspace":
        return input.value === "" && begun() && this.#erase(input);
      case "Escape":
        return escape();
      default:
        return false;
    }
  }

  #forward(input: HTMLInputElement): boolean {
    return this.#options.fields.step(input, 1);
  }

  #back(input: HTMLInputElement): boolean {
    return this.#options.fields.step(input, -1);
  }

  /** In an empty field: an option that may be left out goes; before the first field, the command does. */
  #erase(input: HTMLInputElement): true {
    const { fields, drop, retype } = this.#options;
    const field = fields.of(input);
    if (field?.option.required === false) drop(field);
    else if (!this.#back(input) && fields.empty) retype();
    return true;
  }
}
