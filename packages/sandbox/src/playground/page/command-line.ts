import { ChoicePicker } from "./choice-picker.js";
import type { CommandField } from "./command-field.js";
import { CommandFields } from "./command-fields.js";
import { CommandKeys } from "./command-keys.js";
import { LastField } from "./command-last-field.js";
import { commandTexts, count, type CommandTexts } from "./command-texts.js";
import { withBooleans } from "./command-words.js";
import { el } from "./dom.js";
import { values, type Entry, type OptionValue } from "./draft.js";
import { pageTimers } from "./pacing.js";
import type { Choice, Command, Option } from "./protocol.js";
import { Suggestions } from "./suggestions.js";
import type { Language } from "./languages.js";

export interface CommandLineOptions {
  readonly form: HTMLFormElement;
  readonly panel: HTMLElement;
  readonly locale: Language["locale"];
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

/**
 * The line at the bottom. First `/` and a command are typed into its one field; then every option taken has a field of
 * its own before it, and the last field takes further options.
 */
export class CommandLine {
  readonly #options: CommandLineOptions;
  readonly #texts: CommandTexts;
  readonly #line = el("div", { class: "line", role: "group" });
  readonly #suggestions: Suggestions;
  readonly #last: LastField;
  readonly #fields: CommandFields;
  readonly #picker: ChoicePicker;
  readonly #keys: CommandKeys;
  #commands: readonly Command[] = [];
  #command: Command | undefined;
  /** What was sent or left last. */
  #earlier: { readonly command: string; readonly entries: readonly Entry[] } | undefined;

  constructor(options: CommandLineOptions) {
    const { form, panel, locale } = options;
    const texts = commandTexts[locale];
    const complaints = el("div", { role: "alert" });
    this.#options = options;
    this.#texts = texts;
    this.#suggestions = new Suggestions(panel, (n) => count(texts.suggestions, n, locale));
    this.#last = new LastField({
      texts,
      locale,
      complaints,
      suggestions: this.#suggestions,
      state: () => ({ commands: this.#commands, command: this.#command, entries: this.#fields.entries }),
      choose: (command, rest) => {
        this.#choose(command, rest);
      },
      take: (option) => {
        this.#take(option);
      },
      quiet: () => {
        this.#quiet();
      },
    });
    const last = this.#last.input;
    this.#fields = new CommandFields({
      last,
      complaints,
      texts,
      added: (field) => {
        this.#listen(field);
      },
    });
    this.#picker = new ChoicePicker({
      suggestions: this.#suggestions,
      texts,
      timers: pageTimers,
      ask: (field, signal) => this.#ask(field, signal),
      taken: () => {
        this.#fields.focusNextEmpty();
      },
    });
    this.#keys = new CommandKeys({
      last,
      suggestions: this.#suggestions,
      picker: this.#picker,
      fields: this.#fields,
      begun: () => this.#command !== undefined,
      submit: () => {
        this.#submit();
      },
      drop: (field) => {
        this.#fields.remove(field);
        this.#last.reset(last.value);
      },
      escape: () => this.#escape(),
      retype: () => {
        this.#retype();
      },
      recall: () => this.#recall(),
    });
    this.#keys.listen(last);
    const send = el("button", { type: "submit", class: "send", "aria-label": texts.send, title: texts.send }, "➤");
    form.append(complaints, el("div", { class: "bar" }, this.#line, send));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    form.addEventListener("focusout", ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && form.contains(relatedTarget))) this.#quiet();
    });
    this.#clear();
  }

  /** The commands there are from now on. */
  set commands(commands: readonly Command[]) {
    this.#commands = withBooleans(commands, this.#texts);
    if (document.activeElement === this.#last.input && this.#command === undefined) this.#last.offer();
  }

  focus(): void {
    this.#last.input.focus();
  }

  /** Begins a command by name, as if it had been typed. */
  begin(name: string): void {
    const command = this.#commands.find((one) => one.name === name || one.label === name);
    if (command) this.#choose(command);
  }

  #listen(field: CommandField): void {
    const { input } = field;
    this.#keys.listen(input);
    input.addEventListener("input", () => {
      field.changed();
      this.#picker.open(field);
    });
    input.addEventListener("focus", () => {
      if (field.picked) input.select();
      this.#picker.open(field);
    });
    input.addEventListener("blur", () => {
      field.settle();
      if (!field.empty) field.judge();
    });
  }

  /** @param rest what was typed after the command: it goes into the first field */
  #choose(command: Command, rest = ""): void {
    this.#lay(command);
    const { first } = this.#fields;
    first?.fill(rest, undefined);
    this.#last.reset(first ? "" : rest);
    // The last field may have the focus already, and would not get it once more.
    if (first === undefined && document.activeElement === this.#last.input) this.#last.offer();
    (first?.input ?? this.#last.input).focus();
  }

  /** Puts the command and its required options on the line. */
  #lay(command: Command): void {
    const { label, options } = command;
    this.#clear();
    this.#command = command;
    const leave = el("button", { type: "button", class: "leave", "aria-label": this.#texts.leaveCommand }, "✕");
    leave.addEventListener("click", () => {
      this.#escape();
    });
    this.#line.replaceChildren(el("span", { class: "command-name" }, `/${label}`), this.#last.input, leave);
    this.#line.setAttribute("aria-label", `/${label}`);
    for (const option of options) if (option.required) this.#fields.add(option);
  }

  /** An option that may be left out gets a field. */
  #take(option: Option): void {
    const field = this.#fields.add(option);
    this.#last.reset();
    field.input.focus();
  }

  /** Back to the empty line. */
  #clear(): void {
    this.#command = undefined;
    this.#fields.clear();
    this.#line.replaceChildren(this.#last.input);
    this.#line.setAttribute("aria-label", this.#texts.commandLine);
    this.#last.reset();
    this.#quiet();
  }

  /** Leaves the command, also one whose name is being typed; false when there is none. */
  #escape(): boolean {
    if (this.#command !== undefined) this.#remember(this.#command);
    else if (!this.#last.input.value.startsWith("/")) return false;
    this.#clear();
    this.focus();
    return true;
  }

  #retype(): void {
    const typed = `/${this.#command?.label ?? ""}`;
    this.#clear();
    this.#last.reset(typed);
    this.focus();
    this.#last.offer();
  }

  #remember({ name }: Command): void {
    if (!this.#fields.empty) this.#earlier = { command: name, entries: this.#fields.entries };
  }

  /** Brings back what was sent or left last; false when there is nothing. */
  #recall(): boolean {
    const { command: name, entries = [] } = this.#earlier ?? {};
    const command = this.#commands.find((one) => one.name === name);
    if (command === undefined) return false;
    this.#lay(command);
    for (const { option, text, picked } of entries) {
      const now = command.options.find((one) => one.name === option.name);
      if (now && text !== "") (this.#fields.named(now.name) ?? this.#fields.add(now)).fill(text, picked);
    }
    this.#last.reset();
    this.focus();
    // Enter sends at once.
    this.#quiet();
    return true;
  }

  async #ask(field: CommandField, signal: AbortSignal): Promise<readonly Choice[]> {
    if (this.#command === undefined) return [];
    const others = this.#fields.entries.filter(({ option }) => option !== field.option);
    return this.#options.autocomplete(this.#command, field.option, field.input.value, values(others), signal);
  }

  #submit(): void {
    const command = this.#command;
    if (!this.#fields.judge() || !this.#last.judge() || command === undefined) return;
    const given = values(this.#fields.entries);
    this.#remember(command);
    this.#clear();
    this.focus();
    this.#options.send(command, given);
  }

  #quiet(): void {
    this.#picker.close();
    this.#suggestions.hide();
  }
}
