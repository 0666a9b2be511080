import { el } from "./dom.js";
import type { Field, Modal } from "./protocol.js";
import type { Texts } from "./texts.js";

type Fields = Record<string, string | readonly string[]>;
type Input = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/**
 * Shows a modal until it is sent or closed.
 *
 * @param send resolves to what went wrong, in words; undefined when it was taken
 */
export function openModal(modal: Modal, send: (fields: Fields) => Promise<string | undefined>, texts: Texts): void {
  const inputs = modal.fields.map((field) => [field, drawInput(field, texts)] as const);
  const problem = el("p", { class: "problem", role: "alert" });
  const cancel = el("button", { type: "button", class: "button button-secondary" }, texts.cancel);
  const submit = el("button", { type: "submit", class: "button button-primary" }, texts.submit);
  const form = el(
    "form",
    {},
    el("h2", { id: "modal-title" }, modal.title),
    ...inputs.map(([field, input], index) => drawField(field, input, `modal-field-${index}`)),
    problem,
    el("div", { class: "modal-buttons" }, cancel, submit),
  );
  const dialog = el("dialog", { class: "modal", "aria-labelledby": "modal-title" }, form);
  const trySend = async () => {
    submit.disabled = true;
    problem.textContent = "";
    const wrong = await send(Object.fromEntries(inputs.flatMap(([field, input]) => valueOf(field, input))));
    submit.disabled = false;
    if (wrong === undefined) dialog.close();
    else problem.textContent = wrong;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void trySend();
  });
  cancel.addEventListener("click", () => {
    dialog.close();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.showModal();
  inputs[0]?.[1].focus();
}

function drawField({ label, description, required }: Field, input: Input, id: string): HTMLElement {
  input.id = id;
  const star = required ? el("span", { class: "required", "aria-hidden": "true" }, " *") : undefined;
  const about = description === undefined ? undefined : el("p", { class: "hint", id: `${id}-about` }, description);
  if (about) input.setAttribute("aria-describedby", about.id);
  return el("div", { class: "modal-field" }, el("label", { for: id }, label, star), about, input);
}

function drawInput({ kind, required, value, placeholder, minLength, maxLength, options }: Field, texts: Texts): Input {
  if (kind === "menu" || kind === "radio") {
    const select = el("select", { class: "menu", required }, el("option", { value: "" }, placeholder || texts.choose));
    for (const option of options) {
      select.append(el("option", { value: option.value, selected: option.value === value }, option.label));
    }
    return select;
  }
  const limits = { minlength: minLength?.toString(), maxlength: maxLength?.toString() };
  const attributes = { required, placeholder, autocomplete: "off", ...limits };
  if (kind === "line") return el("input", { ...attributes, type: "text", value });
  return el("textarea", { ...attributes, rows: "4" }, value);
}

/** Nothing for radio buttons of which none is chosen. */
function valueOf({ kind, customId }: Field, { value }: Input): [string, string | readonly string[]][] {
  if (kind === "menu") return [[customId, value === "" ? [] : [value]]];
  return kind === "radio" && value === "" ? [] : [[customId, value]];
}
