// The pictures of the documentation, in docs/images: `npm run screenshots`. Time stands still and the world's seed is
// fixed, so the same sources give the same pictures. With names, only those: `npm run screenshots -- price price-phone`.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { systemClock, type Clock } from "../../src/time.js";
import { actions } from "../registered.js";
import { findChromium, launchOptions } from "./chromium.js";
import { palettePng } from "./palette-png.js";
import { Person } from "./person.js";
import { startSimulated } from "./simulated.js";
import { storeOfNow, storeWithPast } from "./store-with-past.js";
import { holdWars } from "./wars-held.js";

const ROOT = join(import.meta.dirname, "../..");
const NOON = Date.UTC(2026, 10, 23, 12, 0, 0);

/** Pixels above and below a message. */
const MARGIN = 8;

/** Milliseconds after which what has not happened will not. */
const QUIET_MS = 400;

type Clip = NonNullable<NonNullable<Parameters<Page["screenshot"]>[0]>["clip"]>;

interface Deed {
  readonly command: string;
  /** A suggestion that is taken for its first option. */
  readonly take?: string;
  /** Its first option, where that is not a required one. */
  readonly option?: string;
  /** What is typed into its first option. */
  readonly type?: string;
  /** What is typed into the one after it. */
  readonly then?: string;
  /** An optional one that is taken next. */
  readonly and?: string;
  /** A channel, role or person that is taken for the one after that; for the first one where nothing else is given. */
  readonly entity?: string;
  /** The account that is linked beforehand. */
  readonly as?: string;
  /** What is used beforehand. */
  readonly first?: Deed;
}

/** What is taken for an option that must be given. */
const TAKEN: Readonly<Record<string, string>> = { item: "Cinder Seed", clan: "Order of the Daggers" };

const WATCHED: Deed = { command: "watch price", take: "Cinder Seed", then: "250k" };
const ALERTED: Deed = { command: "alerts emission", entity: "alerts" };

const MAPPED: Deed = {
  ...{ command: "roles map", take: "Leader", entity: "@Officers" },
  first: { command: "roles map", take: "Any rank", entity: "@Clan", as: "marten" },
};
const MATCHED: Deed = { command: "roles match", take: "MuteBoar", and: "person", entity: "Vesper", first: MAPPED };

/** How those commands are used that need something else, or say more with it. */
const DEEDS: Readonly<Record<string, Partial<Deed>>> = {
  craft: { take: "Dawn-2" },
  barter: { take: "AK-12" },
  "character profile": { option: "name", type: "Tin_Wolf" },
  "character list": { as: "marten" },
  "character compare": { type: "Tin_Wolf", then: "Marten" },
  friends: { as: "marten" },
  "clan members": { as: "marten" },
  account: { as: "marten" },
  unlink: { as: "marten" },
  "privacy show": { as: "marten" },
  "privacy export": { as: "marten" },
  "privacy delete": { as: "marten" },
  "clan log": { as: "marten" },
  "clan inactive": { as: "marten" },
  "clan top": { as: "marten" },
  "clan history": { as: "marten" },
  "clan keep": { as: "marten" },
  "character progress": { as: "marten" },
  "privacy object": { as: "marten" },
  "watch price": WATCHED,
  "watch list": { first: WATCHED },
  "watch remove": { first: WATCHED },
  "alerts emission": ALERTED,
  "alerts price": { ...WATCHED, entity: "alerts" },
  "alerts clan": { take: "Order of the Daggers", entity: "alerts", as: "marten" },
  "alerts list": { first: ALERTED },
  "alerts remove": { first: ALERTED },
  "alerts test": { first: ALERTED },
  "roles map": MAPPED,
  "roles list": { first: MAPPED },
  "roles match": MATCHED,
  "roles check": { first: MATCHED },
  "roles sync": { first: MATCHED },
  "roles auto": { take: "On", and: "reports", entity: "alerts", first: MAPPED },
  "roles nickname": { option: "template", type: "{name} [{rank}]", first: MAPPED },
};

/** Those that show what was kept of a clan. */
const OF_THE_PAST = new Set(["clan-top", "clan-history", "clan-keep", "character-progress"]);

/** Those that are also taken as a phone shows them, as `<name>-phone`. */
const ON_PHONE = new Set(["price"]);

/** Stands still, but for a moment with each look at it: what takes a while takes more than no time. */
class CountingClock implements Clock {
  #looks = 0;

  now(): number {
    return NOON + this.#looks++;
  }

  setTimeout(callback: () => void, ms: number): () => void {
    return systemClock.setTimeout(callback, ms);
  }

  setBackgroundTimeout(callback: () => void, ms: number): () => void {
    return systemClock.setBackgroundTimeout(callback, ms);
  }

  /** Resolves when nobody looks any more: what comes next begins at the same moment each time. */
  async quiet(): Promise<void> {
    let before = -1;
    while (before !== this.#looks) {
      before = this.#looks;
      await pause(QUIET_MS);
    }
  }
}

/** A bot, and a browser to use it in. */
interface Studio {
  readonly browser: Browser;
  readonly address: string;
  readonly clock: CountingClock;
}

async function visit({ browser, address, clock }: Studio, device: BrowserContextOptions): Promise<Person> {
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
  await clock.quiet();
  return person;
}

/** Enters a command at once, so that the bot is asked for suggestions once, and sends it. */
async function use(
  person: Person,
  { command, option, take, type, then, and, entity, as, first }: Deed,
  clock: CountingClock,
): Promise<void> {
  if (first) await use(person, first, clock);
  if (as !== undefined) await person.links(as);
  await clock.quiet();
  await person.begins(command);
  if (option !== undefined) await person.takes(option);
  const text = take ?? type;
  if (text !== undefined) {
    await clock.quiet();
    await person.page.keyboard.insertText(text);
  }
  if (take !== undefined) await person.takes(take);
  // Whoever takes a suggestion is in the next field.
  if (then !== undefined) {
    if (take === undefined) await person.presses("Tab");
    await clock.quiet();
    await person.page.keyboard.insertText(then);
  }
  if (and !== undefined) await person.takes(and);
  if (entity !== undefined) {
    if (then !== undefined) await person.presses("Tab");
    await clock.quiet();
    await person.page.keyboard.insertText(entity);
    await person.takes(entity);
  }
  await clock.quiet();
  const before = await person.messages.count();
  await person.presses("Enter");
  await person.messages
    .nth(before)
    .getByText(/simulated world|Only you can see this/i)
    .first()
    .waitFor();
  // A first answer may only say how far the real one is.
  await clock.quiet();
}

async function save(name: string, { page }: Person, clip?: Clip): Promise<void> {
  const file = `docs/images/${name}.png`;
  const picture = palettePng(await page.screenshot({ animations: "disabled", ...(clip && { clip }) }));
  await writeFile(join(ROOT, file), picture);
  console.log(`${file}  ${Math.round(picture.length / 1024)} kB`);
  await page.context().close();
}

/** One message, as wide as an embed, or as the device. */
async function pictureOfAnswer(
  studio: Studio,
  name: string,
  deed: Deed,
  device: BrowserContextOptions = { viewport: { width: 568, height: 1200 }, deviceScaleFactor: 2 },
): Promise<void> {
  const person = await visit(studio, device);
  await use(person, deed, studio.clock);
  const answer = person.messages.last();
  const { x, y, width, height } = (await answer.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await save(name, person, { x, y: y - MARGIN, width, height: height + 2 * MARGIN });
}

async function pictureOfPage(studio: Studio, name: string, device: BrowserContextOptions): Promise<void> {
  const person = await visit(studio, device);
  await use(person, { command: "emission" }, studio.clock);
  await use(person, { command: "price", take: "Cinder Seed" }, studio.clock);
  await studio.clock.quiet();
  await person.types("/clan");
  await person.suggestion("/clan info").waitFor();
  await save(name, person);
}

/** A bot of its own for each picture: nothing of one is seen on another. */
async function take(browser: Browser, name: string, picture: (studio: Studio) => Promise<void>): Promise<void> {
  const clock = new CountingClock();
  const held = name.startsWith("war-") ? await storeOfNow(NOON, clock) : undefined;
  const past = OF_THE_PAST.has(name) ? await storeWithPast(NOON, clock) : undefined;
  const zonewire = await startSimulated(clock, held?.store ?? past);
  if (held) await holdWars({ ...held, address: zonewire.address, now: NOON, clock });
  await picture({ browser, address: zonewire.address, clock });
  await zonewire.close();
}

const wide = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 390, height: 780 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
/** Each picture by its name: of every command, and of the page. */
const pictures = new Map<string, (studio: Studio) => Promise<void>>();
for (const { path, options } of actions) {
  const name = path.replaceAll(" ", "-");
  const needed = options.find(({ required }) => required)?.name ?? "";
  const deed = { ...(TAKEN[needed] !== undefined && { take: TAKEN[needed] }), ...DEEDS[path], command: path };
  pictures.set(name, (studio) => pictureOfAnswer(studio, name, deed));
  if (ON_PHONE.has(name)) {
    const onPhone = `${name}-phone`;
    pictures.set(onPhone, (studio) => pictureOfAnswer(studio, onPhone, deed, phone));
  }
}
for (const [name, device] of Object.entries({
  playground: wide,
  "playground-light": { ...wide, colorScheme: "light" as const },
  "playground-phone": phone,
}))
  pictures.set(name, (studio) => pictureOfPage(studio, name, device));

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !pictures.has(name));
if (unknown.length > 0) throw new Error(`no picture is called ${unknown.join(", ")}`);
const executable = findChromium();
if (executable === undefined) throw new Error("no Chromium: install it, or set CHROMIUM_PATH");
const browser = await chromium.launch(launchOptions(executable));
for (const [name, picture] of pictures)
  if (wanted.length === 0 || wanted.includes(name)) await take(browser, name, picture);
await browser.close();
