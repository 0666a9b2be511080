import { dots, el } from "./dom.js";
import type { Reader } from "./draw-markdown.js";
import { drawField } from "./modal-fields.js";
import type { Fields, Modal } from "./protocol.js";

/**
 * Shows a modal until it is sent or closed. Whatever goes wrong, what was typed stays; the focus returns to where it
 * was.
 *
 * @param send resolves to what went wrong, in words; undefined when it was taken
 */
export function openModal(modal: Modal, send: (fields: Fields) => Promise<string | undefined>, reader: Reader): void {
  const { texts } = reader;
  const inputs = modal.fields.map((field, index) => drawField(field, `modal-field-${index}`, reader));
  const problem = el("p", { class: "problem", role: "alert" });
  const cancel = el("button", { type: "button", class: "button" }, texts.cancel);
  const submit = el("button", { type: "submit", class: "button button-primary" }, el("span", {}, texts.submit));
  const form = el(
    "form",
    { novalidate: true },
    el("h2", { id: "modal-title" }, modal.title),
    ...inputs.map(({ element }) => element),
    problem,
    el("div", { class: "modal-buttons" }, cancel, submit),
  );
  const dialog = el("dialog", { class: "modal", "aria-labelledby": "modal-title" }, form);
  const trySend = async () => {
    const wrong = inputs.filter(({ check }) => !check());
    problem.textContent = "";
    if (wrong.length > 0 || submit.ariaBusy === "true") {
      wrong[0]?.focus();
      return;
    }
    submit.ariaBusy = "true";
    submit.append(dots());
    const refused = await send(Object.fromEntries(inputs.flatMap(({ read }) => Object.entries(read()))));
    submit.ariaBusy = null;
    submit.querySelector(".dots")?.remove();
    if (refused === undefined) dialog.close();
    else problem.textContent = refused;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void trySend();
  });
  cancel.addEventListener("click", () => {
    dialog.close();
  });
  const opener = document.activeElement;
  dialog.addEventListener("close", () => {
    dialog.remove();
    // The message whose button opened it may have been drawn again. And a field that Chromium gives the focus back to
    // by itself takes no letters, as it was still inert then.
    const back = opener?.isConnected === true ? opener : document.getElementById(opener?.id ?? "");
    if (!(back instanceof HTMLElement)) return;
    back.blur();
    back.focus({ preventScroll: true });
  });
  document.body.append(dialog);
  dialog.showModal();
  inputs[0]?.focus();
}
