import type { Choice, Command, Option } from "./protocol.js";

/** An option being filled in: what stands in its field, and the suggestion that was taken, if that is what it is. */
export interface Entry {
  readonly option: Option;
  readonly text: string;
  readonly picked: Choice | undefined;
}

export type OptionValue = Choice["value"];
export type Fault = "missing" | "choice" | "number" | "range" | "length";
export type Reading = { readonly value: OptionValue | undefined } | { readonly fault: Fault };

/** Commands that what was typed may mean (with or without the slash): those that begin so first. */
export function matchingCommands(commands: readonly Command[], typed: string): Command[] {
  const wanted = fold(typed.replace(/^\//, ""));
  return matching(commands, wanted, ({ label, name }) => [label, name]);
}

/** The command whose whole name was typed, followed by a space, and that no longer name begins with. */
export function typedCommand(commands: readonly Command[], typed: string): Command | undefined {
  if (!/^\/.*\s$/.test(typed)) return undefined;
  const name = fold(typed.slice(1).trim());
  return commands.find((command) => fold(command.label) === name || command.name === name);
}

/** Options not taken yet that what was typed may mean. */
export function matchingOptions(command: Command, taken: readonly Entry[], typed: string): Option[] {
  const free = command.options.filter(({ name }) => !taken.some(({ option }) => option.name === name));
  return matching(free, fold(typed), ({ label, name }) => [label, name]);
}

/** Discord shows as many at a time. */
const MOST_CHOICES = 25;

export function matchingChoices({ choices }: Option, typed: string): Choice[] {
  return matching(choices, fold(typed), ({ name }) => [name]).slice(0, MOST_CHOICES);
}

/** What is sent for an entry; undefined for an option left empty. */
export function readEntry({ option, text, picked }: Entry): Reading {
  const typed = text.trim();
  if (typed === "" && picked === undefined) return option.required ? { fault: "missing" } : { value: undefined };
  if (picked !== undefined) return { value: picked.value };
  if (option.choices.length > 0) {
    const named = option.choices.find(({ name }) => fold(name) === fold(typed));
    return named === undefined ? { fault: "choice" } : { value: named.value };
  }
  const { kind, min = -Infinity, max = Infinity } = option;
  if (kind === "text") return text.length < min || text.length > max ? { fault: "length" } : { value: text };
  const value = Number(typed);
  if (!Number.isFinite(value) || (kind === "integer" && !Number.isSafeInteger(value))) return { fault: "number" };
  return value < min || value > max ? { fault: "range" } : { value };
}

/** The entries' values by option, without those that are at fault or empty. */
export function values(entries: readonly Entry[]): Record<string, OptionValue> {
  const read = entries.map((entry) => [entry.option.name, readEntry(entry)] as const);
  const given = read.flatMap(([name, reading]) =>
    "value" in reading && reading.value !== undefined ? [[name, reading.value] as const] : [],
  );
  return Object.fromEntries(given);
}

/** The first entry that cannot be sent. */
export function firstFault(entries: readonly Entry[]): { entry: Entry; fault: Fault } | undefined {
  for (const entry of entries) {
    const reading = readEntry(entry);
    if ("fault" in reading) return { entry, fault: reading.fault };
  }
  return undefined;
}

function matching<T>(all: readonly T[], wanted: string, names: (one: T) => readonly string[]): T[] {
  const rank = (one: T): number => {
    const folded = names(one).map(fold);
    if (folded.some((name) => name.startsWith(wanted))) return 0;
    return folded.some((name) => name.includes(wanted)) ? 1 : 2;
  };
  const ranked = all.map((one) => [one, rank(one)] as const).filter(([, at]) => at < 2);
  return ranked.sort(([, a], [, b]) => a - b).map(([one]) => one);
}

function fold(name: string): string {
  return name.trim().toLocaleLowerCase().normalize("NFKC");
}
