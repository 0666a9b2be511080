import { colourOf, initialOf } from "./avatar.js";
import { el } from "./dom.js";

/** A disc with an initial. */
export function drawAvatar(name: string): HTMLElement {
  return el("div", { class: `avatar avatar-${colourOf(name)}`, "aria-hidden": "true" }, initialOf(name));
}
