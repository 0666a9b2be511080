import { chromium, type Browser, type BrowserContext, type BrowserContextOptions } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, inject, onTestFinished } from "vitest";
import { systemClock, type Clock } from "../../src/time.js";
import { borrowStore } from "../store/shared.js";
import { launchOptions } from "./chromium.js";
import { Person } from "./person.js";
import { startSimulated } from "./simulated.js";

/** How long the page may take to show something, in milliseconds. */
const PATIENCE_MS = 30_000;
/** A test may take so long on a machine that does much else. */
const TIMEOUT_MS = 180_000;

export interface Standing {
  readonly person?: string;
  readonly channel?: string;
  readonly locale?: string;
}

export interface Visits {
  /** Opens the page at `address` in a browser context of its own: another device, with its own storage. */
  open(address: string, standing?: Standing, device?: BrowserContextOptions): Promise<Person>;
}

/** The one that this process has started, which ends with it: to start one takes longer than most tests. */
let started: Promise<Browser> | undefined;

/**
 * Tests in a real browser, one for all of them; skipped where there is none. After each, nothing may have gone wrong on
 * any page that it opened: no error in the console, none thrown, no dialog, and no request to another machine.
 */
export function describeInBrowser(name: string, tests: (visits: Visits) => void): void {
  const executable = inject("chromium");
  describe.skipIf(executable === "")(name, { timeout: TIMEOUT_MS }, () => {
    let browser: Browser;
    let contexts: BrowserContext[] = [];
    const complaints: string[] = [];
    beforeAll(async () => {
      browser = await (started ??= chromium.launch(launchOptions(executable)));
    });
    afterEach(async () => {
      await Promise.all(contexts.map((context) => context.close()));
      contexts = [];
      expect(complaints.splice(0)).toEqual([]);
    });
    tests({
      async open(address, standing = {}, device = {}) {
        const context = await browser.newContext({
          locale: "en-US",
          viewport: { width: 1280, height: 800 },
          ...device,
        });
        contexts.push(context);
        context.setDefaultTimeout(PATIENCE_MS);
        watch(context, complaints);
        const page = await context.newPage();
        const person = new Person(page);
        await person.goes(`${address}/?${new URLSearchParams({ ...standing }).toString()}`);
        expect(complaints).toEqual([]);
        return person;
      },
    });
  });
}

function watch(context: BrowserContext, complaints: string[]): void {
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  context.on("weberror", (error) => complaints.push(`thrown: ${String(error.error())}`));
  context.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (!["localhost", "127.0.0.1"].includes(url.hostname)) complaints.push(`request: ${url.href}`);
  });
}

interface Sandbox {
  /** The page's. */
  readonly address: string;
  readonly close: () => Promise<void>;
}

/** The bot with everything simulated. */
async function openSandbox(clock: Clock): Promise<Sandbox> {
  const { store, giveBack } = await borrowStore(clock);
  const zonewire = await startSimulated(clock, store);
  return { address: zonewire.address, close: () => zonewire.close().finally(giveBack) };
}

/** One that ends with the test. Returns the page's address. */
export async function startSandbox(clock: Clock = systemClock): Promise<string> {
  const { address, close } = await openSandbox(clock);
  onTestFinished(close);
  return address;
}

/**
 * One for all tests of a `describe`, which therefore begin in different channels: to start one takes longer than most of
 * them. Returns how to learn the page's address.
 */
export function sharedSandbox(): () => string {
  let sandbox: Sandbox | undefined;
  beforeAll(async () => {
    sandbox = await openSandbox(systemClock);
  });
  afterAll(() => sandbox?.close());
  return () => {
    if (!sandbox) throw new Error("the sandbox is started before the first test");
    return sandbox.address;
  };
}

/** Waits until what `read` gives is as expected: `await eventually(read).toBe(…)`. */
export function eventually<T>(read: () => T) {
  return expect.poll(read, { timeout: PATIENCE_MS, interval: 20 });
}
