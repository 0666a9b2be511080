import { el, outwardLink } from "./dom.js";
import { drawInline, drawMarkdown, drawMessageTime, type Reader } from "./draw-markdown.js";
import { drawIcon, drawPicture } from "./picture.js";
import type { Embed } from "./protocol.js";

/** An embed as Discord draws it: a coloured edge, up to three inline fields in a row, a thumbnail at the side. */
export function drawEmbed(embed: Embed, reader: Reader): HTMLElement {
  const { title, url, description, color, author, thumbnail, image } = embed;
  const { texts } = reader;
  const titled = title === undefined ? [] : drawInline(title, reader);
  const drawn = el(
    "section",
    { class: "embed" },
    el(
      "div",
      { class: "embed-body" },
      el(
        "div",
        { class: "embed-text" },
        author && el("div", { class: "embed-author" }, drawIcon(author.icon), linked(author.url, author.name)),
        title === undefined ? undefined : el("div", { class: "embed-title" }, linked(url, ...titled)),
        description === undefined ? undefined : el("div", { class: "markdown" }, ...drawMarkdown(description, reader)),
        drawFields(embed, reader),
      ),
      thumbnail === undefined ? undefined : drawPicture(thumbnail, "embed-thumbnail", texts),
    ),
    image === undefined ? undefined : drawPicture(image, "embed-image", texts),
    drawFooter(embed, reader),
  );
  if (color !== undefined) drawn.style.borderInlineStartColor = `#${color.toString(16).padStart(6, "0")}`;
  return drawn;
}

function drawFields({ fields }: Embed, reader: Reader): HTMLElement | undefined {
  if (fields.length === 0) return undefined;
  const drawn = el("div", { class: "embed-fields" });
  for (const [index, { name, value, inline }] of fields.entries()) {
    const field = el(
      "div",
      { class: `embed-field span-${inline ? inlineSpan(fields, index) : "all"}` },
      el("div", { class: "embed-field-name" }, ...drawInline(name, reader)),
      el("div", { class: "markdown" }, ...drawMarkdown(value, reader)),
    );
    drawn.append(field);
  }
  return drawn;
}

/** How wide an inline field is: two that stand alone in their row share it. */
function inlineSpan(fields: Embed["fields"], index: number): "third" | "half" {
  let first = index;
  while (fields[first - 1]?.inline) first--;
  let after = index;
  while (fields[after]?.inline) after++;
  const row = first + Math.floor((index - first) / 3) * 3;
  return after - row === 2 ? "half" : "third";
}

function drawFooter({ footer, timestamp }: Embed, reader: Reader): HTMLElement | undefined {
  if (footer === undefined && timestamp === undefined) return undefined;
  const text = footer && el("bdi", {}, footer.text);
  const time = timestamp === undefined ? undefined : drawMessageTime(timestamp, reader);
  return el(
    "div",
    { class: "embed-footer" },
    drawIcon(footer?.icon),
    el("span", {}, text, text && time ? " • " : undefined, time),
  );
}

function linked(url: string | undefined, ...children: readonly (Node | string)[]): HTMLElement {
  return url === undefined ? el("bdi", {}, ...children) : outwardLink(url, {}, el("bdi", {}, ...children));
}
