import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";

/** The least a page with suggestions can be: one file, a field, and a server that knows every answer beforehand. */
const page = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Bare</title><link rel="icon" href="data:,">
<footer><input role="combobox" aria-label="Item" autofocus><ul role="listbox"></ul></footer>
<script>
  const [field, list] = [document.querySelector("input"), document.querySelector("ul")];
  field.focus();
  field.addEventListener("input", async () => {
    const typed = field.value;
    const names = await (await fetch("/suggest?" + new URLSearchParams({ typed }))).json();
    if (typed !== field.value) return;
    list.replaceChildren(...names.map((name) => {
      const item = document.createElement("li");
      item.role = "option";
      item.textContent = name;
      return item;
    }));
  });
</script></html>`;

let suggestions: Readonly<Record<string, readonly string[]>> = {};
process.on("message", (told) => {
  suggestions = z.record(z.string(), z.array(z.string())).parse(told);
});
const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  const json = pathname === "/suggest";
  response.setHeader("content-type", json ? "application/json" : "text/html; charset=utf-8");
  response.end(json ? JSON.stringify(suggestions[searchParams.get("typed") ?? ""] ?? []) : page);
}).listen(0, "127.0.0.1");
await once(server, "listening");
process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
