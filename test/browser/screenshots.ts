// The pictures of the documentation, in docs/images: `npm run screenshots`. Time stands still and the world's seed is
// fixed, so the same sources give the same pictures.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { systemClock, type Clock } from "../../src/clock.js";
import { findChromium, launchOptions } from "./chromium.js";
import { palettePng } from "./palette-png.js";
import { Person } from "./person.js";
import { startSimulated } from "./simulated.js";

const ROOT = join(import.meta.dirname, "../..");
const NOON = Date.UTC(2026, 10, 23, 12, 0, 0);

/** Pixels above and below a message. */
const MARGIN = 8;

type Clip = NonNullable<NonNullable<Parameters<Page["screenshot"]>[0]>["clip"]>;

interface Deed {
  readonly command: string;
  /** A suggestion that is taken for its first option. */
  readonly take?: string;
  /** What is typed into its first option. */
  readonly type?: string;
}

const deeds: Readonly<Record<string, Deed>> = {
  emission: { command: "emission" },
  price: { command: "price", take: "Cinder Seed" },
  "clan-info": { command: "clan info", take: "Order of the Daggers" },
  "clan-list": { command: "clan list" },
  "character-profile": { command: "character profile", type: "Tin_Wolf" },
  operations: { command: "operations" },
  regions: { command: "regions" },
  help: { command: "help" },
  status: { command: "status" },
};

/** Stands still, but for a moment with each look at it: what takes a while takes more than no time. */
class CountingClock implements Clock {
  #looks = 0;

  now(): number {
    return NOON + this.#looks++;
  }

  setTimeout(callback: () => void, ms: number): () => void {
    return systemClock.setTimeout(callback, ms);
  }
}

async function visit(browser: Browser, address: string, device: BrowserContextOptions): Promise<Person> {
  const context = await browser.newContext({
    locale: "en-US",
    timezoneId: "UTC",
    colorScheme: "dark",
    reducedMotion: "reduce",
    ...device,
  });
  const page = await context.newPage();
  await page.clock.setFixedTime(NOON);
  const person = new Person(page);
  await person.goes(address);
  return person;
}

async function save(name: string, { page }: Person, clip?: Clip): Promise<void> {
  const file = `docs/images/${name}.png`;
  const picture = palettePng(await page.screenshot({ animations: "disabled", ...(clip && { clip }) }));
  await writeFile(join(ROOT, file), picture);
  console.log(`${file}  ${Math.round(picture.length / 1024)} kB`);
  await page.context().close();
}

/** One message, as wide as an embed. */
async function pictureOfAnswer(browser: Browser, address: string, name: string, deed: Deed): Promise<void> {
  const person = await visit(browser, address, { viewport: { width: 568, height: 1200 }, deviceScaleFactor: 2 });
  if (deed.type === undefined) {
    await person.uses(deed.command, ...(deed.take === undefined ? [] : [deed.take]));
  } else {
    await person.begins(deed.command);
    await person.types(deed.type);
    await person.presses("Enter");
  }
  const answer = person.message("Simulated world");
  await answer.waitFor();
  const { x, y, width, height } = (await answer.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await save(name, person, { x, y: y - MARGIN, width, height: height + 2 * MARGIN });
}

async function pictureOfPage(
  browser: Browser,
  address: string,
  name: string,
  device: BrowserContextOptions,
): Promise<void> {
  const person = await visit(browser, address, device);
  await person.uses("emission");
  await person.message("Emission").waitFor();
  await person.uses("price", "Cinder Seed");
  await person.message("Cinder Seed").waitFor();
  await person.types("/clan");
  await person.suggestion("/clan info").waitFor();
  await save(name, person);
}

/** A bot of its own for each picture: nothing of one is seen on another. */
async function take(picture: (address: string) => Promise<void>): Promise<void> {
  const zonewire = await startSimulated(new CountingClock());
  await picture(zonewire.address);
  await zonewire.close();
}

const executable = findChromium();
if (executable === undefined) throw new Error("no Chromium: install it, or set CHROMIUM_PATH");
const browser = await chromium.launch(launchOptions(executable));
const wide = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 390, height: 780 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
for (const [name, deed] of Object.entries(deeds)) {
  await take((address) => pictureOfAnswer(browser, address, name, deed));
}
for (const [name, device] of Object.entries({
  playground: wide,
  "playground-light": { ...wide, colorScheme: "light" as const },
  "playground-phone": phone,
})) {
  await take((address) => pictureOfPage(browser, address, name, device));
}
await browser.close();
