import { chromium, type Browser, type BrowserContext, type BrowserContextOptions } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, inject } from "vitest";
import { systemClock, type Clock } from "../../src/time.js";
import { PATIENCE_MS } from "../patience.js";
import { borrowStore } from "../store/shared.js";
import { launchOptions } from "./chromium.js";
import { Person } from "./person.js";
import { startSimulated } from "./simulated.js";

export interface Standing {
  readonly person?: string;
  readonly channel?: string;
  readonly locale?: string;
}

export interface Visits {
  /**
   * Opens the page at `address` as on a device that nobody has used. One that is of a certain kind, or that a test changes
   * for good, is named by `device`: it is made for the test, and ends with it.
   */
  open(address: string, standing?: Standing, device?: BrowserContextOptions): Promise<Person>;
}

/** What this process has started, which ends with it: to start it takes longer than most tests. */
let started: Promise<Browser> | undefined;
/** Devices that nobody uses now, each with one empty page. */
const idle: BrowserContext[] = [];
/** What went wrong on any page. */
const complaints: string[] = [];

/**
 * Tests in a real browser, one for all of them; skipped where there is none. After each, nothing may have gone wrong on
 * any page that it opened: no error in the console, none thrown, no dialog, and no request to another machine.
 */
export function describeInBrowser(name: string, tests: (visits: Visits) => void): void {
  const executable = inject("chromium");
  describe.skipIf(executable === "")(name, () => {
    let browser: Browser;
    let used: BrowserContext[] = [];
    let ownDevices: BrowserContext[] = [];
    beforeAll(async () => {
      browser = await (started ??= chromium.launch(launchOptions(executable)));
    });
    afterEach(async () => {
      await Promise.all([...used.map(putAside), ...ownDevices.map((device) => device.close())]);
      [used, ownDevices] = [[], []];
      expect(complaints.splice(0)).toEqual([]);
    });
    tests({
      async open(address, standing = {}, device) {
        const context = (device ? undefined : idle.pop()) ?? (await newDevice(browser, device));
        (device ? ownDevices : used).push(context);
        const person = new Person(context.pages()[0] ?? (await context.newPage()));
        await person.goes(`${address}/?${new URLSearchParams({ ...standing }).toString()}`);
        expect(complaints).toEqual([]);
        return person;
      },
    });
  });
}

async function newDevice(browser: Browser, device: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext({
    locale: "en-US",
    viewport: { width: 1280, height: 800 },
    reducedMotion: "reduce",
    ...device,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  watch(context);
  return context;
}

/** Leaves nothing of what a test did with it. */
async function putAside(context: BrowserContext): Promise<void> {
  const [page, ...others] = context.pages();
  await Promise.all([page?.goto("about:blank"), ...others.map((other) => other.close())]);
  await context.setStorageState({ cookies: [], origins: [] });
  idle.push(context);
}

function watch(context: BrowserContext): void {
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

/**
 * One for all tests of a `describe`, which therefore begin in different channels: to start one takes longer than most of
 * them. Returns how to learn the page's address.
 */
export function sharedSandbox(clock: Clock = systemClock): () => string {
  let sandbox: Sandbox | undefined;
  beforeAll(async () => {
    sandbox = await openSandbox(clock);
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
