import type { CommandField } from "./command-field.js";
import type { CommandTexts } from "./command-texts.js";
import { hintOf } from "./command-words.js";
import { matchingChoices } from "./draft.js";
import { Pacing, type Timers } from "./pacing.js";
import type { Choice } from "./protocol.js";
import { choiceSuggestions } from "./suggestion-lists.js";
import type { Suggestions } from "./suggestions.js";

interface ChoicePickerOptions {
  readonly suggestions: Suggestions;
  readonly texts: CommandTexts;
  readonly timers: Timers;
  /** Asks the bot what it offers for what stands in a field. */
  readonly ask: (field: CommandField, signal: AbortSignal) => Promise<readonly Choice[]>;
  /** A choice was taken into the field. */
  readonly taken: () => void;
}

/** What is offered for the value of an option: the choices that match, or what the bot suggests. */
export class ChoicePicker {
  readonly #options: ChoicePickerOptions;
  readonly #pacing: Pacing<CommandField, readonly Choice[]>;
  #field: CommandField | undefined;
  #afterAnswer: (() => void) | undefined;

  constructor(options: ChoicePickerOptions) {
    this.#options = options;
    const { suggestions, texts, ask, timers } = options;
    this.#pacing = new Pacing<CommandField, readonly Choice[]>({
      ask,
      timers,
      answered: (choices) => {
        this.#offer(choices);
        this.#afterAnswer?.();
      },
      failed: () => {
        if (this.#field) suggestions.show(this.#field.input, texts.suggestionsFailed, [], false);
      },
    });
  }

  /** Shows what there is for a field that got the focus or was typed in. */
  open(field: CommandField): void {
    const { suggestions, texts } = this.#options;
    const { option, input, picked } = field;
    if (field !== this.#field) this.close();
    this.#field = field;
    this.#afterAnswer = undefined;
    if (option.autocomplete) {
      this.#pacing.ask(field);
      suggestions.wait(input, `${option.label} · ${texts.searching}`);
    } else if (option.choices.length > 0) {
      this.#offer(matchingChoices(option, picked === undefined ? input.value : ""));
    } else {
      suggestions.hint(input, hintOf(option, texts));
    }
  }

  /** Runs `then` once the bot's answer for what stands in the field is shown; false when none is awaited. */
  whenAnswered(then: () => void): boolean {
    if (!this.#pacing.waiting) return false;
    this.#afterAnswer = then;
    return true;
  }

  close(): void {
    this.#pacing.stop();
    this.#field = undefined;
    this.#afterAnswer = undefined;
  }

  #offer(choices: readonly Choice[]): void {
    const field = this.#field;
    if (field === undefined) return;
    const { suggestions, texts, taken } = this.#options;
    const { option, input, picked, empty } = field;
    const items = choiceSuggestions(choices, (choice) => {
      field.fill(choice.name, choice);
      taken();
    });
    const title = choices.length === 0 && !empty ? texts.nothingFound : hintOf(option, texts);
    suggestions.show(input, title, items, !empty && picked === undefined);
  }
}
