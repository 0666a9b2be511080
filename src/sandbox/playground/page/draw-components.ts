import { el, outwardLink } from "./dom.js";
import type { Button, Component, Menu } from "./protocol.js";
import type { Texts } from "./texts.js";

/** What a person did to a message's components. */
export interface Presses {
  readonly click: (customId: string) => void;
  readonly select: (customId: string, values: readonly string[]) => void;
}

export function drawRow(row: readonly Component[], presses: Presses, texts: Texts): HTMLElement {
  return el("div", { class: "component-row" }, ...row.map((one) => drawComponent(one, presses, texts)));
}

function drawComponent(component: Component, presses: Presses, texts: Texts): HTMLElement {
  switch (component.kind) {
    case "button":
      return drawButton(component, presses);
    case "menu":
      return component.max > 1 ? drawCheckList(component, presses, texts) : drawMenu(component, presses, texts);
    case "unknown":
      return el("span", { class: "hint" }, texts.undrawn);
  }
}

function drawButton({ style, label, url, customId, disabled }: Button, { click }: Presses): HTMLElement {
  const look = { class: `button button-${style}` };
  if (url !== undefined) return outwardLink(url, look, `${label} ↗`);
  const button = el("button", { ...look, type: "button", disabled, "data-custom-id": customId }, label);
  button.addEventListener("click", () => {
    click(customId);
  });
  return button;
}

/** A menu of which one is chosen. */
function drawMenu(
  { customId, placeholder, min, options, disabled }: Menu,
  { select }: Presses,
  texts: Texts,
): HTMLElement {
  const title = placeholder || texts.choose;
  const drawn = el("select", { class: "menu", "aria-label": title, disabled, "data-custom-id": customId });
  const chosen = options.some(({ selected }) => selected);
  drawn.append(el("option", { value: "", selected: !chosen, disabled: min > 0, hidden: min > 0 }, title));
  for (const { label, value, description, selected } of options) {
    const text = description === undefined ? label : `${label} — ${description}`;
    drawn.append(el("option", { value, selected }, text));
  }
  drawn.addEventListener("change", () => {
    select(customId, drawn.selectedIndex === 0 ? [] : [drawn.value]);
  });
  return drawn;
}

/** A menu of which several may be chosen: boxes to tick, sent together. */
function drawCheckList(menu: Menu, { select }: Presses, texts: Texts): HTMLElement {
  const { customId, placeholder, min, max, options, disabled } = menu;
  const send = el("button", { type: "button", class: "button button-primary", disabled }, texts.submit);
  const boxes = options.map(({ value, selected }) =>
    el("input", { type: "checkbox", value, checked: selected, disabled }),
  );
  const check = () => {
    const ticked = boxes.filter(({ checked }) => checked).length;
    send.disabled = disabled || ticked < min || ticked > max;
    for (const box of boxes) box.disabled = disabled || (!box.checked && ticked >= max);
  };
  const labels = options.map(({ label, description }, index) =>
    el("label", {}, boxes[index], el("span", {}, description === undefined ? label : `${label} — ${description}`)),
  );
  const list = el("fieldset", { class: "check-list" }, el("legend", {}, placeholder || texts.choose), ...labels, send);
  list.addEventListener("change", check);
  send.addEventListener("click", () => {
    const values = boxes.filter(({ checked }) => checked).map(({ value }) => value);
    select(customId, values);
  });
  check();
  return list;
}
