import { dots, el, icon } from "./dom.js";
import { drawAvatar } from "./draw-avatar.js";
import { drawRow, type Presses } from "./draw-components.js";
import { drawEmbed } from "./draw-embed.js";
import { drawMarkdown, drawMessageTime, type Reader } from "./draw-markdown.js";
import { formatSize } from "./file-size.js";
import { drawPicture } from "./picture.js";
import type { Message } from "./protocol.js";
import { formatTime } from "./timestamp.js";
import type { Texts } from "./texts.js";

export interface MessageActions extends Presses {
  /** Takes an ephemeral message off the screen. */
  readonly dismiss: () => void;
}

export function drawMessage(message: Message, reader: Reader, actions: MessageActions): HTMLElement {
  const { id, author, at, command, content, loading, edited, embeds, rows, files, ephemeral } = message;
  const { texts } = reader;
  const body = el("div", { class: "message-body" });
  if (loading) {
    body.append(
      el("p", { class: "thinking" }, dots(), el("span", {}, el("bdi", {}, author.name), ` ${texts.thinking}`)),
    );
  }
  const hint = edited ? el("span", { class: "edited" }, texts.edited) : undefined;
  if (content !== "") {
    const said = el("div", { class: "markdown" }, ...drawMarkdown(content, reader));
    // As Discord does: behind the last word, but not within code or a quote.
    const last = said.lastElementChild?.matches(".paragraph") ? said.lastElementChild : said;
    if (hint) last.append(" ", hint);
    body.append(said);
  }
  body.append(...files.map((file) => drawFile(file, reader)), ...embeds.map((embed) => drawEmbed(embed, reader)));
  body.append(...rows.map((row) => drawRow(row, id, actions, reader)));
  if (content === "" && hint) body.append(hint);
  if (ephemeral) body.append(drawOnlyYou(texts, actions.dismiss));
  return drawShell({ author, at, command, body, ephemeral, message }, reader);
}

interface Shell {
  readonly author: Message["author"];
  readonly at: number;
  readonly command: Message["command"];
  readonly body: HTMLElement;
  readonly ephemeral: boolean;
  /** Undefined: something that the bot is made to say. */
  readonly message?: Pick<Message, "pings" | "silent" | "published">;
}

/** Who it is from, when it came, and which command it answers. */
export function drawShell(shell: Shell, reader: Reader): HTMLElement {
  const { author, at, command, body, ephemeral, message } = shell;
  const { locale, texts } = reader;
  const pings = message?.pings === "you" ? " pings-you" : "";
  const clock = formatTime(at, "t", at, locale);
  return el(
    "article",
    { class: `message${ephemeral ? " ephemeral" : ""}${pings}`, "aria-label": `${author.name}, ${clock}` },
    command && drawUsed(command, texts),
    drawAvatar(author.name),
    el("span", { class: "gutter", "aria-hidden": "true" }, clock),
    el(
      "header",
      {},
      el("bdi", { class: "author" }, author.name),
      author.app ? el("span", { class: "badge" }, "APP") : undefined,
      drawMessageTime(at, reader),
    ),
    message && drawMarks(message, texts),
    body,
  );
}

const bell = "M6 16v-5a6 6 0 0 1 12 0v5l2 2H4ZM10 21h4";

/** How the message came: with whom it notified, without a sound, sent on to other servers. Undefined: like any other. */
function drawMarks({ pings, silent, published }: NonNullable<Shell["message"]>, texts: Texts): HTMLElement | undefined {
  const mark = (name: string, path: string, said: string) => el("span", { class: name }, icon(path), said);
  const marks = [
    pings === "you" ? mark("ping", bell, texts.pingsYou) : undefined,
    pings === "others" ? mark("ping", bell, texts.pingsOthers) : undefined,
    silent ? mark("silent", `${bell}M3 3l18 18`, texts.silent) : undefined,
    published ? mark("published", "M4 10v4h3l7 4V6l-7 4ZM17 9a4 4 0 0 1 0 6", texts.published) : undefined,
  ];
  return marks.some((one) => one !== undefined) ? el("p", { class: "marks" }, ...marks) : undefined;
}

function drawUsed({ person, name }: NonNullable<Message["command"]>, texts: Texts): HTMLElement {
  const parts = texts.used.split(/(\{person\}|\{command\})/).map((part) => {
    if (part === "{person}") return el("strong", {}, el("bdi", {}, person));
    return part === "{command}" ? el("span", { class: "mention" }, `/${name}`) : part;
  });
  return el("p", { class: "used" }, ...parts);
}

function drawFile({ name, size, url, picture, width, height, description }: Message["files"][number], reader: Reader) {
  const { locale, texts } = reader;
  if (picture) return drawPicture({ url, name, width, height, alt: description }, "attachment", texts);
  return el(
    "div",
    { class: "file" },
    icon("M6 3h8l5 5v13H6ZM14 3v5h5"),
    el(
      "span",
      {},
      el("a", { class: "file-name", href: url, download: name }, name),
      el("span", { class: "hint" }, formatSize(size, locale)),
    ),
  );
}

export function drawOnlyYou(texts: Texts, dismiss: () => void): HTMLElement {
  const button = el("button", { type: "button", class: "text-button" }, texts.dismiss);
  button.addEventListener("click", dismiss);
  const eye = icon("M2 12s3.6-6 10-6 10 6 10 6-3.6 6-10 6-10-6-10-6Zm10-3a3 3 0 1 0 0 6 3 3 0 0 0 0-6");
  return el("p", { class: "only-you" }, eye, el("span", {}, texts.onlyYou), el("span", {}, "•"), button);
}
