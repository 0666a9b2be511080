import { createHash } from "node:crypto";
import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { Translate } from "./texts.js";

const STYLE = `
:root { color-scheme: light dark; --page: #eef0f2; --card: #fff; --text: #1b1f24; --soft: #59636e; --line: #d5dae0;
  --good: #1a7f37; --bad: #b3261e; --calm: #8a5a00; }
@media (prefers-color-scheme: dark) {
  :root { --page: #131619; --card: #1d2125; --text: #e8ebee; --soft: #9da7b1; --line: #363c43;
    --good: #57c977; --bad: #ff8a80; --calm: #f0b65a; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--page);
  color: var(--text); font: 1rem/1.55 system-ui, sans-serif; }
main { width: 100%; max-width: 30rem; padding: 1.75rem; background: var(--card); border: 1px solid var(--line);
  border-top: 5px solid var(--mark); border-radius: .75rem; overflow-wrap: anywhere; }
.good { --mark: var(--good); }
.bad { --mark: var(--bad); }
.calm { --mark: var(--calm); }
h1 { margin: 0 0 .75rem; font-size: 1.35rem; line-height: 1.3; }
p { margin: .75rem 0 0; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .35rem 1rem; margin: 1.1rem 0; }
dt { color: var(--soft); }
dd { margin: 0; font-weight: 600; }
.soft { color: var(--soft); font-size: .92rem; }
`;

/** The only style the pages may have; a page's policy names it by this. */
export const STYLE_SOURCE = `'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`;

/** In one piece: a blank more or less would be another digest. */
const STYLE_ELEMENT = raw(`<style>${STYLE}</style>`);

export interface Page {
  readonly language: string;
  readonly mood: "good" | "bad" | "calm";
  readonly title: string;
  /** Names of things and what they are called; the latter come from people. */
  readonly facts?: readonly (readonly [string, string])[];
  readonly text: string;
  readonly note?: string;
}

/** A page of its own: no script, no picture, nothing from another place. Everything given is escaped. */
export function drawPage({
  language,
  mood,
  title,
  facts = [],
  text,
  note,
}: Page): HtmlEscapedString | Promise<HtmlEscapedString> {
  const list = html`<dl>
    ${facts.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd><bdi>${value}</bdi></dd>`,
    )}
  </dl>`;
  return html`<!DOCTYPE html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} · Zonewire</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <main class="${mood}">
          <h1>${title}</h1>
          ${facts.length > 0 ? list : ""}
          <p>${text}</p>
          ${note === undefined ? "" : html`<p class="soft">${note}</p>`}
        </main>
      </body>
    </html> `;
}

/** What a browser is shown that came too often. */
export function tooManyPage(language: string, t: Translate): Page {
  return { language, mood: "bad", title: t("web.too-many.title"), text: t("web.too-many.text") };
}

/** What is shown after a defect. */
export function brokenPage(language: string, t: Translate): Page {
  return { language, mood: "bad", title: t("web.broken.title"), text: t("web.broken.text") };
}
