import { el } from "./dom.js";
import type { Texts } from "./texts.js";

interface Shown {
  readonly url: string;
  /** What it shows, in words; empty when nobody said it. */
  readonly alt?: string | undefined;
  readonly name?: string | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/** A picture that opens in full size. One that cannot be had leaves no broken frame. */
export function drawPicture(shown: Shown, className: string, texts: Texts): HTMLElement {
  const { url, alt = "", name, width, height } = shown;
  const size = { width: width?.toString(), height: height?.toString() };
  const picture = el("img", { src: url, alt, loading: "lazy", decoding: "async", ...size });
  const label = [alt || name, texts.openPicture].filter(Boolean).join(" — ");
  const button = el("button", { type: "button", class: `picture ${className}`, "aria-label": label }, picture);
  if (alt !== "") button.title = alt;
  picture.addEventListener("error", () => {
    button.remove();
  });
  button.addEventListener("click", () => {
    openPicture(shown, texts);
  });
  return button;
}

/** The full picture above the page, until Escape, its button or a press outside it closes it. */
function openPicture({ url, alt = "", name = "" }: Shown, texts: Texts): void {
  const close = el("button", { type: "button", class: "button" }, texts.close);
  const dialog = el(
    "dialog",
    { class: "lightbox", "aria-label": alt || name || texts.openPicture },
    el("img", { src: url, alt }),
    alt === "" ? undefined : el("p", {}, alt),
    close,
  );
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog || target === close) dialog.close();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.showModal();
}

/** A small round picture next to a name. */
export function drawIcon(url: string | undefined): HTMLElement | undefined {
  if (url === undefined) return undefined;
  const picture = el("img", { src: url, class: "embed-icon", alt: "", loading: "lazy" });
  picture.addEventListener("error", () => {
    picture.remove();
  });
  return picture;
}
