// Writes the types of the texts' parameters, so that `t("clan.level-points", { levle: 1 })` does not compile. Part of the build:
// run it, or `npm run build`, after a new text or a change of what one takes.
import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { put } from "./output.js";

const root = join(import.meta.dirname, "..");
const texts = Object.entries(JSON.parse(readFileSync(join(root, "locales/en.json"), "utf8")));

/** Plurals and formats of numbers take nothing else; a plain argument is shown as it is. */
const TYPES = { [TYPE.number]: "number", [TYPE.plural]: "number", [TYPE.select]: "string" };

/** The arguments of a message with their types; the one of a plural is a number wherever else it stands. */
function parametersOf(elements, found = new Map()) {
  for (const { type, value, options } of elements) {
    const isParameter = type === TYPE.argument || type in TYPES;
    // The kernel gives the commands that a text names.
    if (isParameter && !value.startsWith("command_"))
      found.set(value, TYPES[type] ?? found.get(value) ?? "string | number");
    for (const option of Object.values(options ?? {})) parametersOf(option.value, found);
  }
  return found;
}

const lines = texts.map(([key, text]) => {
  const parameters = [...parametersOf(parse(text, { ignoreTag: true }))];
  const fields = parameters.map(([name, type]) => `readonly ${name}: ${type}`);
  return `  readonly ${JSON.stringify(key)}: ${fields.length === 0 ? "Nothing" : `{ ${fields.join("; ")} }`};`;
});
const source = [
  "// Generated from locales/en.json by scripts/text-types.js.",
  "type Nothing = object;",
  "",
  "/** Every text of the bot, by key, with what it takes. */",
  "export interface BotTexts {",
  ...lines,
  "}",
  "",
  'declare module "./kernel/texts.js" {',
  "  interface TextParameters extends BotTexts {}",
  "}",
  "",
].join("\n");
put(join(root, "src/text-parameters.d.ts"), Buffer.from(source));
