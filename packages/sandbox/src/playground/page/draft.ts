import { fold, matching } from "./matching.js";
import type { Choice, Command, Option } from "./protocol.js";

/** An option being filled in: what stands in its field, and the suggestion that was taken, if that is what it is. */
export interface Entry {
  readonly option: Option;
  readonly text: string;
  readonly picked: Choice | undefined;
}

export type OptionValue = Choice["value"];
/** `number`: none, or not within the limits. `length`: of the text, not within the limits. */
export type Fault = "missing" | "choice" | "number" | "length";
export type Reading = { readonly value: OptionValue | undefined } | { readonly fault: Fault };

/** What can be meant by its label and, whatever the page's language, by its own name. */
const bothNames = ({ label, name }: { label: string; name: string }) => [label, name];

/** Commands that what was typed may mean, with or without the slash. */
export function matchingCommands(commands: readonly Command[], typed: string): Command[] {
  return matching(commands, typed.replace(/^\//, ""), bothNames);
}

/** The command whose whole name was typed, followed by a space, and what was typed after that. */
export function typedCommand(
  commands: readonly Command[],
  typed: string,
): { readonly command: Command; readonly rest: string } | undefined {
  if (!typed.startsWith("/")) return undefined;
  for (const { index } of [...typed.matchAll(/\s+/g)].reverse()) {
    const command = named(commands, typed.slice(1, index));
    if (command) return { command, rest: typed.slice(index).trimStart() };
  }
  return undefined;
}

/** Options not taken yet that what was typed may mean. */
export function matchingOptions(command: Command, taken: readonly Entry[], typed: string): Option[] {
  const free = command.options.filter(({ name }) => !taken.some(({ option }) => option.name === name));
  return matching(free, typed, bothNames);
}

/** The option not taken yet whose whole name was typed, followed by a colon. */
export function typedOption(command: Command, taken: readonly Entry[], typed: string): Option | undefined {
  const name = /^(.*)[:：]$/.exec(typed)?.[1];
  return name === undefined ? undefined : named(matchingOptions(command, taken, ""), name);
}

function named<T extends { label: string; name: string }>(all: readonly T[], typed: string): T | undefined {
  return all.find((one) => bothNames(one).some((name) => fold(name) === fold(typed)));
}

/** Discord shows as many at a time. */
const MOST_CHOICES = 25;

export function matchingChoices({ choices }: Option, typed: string): Choice[] {
  return matching(choices, typed, choiceNames).slice(0, MOST_CHOICES);
}

/** The choice that alone is named so; if none is, the one that alone may be meant. */
export function meantChoice(option: Option, typed: string): Choice | undefined {
  if (typed.trim() === "") return undefined;
  const exact = option.choices.filter((choice) => choiceNames(choice).some((name) => fold(name) === fold(typed)));
  const [meant, another] = exact.length > 0 ? exact : matchingChoices(option, typed);
  return another === undefined ? meant : undefined;
}

/** People, channels and roles are also found without their sign, and people by their username. */
function choiceNames({ name, entity, detail = name }: Choice): string[] {
  return entity === undefined ? [name] : [name.slice(1), name, detail];
}

/** What is sent for an entry; undefined for an option left empty. */
export function readEntry({ option, text, picked }: Entry): Reading {
  if (picked !== undefined) return { value: picked.value };
  if (text.trim() === "") return option.required ? { fault: "missing" } : { value: undefined };
  const { kind, min = -Infinity, max = Infinity } = option;
  // In direct messages there may be no role or channel to choose.
  if (option.choices.length > 0 || !(kind === "text" || kind === "integer" || kind === "number")) {
    const meant = meantChoice(option, text);
    return meant === undefined ? { fault: "choice" } : { value: meant.value };
  }
  if (kind === "text") return text.length < min || text.length > max ? { fault: "length" } : { value: text };
  const value = readNumber(text);
  const whole = kind !== "integer" || Number.isSafeInteger(value);
  return value !== undefined && whole && value >= min && value <= max ? { value } : { fault: "number" };
}

/** Digits of any width, with a decimal point or comma. */
function readNumber(text: string): number | undefined {
  const typed = text.normalize("NFKC").trim().replace("−", "-").replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(typed) ? Number(typed) : undefined;
}

/** The entries' values by option, without those that are at fault or empty. */
export function values(entries: readonly Entry[]): Record<string, OptionValue> {
  const read = entries.map((entry) => [entry.option.name, readEntry(entry)] as const);
  const given = read.flatMap(([name, reading]) =>
    "value" in reading && reading.value !== undefined ? [[name, reading.value] as const] : [],
  );
  return Object.fromEntries(given);
}
