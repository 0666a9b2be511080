import { el } from "./dom.js";
import type { OptionValue } from "./draft.js";
import { examples } from "./examples.js";
import type { Command } from "./protocol.js";
import type { Language } from "./languages.js";

/** A button for each example that the bot has the command for; pressing one sends it. */
export function drawExamples(
  commands: readonly Command[],
  locale: Language["locale"],
  send: (command: Command, options: Record<string, OptionValue>) => void,
): HTMLElement[] {
  return examples[locale].flatMap((example) => {
    const command = commands.find(({ name }) => name === example.command);
    if (!command) return [];
    const given = Object.entries(example.options).map(([name, value]) => {
      const option = command.options.find((one) => one.name === name);
      return ` ${option?.label ?? name}: ${String(value)}`;
    });
    const button = el("button", { type: "button" }, `/${command.label}${given.join("")}`);
    button.addEventListener("click", () => {
      send(command, { ...example.options });
    });
    return [button];
  });
}
