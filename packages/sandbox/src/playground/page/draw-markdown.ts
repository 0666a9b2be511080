import { el, outwardLink } from "./dom.js";
import { parseMarkdown, type Block, type List } from "./markdown.js";
import { parseInline, type Inline } from "./markdown-inline.js";
import type { Person, Place } from "./protocol.js";
import { formatTime, messageTime, relativeTime } from "./timestamp.js";
import type { Texts } from "./texts.js";

/** What is needed to draw what others wrote. */
export interface Reader {
  readonly locale: string;
  readonly texts: Texts;
  readonly place: Place;
  /** What time it is in the world that the messages tell of: what `<t:…:R>` counts from. */
  readonly now: () => number;
  /** Somebody pressed a command that a message mentions. */
  readonly useCommand: (name: string) => void;
}

export function drawMarkdown(source: string, reader: Reader): Node[] {
  return parseMarkdown(source).map((block) => drawBlock(block, reader));
}

/** Only what stands within a line: for titles and names of fields. */
export function drawInline(source: string, reader: Reader): Node[] {
  return drawInlines(parseInline(source), reader);
}

function drawBlock(block: Block, reader: Reader): Node {
  switch (block.kind) {
    case "paragraph":
      return el("div", { class: "paragraph" }, ...drawInlines(block.children, reader));
    case "small":
      return el("div", { class: "small-print" }, ...drawInlines(block.children, reader));
    case "heading": {
      // Headings of messages stand below that of the page.
      const level = { class: `heading heading-${block.level}`, role: "heading", "aria-level": String(block.level + 1) };
      return el("div", level, ...drawInlines(block.children, reader));
    }
    case "fence":
      return el("pre", {}, el("code", {}, block.text));
    case "quote":
      return el("blockquote", {}, ...block.blocks.map((one) => drawBlock(one, reader)));
    case "list":
      return drawList(block, reader);
  }
}

function drawList({ start, items }: List, reader: Reader): Node {
  const drawn = items.map(({ children, below }) =>
    el("li", {}, ...drawInlines(children, reader), ...below.map((list) => drawList(list, reader))),
  );
  return start === undefined ? el("ul", {}, ...drawn) : el("ol", { start: String(start) }, ...drawn);
}

function drawInlines(nodes: readonly Inline[], reader: Reader): Node[] {
  return nodes.map((node) => drawNode(node, reader));
}

const elements = { bold: "strong", italic: "em", underline: "u", strike: "s" } as const;

function drawNode(node: Inline, reader: Reader): Node {
  const { place } = reader;
  switch (node.kind) {
    case "text":
      return document.createTextNode(node.text);
    case "code":
      return el("code", {}, node.text);
    case "spoiler":
      return drawSpoiler(drawInlines(node.children, reader), reader);
    case "link":
      return outwardLink(node.url, { title: node.url }, ...drawInlines(node.children, reader));
    case "time":
      return drawTime(node.seconds * 1000, node.style, reader);
    case "command": {
      const mention = el("button", { type: "button", class: "mention" }, `/${node.name}`);
      mention.addEventListener("click", () => {
        reader.useCommand(node.name);
      });
      return mention;
    }
    case "person":
      return drawMention("@", node.id, [place.bot, ...place.people]);
    case "role":
      return drawMention("@", node.id, place.roles);
    case "channel":
      return drawMention("#", node.id, place.channels);
    case "emoji":
      return document.createTextNode(`:${node.name}:`);
    case "bold":
    case "italic":
    case "underline":
    case "strike":
      return el(elements[node.kind], {}, ...drawInlines(node.children, reader));
  }
}

function drawMention(sign: string, id: string, known: readonly Person[]): Node {
  const name = known.find((one) => one.id === id)?.name ?? id;
  return el("span", { class: "mention" }, name.startsWith(sign) ? name : sign + name);
}

function drawSpoiler(children: readonly Node[], { texts }: Reader): Node {
  const hidden = el(
    "span",
    { class: "spoiler", role: "button", tabindex: "0", "aria-expanded": "false", "aria-label": texts.spoiler },
    el("span", {}, ...children),
  );
  const reveal = (event: Event) => {
    if (hidden.ariaExpanded === "true") return;
    // A link within is for the next press.
    event.preventDefault();
    hidden.ariaExpanded = "true";
    for (const attribute of ["role", "tabindex", "aria-label"]) hidden.removeAttribute(attribute);
  };
  hidden.addEventListener("click", reveal);
  hidden.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") reveal(event);
  });
  return hidden;
}

/** A moment that a text names with `<t:…>`. */
function drawTime(at: number, style: string, { locale, now }: Reader): HTMLTimeElement {
  return timeElement(at, formatTime(at, style, now(), locale), style === "R" ? "relative" : undefined, locale);
}

/** When a message was sent. That was on this machine, whatever time it is in the world that it tells of. */
export function drawMessageTime(at: number, { locale, texts }: Reader): HTMLTimeElement {
  return timeElement(at, messageTime(at, Date.now(), locale, texts), "message", locale);
}

/** @param refreshed how it is brought up to date, if it is */
function timeElement(at: number, shown: string, refreshed: string | undefined, locale: string): HTMLTimeElement {
  const attributes = {
    datetime: new Date(at).toISOString(),
    title: formatTime(at, "F", at, locale),
    "data-refreshed": refreshed,
    "aria-live": "off",
  };
  return el("time", attributes, shown);
}

/** Brings "5 minutes ago" and "Today" up to date everywhere on the page. */
export function refreshTimes({ locale, texts, now }: Reader): void {
  for (const element of document.querySelectorAll<HTMLTimeElement>("time[data-refreshed]")) {
    const at = Date.parse(element.dateTime);
    const relative = element.dataset.refreshed === "relative";
    const told = relative ? relativeTime(at, now(), locale) : messageTime(at, Date.now(), locale, texts);
    if (element.textContent !== told) element.textContent = told;
  }
}
