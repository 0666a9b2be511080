import type { Account } from "../world/accounts.js";

/** The page on which a person chooses who they are, or refuses. The form repeats the request's own parameters. */
export function consentPage(accounts: readonly Account[], parameters: Readonly<Record<string, string>>): string {
  const hidden = Object.entries(parameters).map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  const choices = accounts.map(
    ({ login }) =>
      `<p><button name="account" value="${escapeHtml(login)}">Continue as ${escapeHtml(login)}</button></p>`,
  );
  return `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Simulated EXBO login</title></head>
<body>
<h1>Simulated EXBO login</h1>
<p>An application wants to see your characters. This is not the real EXBO: choose one of the made-up players.</p>
<form method="post" action="/oauth/authorize">
${[...hidden, ...choices].join("\n")}
<p><button name="account" value="">Deny</button></p>
</form>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
