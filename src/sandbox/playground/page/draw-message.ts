import { el } from "./dom.js";
import { drawRow, type Presses } from "./draw-components.js";
import { drawEmbed, drawPicture } from "./draw-embed.js";
import { drawMarkdown, type Reader } from "./draw-markdown.js";
import type { Message } from "./protocol.js";
import { formatTime } from "./timestamp.js";
import type { Texts } from "./texts.js";

export interface MessageActions extends Presses {
  /** Takes an ephemeral message off the screen. */
  readonly dismiss: () => void;
}

/** One message, or a line in its place, as `drawShell` frames it. */
export function drawMessage(message: Message, reader: Reader, texts: Texts, actions: MessageActions): HTMLElement {
  const { content, loading, edited, embeds, rows, files, ephemeral } = message;
  const body = el("div", { class: "message-body" });
  if (loading) {
    body.append(el("p", { class: "thinking" }, dots(), `${message.author.name} ${texts.thinking}`));
  }
  if (content !== "") body.append(el("div", { class: "markdown" }, ...drawMarkdown(content, reader)));
  body.append(...embeds.map((embed) => drawEmbed(embed, reader)));
  body.append(
    ...files.map(({ name, url, picture }) =>
      picture ? drawPicture(url, "attachment") : el("a", { class: "file", href: url, download: name }, name),
    ),
  );
  body.append(...rows.map((row) => drawRow(row, actions, texts)));
  if (edited) body.append(el("span", { class: "hint" }, texts.edited));
  if (ephemeral) body.append(drawOnlyYou(texts, actions.dismiss));
  return drawShell(
    { author: message.author, at: message.at, command: message.command, body, ephemeral },
    reader,
    texts,
  );
}

interface Shell {
  readonly author: Message["author"];
  readonly at: number;
  readonly command: Message["command"];
  readonly body: HTMLElement;
  readonly ephemeral: boolean;
}

/** Who it is from, when it came, and which command it answers. */
export function drawShell(
  { author, at, command, body, ephemeral }: Shell,
  { locale }: Reader,
  texts: Texts,
): HTMLElement {
  const clock = formatTime(at, "t", at, locale);
  const today = new Date(at).toDateString() === new Date().toDateString();
  return el(
    "article",
    { class: ephemeral ? "message ephemeral" : "message", "aria-label": `${author.name}, ${clock}` },
    command && drawUsed(command, texts),
    el("div", { class: "avatar", "aria-hidden": "true" }, author.name.slice(0, 1)),
    el(
      "header",
      {},
      el("span", { class: "author" }, author.name),
      author.app ? el("span", { class: "badge" }, "APP") : undefined,
      el(
        "time",
        { datetime: new Date(at).toISOString(), title: formatTime(at, "F", at, locale) },
        today ? `${texts.today} ${clock}` : formatTime(at, "s", at, locale),
      ),
    ),
    body,
  );
}

function drawUsed({ person, name }: NonNullable<Message["command"]>, texts: Texts): HTMLElement {
  const parts = texts.used.split(/(\{person\}|\{command\})/).map((part) => {
    if (part === "{person}") return el("strong", {}, person);
    return part === "{command}" ? el("span", { class: "mention" }, `/${name}`) : part;
  });
  return el("p", { class: "used" }, ...parts);
}

export function drawOnlyYou(texts: Texts, dismiss: () => void): HTMLElement {
  const button = el("button", { type: "button", class: "text-button" }, texts.dismiss);
  button.addEventListener("click", dismiss);
  return el("p", { class: "only-you" }, el("span", {}, texts.onlyYou), " • ", button);
}

export function dots(): HTMLElement {
  return el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i"));
}
