import { el } from "./dom.js";
import {
  firstFault,
  matchingChoices,
  matchingCommands,
  matchingOptions,
  typedCommand,
  values,
  type Entry,
  type OptionValue,
} from "./draft.js";
import type { Choice, Command, Option } from "./protocol.js";
import { Suggestions, type Suggestion } from "./suggestions.js";
import type { Texts } from "./texts.js";

export interface CommandLineOptions {
  readonly form: HTMLFormElement;
  readonly panel: HTMLElement;
  readonly texts: Texts;
  readonly send: (command: Command, options: Record<string, OptionValue>) => void;
  /** What the bot offers for the option being typed. */
  readonly autocomplete: (
    command: Command,
    option: Option,
    typed: string,
    options: Record<string, OptionValue>,
    signal: AbortSignal,
  ) => Promise<readonly Choice[]>;
}

/** An option's field on the line. */
interface Field {
  readonly option: Option;
  readonly chip: HTMLElement;
  readonly input: HTMLInputElement;
  picked: Choice | undefined;
}

/** Milliseconds without a further key before the bot is asked. */
const PAUSE_MS = 150;

/**
 * The line at the bottom. First `/` and a command are typed into its one field; then every option taken has a field of
 * its own, and the last field takes further options.
 */
export class CommandLine {
  readonly #options: CommandLineOptions;
  readonly #suggestions: Suggestions;
  readonly #line = el("div", { class: "line" });
  readonly #problem = el("p", { class: "problem", role: "alert" });
  readonly #last: HTMLInputElement;
  #commands: readonly Command[] = [];
  #command: Command | undefined;
  #fields: Field[] = [];
  /** The question to the bot that is being waited for. */
  #asked: AbortController | undefined;

  constructor(options: CommandLineOptions) {
    const { form, panel, texts } = options;
    this.#options = options;
    this.#suggestions = new Suggestions(panel);
    this.#last = this.#newInput(texts.commandLine, texts.hint);
    this.#listen(this.#last, () => {
      this.#typedLast();
    });
    const send = el("button", { type: "submit", class: "send", "aria-label": texts.send, title: texts.send }, "➤");
    form.append(this.#problem, el("div", { class: "bar" }, this.#line, send));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    form.addEventListener("focusout", ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && form.contains(relatedTarget))) this.#quiet();
    });
    this.#leave();
  }

  /** The commands there are from now on. */
  set commands(commands: readonly Command[]) {
    this.#commands = commands;
    if (document.activeElement === this.#last) this.#typedLast();
  }

  focus(): void {
    this.#last.focus();
  }

  /** Begins a command by name, as if it had been typed. */
  begin(name: string): void {
    const command = this.#commands.find((one) => one.name === name || one.label === name);
    if (command) this.#choose(command);
  }

  #choose(command: Command): void {
    const { texts } = this.#options;
    this.#command = command;
    this.#fields = [];
    const leave = el("button", { type: "button", class: "leave", "aria-label": texts.leaveCommand }, "✕");
    leave.addEventListener("click", () => {
      this.#leave();
      this.focus();
    });
    this.#line.replaceChildren(el("span", { class: "command-name" }, `/${command.label}`), this.#last, leave);
    this.#last.value = "";
    this.#last.placeholder = "";
    for (const option of command.options) if (option.required) this.#addField(option);
    this.#next();
  }

  /** Back to the empty line. */
  #leave(): void {
    this.#command = undefined;
    this.#fields = [];
    this.#line.replaceChildren(this.#last);
    this.#last.value = "";
    this.#last.placeholder = this.#options.texts.hint;
    this.#say("");
    this.#quiet();
  }

  #addField(option: Option): Field {
    const input = this.#newInput(option.label, "");
    const chip = el("label", { class: "chip" }, el("span", {}, option.label), input);
    const field: Field = { option, chip, input, picked: undefined };
    this.#listen(input, () => {
      field.picked = undefined;
      this.#typedField(field);
    });
    this.#fields.push(field);
    this.#last.before(chip);
    return field;
  }

  #removeField(field: Field): void {
    const before = this.#fields[this.#fields.indexOf(field) - 1];
    this.#fields = this.#fields.filter((one) => one !== field);
    field.chip.remove();
    (before?.input ?? this.#last).focus();
  }

  /** To the first required field that is empty, or to the end. */
  #next(): void {
    const empty = this.#fields.find(({ option, input }) => option.required && input.value === "");
    (empty?.input ?? this.#last).focus();
  }

  #entries(): Entry[] {
    return this.#fields.map(({ option, input, picked }) => ({ option, text: input.value, picked }));
  }

  #typedLast(): void {
    const { texts } = this.#options;
    const typed = this.#last.value;
    this.#say("");
    this.#fit(this.#last);
    if (this.#command !== undefined) {
      const free = matchingOptions(this.#command, this.#entries(), typed);
      if (free.length === 0 && typed === "") {
        this.#quiet();
        return;
      }
      const items = free.map((option) => this.#optionSuggestion(option));
      this.#suggestions.show(this.#last, items.length > 0 ? texts.options : texts.nothingFound, items, typed !== "");
      return;
    }
    const meant = typedCommand(this.#commands, typed);
    if (meant !== undefined) {
      this.#choose(meant);
      return;
    }
    if (!typed.startsWith("/")) {
      this.#quiet();
      return;
    }
    const items = matchingCommands(this.#commands, typed).map((command): Suggestion => {
      const options = command.options.filter(({ required }) => required).map(({ label }) => label);
      const take = () => {
        this.#choose(command);
      };
      return { label: `/${command.label}`, options, detail: command.description, take };
    });
    this.#suggestions.show(this.#last, items.length > 0 ? texts.commands : texts.noCommands, items, true);
  }

  #optionSuggestion(option: Option): Suggestion {
    const take = () => {
      this.#last.value = "";
      this.#addField(option).input.focus();
    };
    return { label: option.label, detail: option.description, take };
  }

  #typedField(field: Field): void {
    const { option, input } = field;
    this.#say("");
    this.#fit(input);
    if (option.autocomplete) {
      void this.#ask(field);
      return;
    }
    const typed = field.picked === undefined ? input.value : "";
    this.#offer(field, matchingChoices(option, typed));
  }

  #offer(field: Field, choices: readonly Choice[]): void {
    const { option, input } = field;
    const { texts } = this.#options;
    const items = choices.map((choice): Suggestion => {
      const take = () => {
        field.picked = choice;
        input.value = choice.name;
        this.#fit(input);
        this.#quiet();
        this.#next();
      };
      return { label: choice.name, detail: "", take };
    });
    const nothing = choices.length === 0 && (option.choices.length > 0 || option.autocomplete) && input.value !== "";
    const title = nothing ? texts.nothingFound : `${option.label} · ${option.description}`;
    this.#suggestions.show(input, title, items, items.length > 0 && input.value !== "" && field.picked === undefined);
  }

  /** Asks the bot for suggestions after a pause; an older answer never overtakes a newer one. */
  async #ask(field: Field): Promise<void> {
    const { texts, autocomplete } = this.#options;
    const command = this.#command;
    if (command === undefined) return;
    this.#asked?.abort();
    const { signal } = (this.#asked = new AbortController());
    const outdated = () => signal.aborted;
    const { option, input } = field;
    this.#suggestions.show(input, `${option.label} · ${texts.searching}`, [], false);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    if (outdated()) return;
    const others = this.#entries().filter((entry) => entry.option !== option);
    try {
      const choices = await autocomplete(command, option, input.value, values(others), signal);
      if (!outdated()) this.#offer(field, choices);
    } catch {
      if (!outdated()) this.#suggestions.show(input, texts.suggestionsFailed, [], false);
    }
  }

  #submit(): void {
    const { texts, send } = this.#options;
    const command = this.#command;
    if (command === undefined) {
      if (this.#last.value.trim() !== "")
        this.#say(this.#last.value.startsWith("/") ? texts.noCommands : texts.commandsOnly);
      return;
    }
    const fault = firstFault(this.#entries());
    if (fault === undefined) {
      const given = values(this.#entries());
      this.#leave();
      this.focus();
      send(command, given);
      return;
    }
    const field = this.#fields.find(({ option }) => option === fault.entry.option);
    field?.input.focus();
    field?.chip.classList.add("at-fault");
    this.#say(`${fault.entry.option.label}: ${texts[fault.fault]}`);
  }

  /** @param typed called when what stands in the field changed, and when it gets the focus */
  #listen(input: HTMLInputElement, typed: () => void): void {
    input.addEventListener("input", typed);
    input.addEventListener("focus", () => {
      const field = this.#fields.find((one) => one.input === input);
      if (field === undefined) typed();
      else this.#typedField(field);
    });
    input.addEventListener("keydown", (event) => {
      // Keys that end the composition of a Korean or Japanese syllable are not for us.
      if (!event.isComposing && this.#key(event, input)) event.preventDefault();
    });
  }

  /** Whether the key was meant for the line and not for the field. */
  #key({ key, shiftKey }: KeyboardEvent, input: HTMLInputElement): boolean {
    const field = this.#fields.find((one) => one.input === input);
    switch (key) {
      case "ArrowDown":
        this.#suggestions.move(1);
        return true;
      case "ArrowUp":
        this.#suggestions.move(-1);
        return true;
      case "Tab":
        if (shiftKey || this.#command === undefined) return !shiftKey && this.#suggestions.take(true);
        if (this.#suggestions.take(field === undefined || (field.picked === undefined && input.value !== "")))
          return true;
        return field !== undefined && this.#focusAfter(field);
      case "Enter":
        if (!this.#suggestions.take()) this.#submit();
        return true;
      case "Escape":
        if (this.#command === undefined) this.#quiet();
        else this.#leave();
        return true;
      case "Backspace":
        return this.#backspace(input, field);
      default:
        return false;
    }
  }

  #focusAfter(field: Field): true {
    const after = this.#fields[this.#fields.indexOf(field) + 1];
    (after?.input ?? this.#last).focus();
    return true;
  }

  /** In an empty field it takes the field away; at the start of the line, the command. */
  #backspace(input: HTMLInputElement, field: Field | undefined): boolean {
    if (input.value !== "" || this.#command === undefined) return false;
    const before = this.#fields.at(-1);
    if (field === undefined && before !== undefined) {
      before.input.focus();
    } else if (field !== undefined && !field.option.required) {
      this.#removeField(field);
    } else {
      const { label } = this.#command;
      this.#leave();
      this.#last.value = `/${label}`;
      this.#last.focus();
      this.#typedLast();
    }
    return true;
  }

  #newInput(label: string, placeholder: string): HTMLInputElement {
    return el("input", {
      type: "text",
      role: "combobox",
      "aria-label": label,
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": "suggestion-list",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      placeholder,
    });
  }

  /** A field is as wide as what stands in it. */
  #fit(input: HTMLInputElement): void {
    input.closest(".chip")?.classList.remove("at-fault");
    if (input !== this.#last) input.style.width = `${Math.max(4, input.value.length + 2)}ch`;
  }

  #say(problem: string): void {
    this.#problem.textContent = problem;
  }

  #quiet(): void {
    this.#asked?.abort();
    this.#suggestions.hide();
  }
}
