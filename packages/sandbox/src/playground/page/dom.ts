type Child = Node | string | undefined;

/** An element with attributes and children. Texts become text nodes, whatever they hold; `undefined` is left out. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | boolean | undefined>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (typeof value === "string") element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** A line drawing of 24 by 24 that says nothing a text next to it does not. @param path of an SVG `path` */
export function icon(path: string): SVGSVGElement {
  const drawing = document.createElementNS(SVG, "svg");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  drawing.append(line);
  return drawing;
}

/** Three dots that move while something is waited for. */
export function dots(): HTMLElement {
  return el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i"));
}

/** @throws Error when the page has no such element */
export function find<T extends Element>(selector: string, kind: new () => T): T {
  const found = document.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`the page has no ${selector}`);
  return found;
}

/** A link to another site, opened in another tab and told nothing about it. Only http and https lead anywhere. */
export function outwardLink(url: string, attributes: Readonly<Record<string, string>>, ...children: readonly Child[]) {
  const safe = /^https?:\/\//i.test(url) ? { href: url, target: "_blank", rel: "noopener noreferrer" } : {};
  return el("a", { ...safe, ...attributes }, ...children);
}
