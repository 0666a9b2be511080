import { el } from "./dom.js";
import { drawMarkdown, type Reader } from "./draw-markdown.js";
import { isComplete } from "./menu-choice.js";
import type { ChoiceField, Field, Fields, TextField } from "./protocol.js";
import { drawSelectMenu } from "./select-menu.js";

/** A field of a modal on the screen. */
export interface Input {
  readonly element: HTMLElement;
  /** By custom id; empty for what is left out. */
  readonly read: () => Fields;
  /** Says in words what is wrong, and whether something is. */
  readonly check: () => boolean;
  readonly focus: () => void;
}

type Labelled = Exclude<Field, { kind: "note" }>;

/** @param id unique on the page */
export function drawField(field: Field, id: string, reader: Reader): Input {
  switch (field.kind) {
    case "note":
      return {
        element: el("div", { class: "modal-field markdown" }, ...drawMarkdown(field.content, reader)),
        ...silent,
      };
    case "line":
    case "paragraph":
      return drawText(field, id, reader);
    case "menu":
      return drawMenu(field, id, reader);
    case "radio":
    case "boxes":
      return drawTicks(field, id, reader);
    case "box": {
      const { customId, label, ticked, description } = field;
      const box = el("input", { type: "checkbox", id, checked: ticked });
      return {
        element: el("div", { class: "modal-field" }, tickLine(box, label, description)),
        read: () => ({ [customId]: box.checked }),
        check: () => true,
        focus: () => {
          box.focus();
        },
      };
    }
    case "file": {
      const notice = el("p", { id }, reader.texts.noFiles);
      return { element: el("div", { class: "modal-field" }, drawLabel(field, {}), notice), ...silent };
    }
  }
}

const silent: Omit<Input, "element"> = { read: () => ({}), check: () => true, focus: () => undefined };

function drawText(field: TextField, id: string, { texts }: Reader): Input {
  const { customId, kind, required, value, placeholder, minLength, maxLength } = field;
  const problem = drawProblem(id);
  const attributes = { id, placeholder, autocomplete: "off", "aria-describedby": `${id}-about ${problem.id}` };
  const input =
    kind === "line" ? el("input", { ...attributes, type: "text" }) : el("textarea", { ...attributes, rows: "4" });
  input.value = value;
  input.required = required;
  const counter = el("span", { class: "counter" });
  const show = () => {
    const { length } = input.value;
    counter.textContent = `${length} / ${maxLength}`;
    counter.classList.toggle("over", length > maxLength);
  };
  input.addEventListener("input", () => {
    show();
    tell(input, problem, "");
  });
  show();
  return {
    element: el(
      "div",
      { class: "modal-field" },
      drawLabel(field, { for: id }),
      drawAbout(field, id),
      input,
      el("div", { class: "modal-foot" }, problem, counter),
    ),
    read: () => ({ [customId]: input.value }),
    check: () => {
      const { length } = input.value;
      const fits = length === 0 ? !required : length >= minLength && length <= maxLength;
      const said = length === 0 ? texts.fillIn : texts.fieldLength.replace("{range}", range(minLength, maxLength));
      return tell(input, problem, fits ? "" : said);
    },
    focus: () => {
      input.focus();
    },
  };
}

function drawMenu(field: ChoiceField, id: string, reader: Reader): Input {
  const { customId, label, placeholder, options } = field;
  const problem = drawProblem(id);
  let chosen: readonly string[] = options.filter(({ selected }) => selected).map(({ value }) => value);
  const menu = { id, placeholder, options, max: field.max, min: least(field) };
  const shown = placeholder || reader.texts.choose;
  const element = drawSelectMenu({ ...menu, label: shown }, reader, (values) => {
    chosen = values;
    button?.focus();
    if (button) tell(button, problem, "");
  });
  const button = element.querySelector("button");
  button?.setAttribute("aria-describedby", `${id}-label ${id}-about ${problem.id}`);
  const about = drawAbout(field, id);
  return {
    element: el(
      "div",
      { class: "modal-field", role: "group", "aria-label": label },
      drawLabel(field, { id: `${id}-label` }),
      about,
      element,
      problem,
    ),
    read: () => ({ [customId]: chosen }),
    check: () => button === null || tell(button, problem, choiceProblem(field, chosen, reader)),
    focus: () => {
      button?.focus();
    },
  };
}

/** Radio buttons, or boxes of which several may be ticked. */
function drawTicks(field: ChoiceField, id: string, reader: Reader): Input {
  const { customId, kind, options } = field;
  const type = kind === "radio" ? "radio" : "checkbox";
  const inputs = options.map(({ value, selected }) => el("input", { type, name: id, value, checked: selected }));
  const problem = drawProblem(id);
  const lines = options.map(({ label, description }, index) => tickLine(inputs[index], label, description));
  const about = drawAbout(field, id);
  const group = el(
    "fieldset",
    { class: "modal-field", "aria-describedby": `${id}-about ${problem.id}` },
    el("legend", { class: "modal-label" }, ...labelTexts(field)),
    about,
    ...lines,
    problem,
  );
  group.addEventListener("change", () => {
    problem.textContent = "";
  });
  const chosen = () => inputs.filter(({ checked }) => checked).map(({ value }) => value);
  return {
    element: group,
    read: () => {
      const [first] = chosen();
      if (kind === "boxes") return { [customId]: chosen() };
      return first === undefined ? {} : { [customId]: first };
    },
    check: () => {
      problem.textContent = choiceProblem(field, chosen(), reader);
      return problem.textContent === "";
    },
    focus: () => {
      inputs[0]?.focus();
    },
  };
}

function choiceProblem(field: ChoiceField, chosen: readonly string[], { texts }: Reader): string {
  const limits = { min: least(field), max: field.max };
  if (isComplete(chosen, limits) || (chosen.length === 0 && !field.required)) return "";
  return limits.max === 1 ? texts.choose : texts.chooseRange.replace("{range}", range(limits.min, limits.max));
}

function range(min: number, max: number): string {
  return min === max ? String(min) : `${min}–${max}`;
}

/** What need not be chosen at all can be left empty, also again. */
function least({ required, min }: ChoiceField): number {
  return required ? min : 0;
}

function drawLabel(field: Labelled, attributes: Readonly<Record<string, string>>): HTMLElement {
  return el("for" in attributes ? "label" : "p", { class: "modal-label", ...attributes }, ...labelTexts(field));
}

function labelTexts({ label, required }: Labelled): (Node | string)[] {
  const star = el("span", { class: "required", "aria-hidden": "true" }, " *");
  return required ? [label, star] : [label];
}

function drawAbout({ description }: Labelled, id: string): HTMLElement | undefined {
  return description ? el("p", { class: "hint", id: `${id}-about` }, description) : undefined;
}

function drawProblem(id: string): HTMLElement {
  return el("p", { class: "problem", id: `${id}-problem`, "aria-live": "polite" });
}

function tickLine(input: HTMLInputElement | undefined, label: string, description: string | undefined): HTMLElement {
  const about = description ? el("span", { class: "hint" }, description) : undefined;
  return el("label", { class: "tick-line" }, input, el("span", {}, el("bdi", {}, label), about));
}

/** @returns whether nothing is wrong */
function tell(input: HTMLElement, problem: HTMLElement, said: string): boolean {
  problem.textContent = said;
  if (said === "") input.removeAttribute("aria-invalid");
  else input.setAttribute("aria-invalid", "true");
  return said === "";
}
