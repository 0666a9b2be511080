import { fill, type CommandTexts } from "./command-texts.js";
import { readEntry, type Entry } from "./draft.js";
import type { Command, Option } from "./protocol.js";

/** What is said above the field of an option: what it is, and what may stand in it. */
export function hintOf(option: Option, texts: CommandTexts): string {
  // Whoever chooses from the bot's suggestions needs no limits.
  const limits = option.autocomplete ? "" : limitsOf(option, texts);
  return [option.label, option.description, limits].filter((part) => part !== "").join(" · ");
}

/** What is wrong with what stands in a field; undefined when nothing is. */
export function faultOf(entry: Entry, texts: CommandTexts): string | undefined {
  const reading = readEntry(entry);
  if (!("fault" in reading)) return undefined;
  const { option, text } = entry;
  const said = (words: string) => `${option.label}: ${words}`;
  const limits = limitsOf(option, texts);
  switch (reading.fault) {
    case "missing":
      return said(texts.missing);
    case "choice":
      return said(texts.choice);
    case "number": {
      const wanted = option.kind === "integer" ? texts.integer : texts.number;
      return said(limits === "" ? wanted : `${wanted}, ${limits}`);
    }
    case "length":
      return said(`${limits}, ${fill(texts.lengthNow, { n: text.length })}`);
  }
}

/** Empty when there are none. */
function limitsOf({ kind, min, max, choices }: Option, texts: CommandTexts): string {
  if (choices.length > 0) return "";
  // A text that may not be empty or longer than Discord's longest message option is not worth a word.
  if (kind === "text" && (min ?? 0) <= 1 && max === undefined) return "";
  const limits =
    min !== undefined && max !== undefined
      ? fill(texts.between, { min, max })
      : min !== undefined
        ? fill(texts.atLeast, { min })
        : max !== undefined
          ? fill(texts.atMost, { max })
          : "";
  return kind === "text" && limits !== "" ? fill(texts.length, { limits }) : limits;
}

/** Commands whose yes-or-no options are offered in the page's language. */
export function withBooleans(commands: readonly Command[], { yes, no }: CommandTexts): Command[] {
  const named = (value: boolean) => ({ name: value ? yes : no, value, entity: undefined, detail: undefined });
  const choices = [named(true), named(false)];
  return commands.map((command) => ({
    ...command,
    options: command.options.map((option) => (option.kind === "boolean" ? { ...option, choices } : option)),
  }));
}
