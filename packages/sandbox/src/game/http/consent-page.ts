import { createHash } from "node:crypto";
import type { Account } from "../world/accounts.js";
import type { Answer } from "./answer.js";

const STYLE = `
:root { color-scheme: light dark; --page: #eceef1; --card: #fff; --text: #1d2126; --soft: #5b646f; --line: #d3d8de; --act: #9a4a12; }
@media (prefers-color-scheme: dark) {
  :root { --page: #14171a; --card: #1e2226; --text: #e7eaed; --soft: #9aa4af; --line: #363c43; --act: #f0a36b; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--page);
  color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 27rem; padding: 1.75rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; }
h1 { margin: 0 0 .25rem; font-size: 1.3rem; }
p { margin: .5rem 0; }
.soft { color: var(--soft); font-size: .9rem; }
form { display: grid; gap: .6rem; margin-top: 1.25rem; }
button { display: block; width: 100%; padding: .7rem 1rem; text-align: start; font: inherit; color: inherit; cursor: pointer;
  background: none; border: 1px solid var(--line); border-radius: .5rem; }
button:hover { border-color: var(--act); }
button:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
button strong { display: block; }
button.deny { text-align: center; color: var(--act); }
`;
const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

/** The page on which a person chooses who they are, or refuses. The form repeats the request's own parameters. */
export function consentPage(
  accounts: readonly Account[],
  parameters: Readonly<Record<string, string | undefined>>,
  redirectUri: URL,
): Answer {
  const hidden = Object.entries(parameters).map(
    ([name, value = ""]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const body = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Simulated EXBO login</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Simulated EXBO login</h1>
<p>An application wants to see your characters, your friends and the members of your clans. It will not get your password.</p>
<p class="soft">This is not the real EXBO, and these players are invented. Choose who you are.</p>
<form method="post" action="/oauth/authorize">
${[...hidden, ...accounts.map(choice)].join("\n")}
<button class="deny" name="account" value="">Deny</button>
</form>
<p class="soft">Either way you will be sent back to ${escapeHtml(redirectUri.host)}.</p>
</main>
</body>
</html>
`;
  // Browsers apply form-action to the redirect that answers a form too.
  const policy = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self' ${redirectUri.origin}; base-uri 'none'; frame-ancestors 'none'`;
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": policy,
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
  };
  return { status: 200, headers, body };
}

function choice({ login, characters }: Account): string {
  return `<button name="account" value="${escapeHtml(login)}">
<strong>Continue as ${escapeHtml(login)}</strong>
<span class="soft">${escapeHtml(playsAs(characters))}</span>
</button>`;
}

/** "Marten, Quiet_Marten (RU, EU)": regions with the same characters are named together. */
function playsAs(characters: Account["characters"]): string {
  const regions = new Map<string, string[]>();
  for (const [region, owned] of Object.entries(characters)) {
    const names = owned.join(", ");
    if (names !== "") regions.set(names, [...(regions.get(names) ?? []), region]);
  }
  return [...regions].map(([names, where]) => `${names} (${where.join(", ")})`).join(" · ");
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
