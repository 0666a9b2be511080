import { CommandField } from "./command-field.js";
import type { CommandTexts } from "./command-texts.js";
import type { Entry } from "./draft.js";
import type { Option } from "./protocol.js";

interface CommandFieldsOptions {
  /** The field that stands after all of them. */
  readonly last: HTMLInputElement;
  readonly complaints: HTMLElement;
  readonly texts: CommandTexts;
  /** Called with each new one, to listen to it. */
  readonly added: (field: CommandField) => void;
}

/** The options' fields on the line, in their order. */
export class CommandFields {
  readonly #options: CommandFieldsOptions;
  #all: readonly CommandField[] = [];

  constructor(options: CommandFieldsOptions) {
    this.#options = options;
  }

  get entries(): Entry[] {
    return this.#all.map(({ entry }) => entry);
  }

  /** Whether nothing was filled in. */
  get empty(): boolean {
    return this.#all.every((field) => field.empty);
  }

  get first(): CommandField | undefined {
    return this.#all[0];
  }

  of(input: HTMLInputElement): CommandField | undefined {
    return this.#all.find((field) => field.input === input);
  }

  named(name: string): CommandField | undefined {
    return this.#all.find(({ option }) => option.name === name);
  }

  add(option: Option): CommandField {
    const { last, complaints, texts, added } = this.#options;
    const field = new CommandField(option, complaints, texts);
    this.#all = [...this.#all, field];
    last.before(field.chip);
    added(field);
    return field;
  }

  /** Takes an option back; the field before it gets the focus. */
  remove(field: CommandField): void {
    const before = this.#neighbour(field.input, -1) ?? this.#options.last;
    this.#all = this.#all.filter((one) => one !== field);
    before.focus();
    field.remove();
  }

  clear(): void {
    const all = this.#all;
    this.#all = [];
    for (const field of all) field.remove();
  }

  /** To the first required field that is empty, or to the end. */
  focusNextEmpty(): void {
    const next = this.#all.find(({ option, empty }) => option.required && empty);
    (next?.input ?? this.#options.last).focus();
  }

  /** To the field before or after; false when there is none. */
  step(from: HTMLInputElement, by: 1 | -1): boolean {
    const to = this.#neighbour(from, by);
    to?.focus();
    return to !== undefined;
  }

  /** Says what is wrong with any of them, and goes to the first that is. @returns whether all can be sent */
  judge(): boolean {
    for (const field of this.#all) field.settle();
    const wrong = this.#all.filter((field) => !field.judge());
    wrong[0]?.input.focus();
    return wrong.length === 0;
  }

  #neighbour(input: HTMLInputElement, by: 1 | -1): HTMLInputElement | undefined {
    const inputs = [...this.#all.map((field) => field.input), this.#options.last];
    return inputs[inputs.indexOf(input) + by];
  }
}
