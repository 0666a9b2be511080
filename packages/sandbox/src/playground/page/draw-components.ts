import { el, icon, outwardLink } from "./dom.js";
import type { Reader } from "./draw-markdown.js";
import type { Button, Component } from "./protocol.js";
import { drawSelectMenu } from "./select-menu.js";

/** What a person did to a message's components. */
export interface Presses {
  readonly click: (customId: string) => void;
  readonly select: (customId: string, values: readonly string[]) => void;
}

/** @param message the id of the message the row belongs to */
export function drawRow(row: readonly Component[], message: string, presses: Presses, reader: Reader): HTMLElement {
  return el("div", { class: "component-row" }, ...row.map((one) => drawComponent(one, message, presses, reader)));
}

/** A component keeps its id when its message is drawn again: the focus finds it again. */
export function componentId(message: string, customId: string): string {
  return `component-${message}-${customId}`;
}

function drawComponent(component: Component, message: string, { click, select }: Presses, reader: Reader): HTMLElement {
  switch (component.kind) {
    case "button":
      return drawButton(component, message, click);
    case "menu": {
      const { customId, placeholder } = component;
      const id = componentId(message, customId);
      return drawSelectMenu({ ...component, id, label: placeholder || reader.texts.choose }, reader, (values) => {
        select(customId, values);
      });
    }
    case "unknown":
      return el("span", { class: "hint" }, reader.texts.undrawn);
  }
}

function drawButton({ style, label, url, customId, disabled }: Button, message: string, click: Presses["click"]) {
  const look = { class: `button button-${style}` };
  // Discord writes what is sold and its price on it, which only Discord knows.
  const shown = el("span", {}, label || (style === "premium" ? "Premium" : ""));
  if (style === "link") {
    const outward = icon("M14 4h6v6M20 4l-9 9M18 14v6H4V6h6");
    return disabled || url === undefined
      ? el("button", { ...look, type: "button", disabled: true }, shown, outward)
      : outwardLink(url, look, shown, outward);
  }
  const button = el("button", { ...look, type: "button", disabled, id: componentId(message, customId) }, shown);
  button.addEventListener("click", () => {
    click(customId);
  });
  return button;
}
