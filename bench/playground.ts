import { setTimeout as pause } from "node:timers/promises";
import { chromium, type Browser, type Page } from "playwright-core";
import { z } from "zod";
import { findChromium, launchOptions } from "../test/browser/chromium.js";
import { startChild, stopChild } from "./child.js";
import { IN_PAGE } from "./in-page.js";
import { percentile, printTable, round } from "./table.js";

const LOADS = 20;
/** Letters typed of each name. */
const LETTERS = 4;
/** Milliseconds from one key press to the next: 80 to 120. */
const pace = (key: number) => 80 + ((key * 17) % 41);

type Suggestions = Record<string, string[]>;

/** The sandbox's page compared with the smallest page that does the same, each served by a process of its own. */
export async function benchPlayground(): Promise<void> {
  const executable = findChromium();
  if (executable === undefined) {
    console.log("\nPlayground: there is no Chromium here; CHROMIUM_PATH may name one");
    return;
  }
  const [sandbox, bare] = [await startChild("sandbox.ts", {}), await startChild("bare-page.ts", {})];
  const address = (message: unknown) => z.object({ url: z.string() }).parse(message).url;
  const [real, floor] = [address(sandbox.message), address(bare.message)];
  const words = await wordsToType(real);
  const suggestions = await suggestionsFor(real, words);
  bare.child.send(suggestions);
  const browser = await chromium.launch(launchOptions(executable));
  await benchLoad(browser, { real, floor });
  await benchTyping(browser, { real, floor }, words, suggestions);
  await browser.close();
  await stopChild(sandbox.child);
  await stopChild(bare.child);
}

interface Addresses {
  readonly real: string;
  readonly floor: string;
}

async function benchLoad(browser: Browser, { real, floor }: Addresses): Promise<void> {
  const loads: { real: Load[]; floor: Load[] } = { real: [], floor: [] };
  for (let turn = 0; turn <= LOADS; turn++) {
    const both = { floor: await load(browser, floor), real: await load(browser, real) };
    // The first round warms the servers up.
    if (turn === 0) continue;
    loads.real.push(both.real);
    loads.floor.push(both.floor);
  }
  const row = (what: string, limit: string, digits: number, read: (load: Load) => number) => {
    const sorted = (of: Load[]) => of.map(read).sort((a, b) => a - b);
    const [own, bare] = [sorted(loads.real), sorted(loads.floor)];
    const [middle, high] = [percentile(own, 0.5), percentile(own, 0.95)];
    const [bareMiddle, bareHigh] = [percentile(bare, 0.5), percentile(bare, 0.95)];
    return [
      what,
      ...[bareMiddle, bareHigh, middle, high].map((value) => round(value, digits)),
      round(middle / bareMiddle, 1),
      limit,
    ];
  };
  printTable(
    `Page load with an empty cache, ${LOADS} times`,
    ["what", "bare p50", "p95", "page p50", "p95", "ratio (p50)", "limit"],
    [
      row("one can type, ms", "300", 0, ({ usable }) => usable),
      row("load event, ms", "", 0, ({ loaded }) => loaded),
      row("requests", "", 0, ({ requests }) => requests),
      row("transferred, kB", "150", 1, ({ bytes }) => bytes / 1000),
    ],
  );
}

interface Load {
  readonly usable: number;
  readonly loaded: number;
  readonly requests: number;
  /** Headers and bodies, as they came over the wire. */
  readonly bytes: number;
}

async function load(browser: Browser, address: string): Promise<Load> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-US" });
  await context.addInitScript({ content: IN_PAGE });
  const page = await context.newPage();
  const wire = await context.newCDPSession(page);
  await wire.send("Network.enable");
  const bytes = new Map<string, number>();
  wire.on("Network.responseReceived", ({ requestId, response }) => bytes.set(requestId, response.encodedDataLength));
  // Of a stream, which does not end while the page is there.
  wire.on("Network.dataReceived", ({ requestId, encodedDataLength }) =>
    bytes.set(requestId, (bytes.get(requestId) ?? 0) + encodedDataLength),
  );
  wire.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => bytes.set(requestId, encodedDataLength));
  await page.goto(address, { waitUntil: "load" });
  const usable = await page.evaluate<number>("bench.usable");
  const loaded = await page.evaluate<number>("performance.getEntriesByType('navigation')[0].loadEventEnd");
  await context.close();
  return { usable, loaded, requests: bytes.size, bytes: [...bytes.values()].reduce((sum, one) => sum + one, 0) };
}

async function benchTyping(
  browser: Browser,
  { real, floor }: Addresses,
  words: readonly string[],
  suggestions: Suggestions,
): Promise<void> {
  const rows = [];
  for (const [who, address, begin] of [
    ["bare page", floor, "document.querySelector('input').value = ''"],
    ["playground", real, undefined],
  ] as const) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: "en-US" });
    await page.addInitScript({ content: IN_PAGE });
    await page.goto(address);
    await page.evaluate("bench.usable");
    const times: number[] = [];
    // The first word warms up.
    for (const [turn, word] of [words[0] ?? "", ...words].entries()) {
      if (begin === undefined) await beginPrice(page);
      else await page.evaluate(begin);
      const taken = await typeWord(page, word, suggestions);
      if (turn > 0) times.push(...taken);
    }
    await page.close();
    times.sort((a, b) => a - b);
    const share = times.filter(Number.isFinite).length / times.length;
    const shown = [0.5, 0.95, 0.99].map((part) => percentile(times, part));
    rows.push([who, times.length, ...shown.map((ms) => (Number.isFinite(ms) ? round(ms) : "never")), percent(share)]);
  }
  printTable(
    "Key press to suggestions painted, a key every 80 to 120 ms (limit: p95 60 ms)",
    ["page", "keys", "p50 ms", "p95 ms", "p99 ms", "shown before the next key"],
    rows,
  );
}

function percent(share: number): string {
  return `${round(share * 100, 1)}%`;
}

async function beginPrice(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.keyboard.type("/price ");
  await page.getByRole("contentinfo").getByRole("combobox", { name: "item" }).waitFor();
  await pause(100);
}

/** Milliseconds of each key that changes the suggestions; infinite where they had not come at the next key. */
async function typeWord(page: Page, word: string, suggestions: Suggestions): Promise<number[]> {
  const times: number[] = [];
  let before = suggestions[""];
  for (let length = 1; length <= word.length; length++) {
    const wanted = suggestions[word.slice(0, length)] ?? [];
    await page.evaluate(`bench.arm(${JSON.stringify(wanted)})`);
    const next = pause(pace(length + word.length));
    await page.keyboard.press(word[length - 1] ?? "");
    await next;
    const took = await page.evaluate<number | null>("bench.read()");
    // Where the list stays as it was, nobody sees when it came.
    if (wanted.join("\n") !== before?.join("\n")) times.push(took ?? Infinity);
    before = wanted;
  }
  return times;
}

/** Beginnings of item names, and of the later words in them. */
async function wordsToType(address: string): Promise<string[]> {
  const names = (await Promise.all(["a", "e", "i", "o", "u"].map((letter) => ask(address, letter)))).flat();
  const words = new Set(names.flatMap((name) => [name, ...name.split(" ").slice(1)]));
  return [...words].map((word) => word.slice(0, LETTERS)).filter((word) => /^[\w -]{4,}$/.test(word));
}

/** What the bot suggests for every beginning of every word. */
async function suggestionsFor(address: string, words: readonly string[]): Promise<Suggestions> {
  const known: Suggestions = { "": await ask(address, "") };
  for (const word of words) {
    for (let length = 1; length <= word.length; length++) {
      const typed = word.slice(0, length);
      known[typed] ??= await ask(address, typed);
    }
  }
  return known;
}

async function ask(address: string, typed: string): Promise<string[]> {
  const response = await fetch(`${address}/api/autocomplete`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ command: "price", option: "item", typed, options: {} }),
  });
  return z
    .array(z.object({ name: z.string() }))
    .parse(await response.json())
    .map(({ name }) => name);
}
