import { comboBox, Complaint } from "./command-field.js";
import { count, type CommandTexts } from "./command-texts.js";
import { matchingCommands, matchingOptions, typedCommand, typedOption, type Entry } from "./draft.js";
import type { Command, Option } from "./protocol.js";
import { commandSuggestions, optionSuggestions } from "./suggestion-lists.js";
import type { Suggestions } from "./suggestions.js";

interface LastFieldOptions {
  readonly texts: CommandTexts;
  readonly locale: string;
  readonly complaints: HTMLElement;
  readonly suggestions: Suggestions;
  /** What there is, and what is on the line. */
  readonly state: () => {
    readonly commands: readonly Command[];
    readonly command: Command | undefined;
    readonly entries: readonly Entry[];
  };
  /** @param rest what was typed after the command */
  readonly choose: (command: Command, rest: string) => void;
  readonly take: (option: Option) => void;
  /** Nothing is to be offered. */
  readonly quiet: () => void;
}

/** The field at the end of the line: it takes a command, then the options that may be left out. */
export class LastField {
  readonly input: HTMLInputElement;
  readonly #options: LastFieldOptions;
  readonly #complaint: Complaint;

  constructor(options: LastFieldOptions) {
    const { texts, complaints } = options;
    this.#options = options;
    this.input = comboBox({ "aria-label": texts.commandLine, enterkeyhint: "send" });
    this.#complaint = new Complaint(this.input, complaints, "problem");
    this.input.addEventListener("input", (event) => {
      this.offer(event instanceof InputEvent && event.isComposing);
    });
    for (const event of ["compositionend", "focus"]) {
      this.input.addEventListener(event, () => {
        this.offer();
      });
    }
  }

  /** Empties it, or puts a text into it, and says inside what may be typed. */
  reset(text = ""): void {
    const { texts, locale, state } = this.#options;
    const { command, entries } = state();
    const free = (command?.options.length ?? 0) - entries.length;
    this.#complaint.make(undefined);
    this.input.value = text;
    this.input.placeholder = command === undefined ? texts.hint : free === 0 ? "" : count(texts.optional, free, locale);
  }

  /** Whether what stands in it hinders sending; says so. */
  judge(): boolean {
    const { noCommands, commandsOnly, noOptions } = this.#options.texts;
    const stray = this.input.value.trim();
    if (stray === "") return true;
    const begun = this.#options.state().command !== undefined;
    this.#complaint.make(begun ? noOptions : stray.startsWith("/") ? noCommands : commandsOnly);
    this.input.focus();
    return false;
  }

  /**
   * Shows what may be meant by what stands in it, and takes what is meant for certain.
   *
   * @param composing a syllable is being put together, and the text must be left alone
   */
  offer(composing = false): void {
    const { command, entries } = this.#options.state();
    const typed = this.input.value;
    this.#options.quiet();
    this.#complaint.make(undefined);
    if (command !== undefined) this.#offerOptions(command, entries, typed, composing);
    else if (typed.startsWith("/")) this.#offerCommands(typed, composing);
  }

  #offerCommands(typed: string, composing: boolean): void {
    const { texts, locale, state, suggestions, choose } = this.#options;
    const { commands } = state();
    const meant = composing ? undefined : typedCommand(commands, typed);
    if (meant !== undefined) {
      choose(meant.command, meant.rest);
      return;
    }
    const items = commandSuggestions(
      matchingCommands(commands, typed),
      (free) => count(texts.optional, free, locale),
      (command) => {
        choose(command, "");
      },
    );
    suggestions.show(this.input, items.length > 0 ? texts.commands : texts.noCommands, items, true);
  }

  #offerOptions(command: Command, entries: readonly Entry[], typed: string, composing: boolean): void {
    const { texts, suggestions, take } = this.#options;
    const meant = composing ? undefined : typedOption(command, entries, typed);
    if (meant !== undefined) {
      take(meant);
      return;
    }
    const items = optionSuggestions(matchingOptions(command, entries, typed), take);
    if (items.length === 0 && typed === "") return;
    suggestions.show(this.input, items.length > 0 ? texts.options : texts.noOptions, items, typed !== "");
  }
}
