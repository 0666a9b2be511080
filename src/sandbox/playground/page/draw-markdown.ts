import { el, outwardLink } from "./dom.js";
import { parseMarkdown, type Block, type Inline, type List } from "./markdown.js";
import { parseInline } from "./markdown-inline.js";
import type { Person, Place } from "./protocol.js";
import { formatTime, relativeTime } from "./timestamp.js";

/** What is needed to draw what others wrote. */
export interface Reader {
  readonly locale: string;
  readonly place: Place;
  /** Who looks at the page. */
  readonly viewer: Person;
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
      // Headings of messages are no headings of the page.
      const level = { class: `heading heading-${block.level}`, role: "heading", "aria-level": String(block.level + 3) };
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
      return drawSpoiler(drawInlines(node.children, reader));
    case "link":
      return outwardLink(node.url, { title: node.url }, ...drawInlines(node.children, reader));
    case "time":
      return drawTime(node.seconds * 1000, node.style, reader.locale);
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

function drawMention(sign: string, id: string, known: Place["people"]): Node {
  const name = known.find((one) => one.id === id)?.name ?? id;
  return el("span", { class: "mention" }, name.startsWith(sign) ? name : sign + name);
}

function drawSpoiler(children: readonly Node[]): Node {
  const hidden = el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-expanded": "false" }, ...children);
  const reveal = () => {
    hidden.setAttribute("aria-expanded", "true");
  };
  hidden.addEventListener("click", reveal);
  hidden.addEventListener("keydown", ({ key }) => {
    if (key === "Enter" || key === " ") reveal();
  });
  return hidden;
}

export function drawTime(at: number, style: string, locale: string): HTMLTimeElement {
  const iso = new Date(at).toISOString();
  const attributes = {
    datetime: iso,
    title: formatTime(at, "F", at, locale),
    "data-relative": style === "R",
    "aria-live": "off",
  };
  return el("time", attributes, formatTime(at, style, Date.now(), locale));
}

/** Brings "5 minutes ago" up to date everywhere on the page. */
export function refreshTimes(locale: string): void {
  for (const element of document.querySelectorAll<HTMLTimeElement>("time[data-relative]")) {
    const now = relativeTime(Date.parse(element.dateTime), Date.now(), locale);
    if (element.textContent !== now) element.textContent = now;
  }
}
