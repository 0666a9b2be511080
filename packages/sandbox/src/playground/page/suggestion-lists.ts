import { drawAvatar } from "./draw-avatar.js";
import { el } from "./dom.js";
import type { Choice, Command, Option } from "./protocol.js";
import type { Suggestion } from "./suggestions.js";

/** Commands with what has to be filled in. @param optional says how many options may be left out */
export function commandSuggestions(
  commands: readonly Command[],
  optional: (count: number) => string,
  take: (command: Command) => void,
): Suggestion[] {
  return commands.map((command) => {
    const { label, description, options } = command;
    const required = options.filter((option) => option.required);
    const pills = required.map((option) => el("span", { class: "suggestion-option" }, option.label));
    const free = options.length - required.length;
    if (free > 0) pills.push(el("span", { class: "suggestion-more" }, optional(free)));
    // The spaces are for those who hear the line.
    const line = name(el("strong", {}, `/${label}`), ...pills.flatMap((pill) => [" ", pill]));
    return suggestion([line, detail(description)], () => {
      take(command);
    });
  });
}

export function optionSuggestions(options: readonly Option[], take: (option: Option) => void): Suggestion[] {
  return options.map((option) =>
    suggestion([name(el("strong", {}, option.label)), detail(option.description)], () => {
      take(option);
    }),
  );
}

/** Values to choose: people with their disc, channels with a hash sign, roles with a dot. */
export function choiceSuggestions(choices: readonly Choice[], take: (choice: Choice) => void): Suggestion[] {
  return choices.map((choice) => {
    const { entity } = choice;
    const signed = entity === "person" || entity === "channel";
    const shown = [...signOf(choice), name(signed ? choice.name.slice(1) : choice.name)];
    if (choice.detail !== undefined) shown.push(detail(choice.detail));
    return suggestion(shown, () => {
      take(choice);
    });
  });
}

function signOf({ name, entity }: Choice): HTMLElement[] {
  if (entity === undefined) return [];
  if (entity === "person") return [drawAvatar(name.slice(1))];
  return [el("span", { class: `sign sign-${entity}`, "aria-hidden": "true" }, entity === "channel" ? "#" : "")];
}

function suggestion(shown: readonly HTMLElement[], take: () => void): Suggestion {
  return { content: shown.flatMap((one) => [one, " "]), take };
}

function name(...content: (Node | string)[]): HTMLElement {
  return el("span", { class: "suggestion-name" }, ...content);
}

function detail(text: string): HTMLElement {
  return el("span", { class: "suggestion-detail" }, text);
}
