import { afterEach, describe, expect, test } from "vitest";
import { defineCommand } from "../../src/kernel/command.js";
import type { Preferences, PersonPreferences, ServerPreferences } from "../../src/kernel/preferences.js";
import { optionalText } from "../../src/kernel/option.js";
import { ManualClock, settled } from "../manual-clock.js";
import { openWorkshop, type Workshop } from "./workshop.js";

let workshop: Workshop | undefined;
afterEach(async () => {
  await workshop?.close();
  workshop = undefined;
});

const NOTHING = { region: null, language: null } as const;

/** What was chosen in a test, read as from a store; one entry for everybody. */
class Book implements Preferences {
  person: Partial<PersonPreferences> | undefined;
  server: Partial<ServerPreferences> | undefined;
  /** What a read waits for, or fails with. */
  before: () => Promise<unknown> = () => Promise.resolve();
  reads = 0;

  readonly people = {
    get: async () => {
      this.reads += 1;
      const { person } = this;
      await this.before();
      return person && { ...NOTHING, privateAnswers: null, feePercent: null, energyPrice: null, ...person };
    },
  };

  readonly servers = {
    get: async () => {
      const { server } = this;
      await this.before();
      return server && { ...NOTHING, ...server };
    },
  };
}

const where = defineCommand({
  name: "where",
  visibility: "public",
  options: {
    region: optionalText({ suggest: (_text, { locale, region }) => [{ name: `${locale} ${region}`, value: "x" }] }),
  },
  run: ({ options }, { locale, region, t }) => ({
    content: `${locale} ${options.region ?? region} ${t("regions.title")}`,
  }),
});

const never = () => new Promise<never>(() => undefined);

async function open(book: Preferences, clock?: ManualClock) {
  workshop = await openWorkshop([where], clock, { preferences: book });
  return workshop;
}

describe("what is meant where nothing is named", () => {
  test.each<[string, Book["person"], Book["server"], string, string]>([
    ["nothing chosen, Russian", undefined, undefined, "ru", "ru RU Регионы"],
    ["nothing chosen, Korean", undefined, undefined, "ko", "ko EU 지역"],
    ["nothing chosen, a language that we lack", undefined, undefined, "de", "en EU Regions"],
    ["rows without choices", {}, {}, "ru", "ru RU Регионы"],
    ["the server's", undefined, { region: "SEA", language: "fr" }, "ru", "fr SEA Régions"],
    [
      "one's own before the server's",
      { region: "NA", language: "es" },
      { region: "SEA", language: "fr" },
      "ru",
      "es NA Regiones",
    ],
    ["each by itself", { region: "NA" }, { language: "ko" }, "ru", "ko NA 지역"],
    ["a region that fits the chosen language", { language: "ru" }, undefined, "en-US", "ru RU Регионы"],
    ["a language that is gone", { language: "tlh" }, undefined, "ru", "ru RU Регионы"],
  ])("%s", async (_what, person, server, locale, said) => {
    const book = new Book();
    Object.assign(book, { person, server });
    const { as } = await open(book);
    expect((await as(locale).slash("where")).message?.content).toBe(said);
    const [language, region] = said.split(" ");
    expect(await as(locale).autocomplete("where", "region", "")).toMatchObject([{ name: `${language} ${region}` }]);
  });

  test("what is named comes first", async () => {
    const book = new Book();
    book.person = { region: "NA" };
    const { as } = await open(book);
    expect((await as().slash("where", { region: "RU" })).message?.content).toBe("en RU Regions");
  });

  test("the server's choices stay in the server", async () => {
    const book = new Book();
    book.server = { region: "SEA", language: "fr" };
    const { as } = await open(book);
    expect((await as("ru", "vesper", { dm: true }).slash("where")).message?.content).toBe("ru RU Регионы");
  });
});

describe("private answers", () => {
  test("make public commands private for that person", async () => {
    const book = new Book();
    book.person = { privateAnswers: true };
    const { as } = await open(book);
    expect((await as().slash("where")).ephemeral).toBe(true);
    expect(as("en-US", "mira").messages()).toEqual([]);
  });

  test("hold after thinking as well", async () => {
    const book = new Book();
    book.person = { privateAnswers: true };
    let release: () => void = () => undefined;
    const wait = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = defineCommand({
      name: "slow",
      visibility: "public",
      run: () => wait.then(() => ({ content: "late" })),
    });
    workshop = await openWorkshop([slow], undefined, { preferences: book });
    const outcome = await workshop.as().slash("slow", {}, { until: "acknowledged" });
    release();
    await workshop.discord.until("the answer", () => outcome.answers === 1);
    expect(outcome.ephemeral).toBe(true);
  });

  test("that were read too late for the language are in time for the answer", async () => {
    const clock = new ManualClock(Date.now());
    const book = new Book();
    book.person = { privateAnswers: true, language: "ru" };
    let release: () => void = () => undefined;
    book.before = () =>
      new Promise<void>((resolve) => {
        release = resolve;
      });
    const later = defineCommand({
      name: "later",
      visibility: "public",
      async run(_input, { locale }) {
        release();
        await settled();
        return { content: locale };
      },
    });
    workshop = await openWorkshop([later], clock, { preferences: book });
    const asked = workshop.as("en-US", "vesper", { dm: true }).slash("later");
    await expect.poll(() => book.reads).toBe(1);
    await clock.pass(250);
    const outcome = await asked;
    expect(outcome.message?.content).toBe("en");
    expect(outcome.ephemeral).toBe(true);
  });
});

describe("reading them", () => {
  test("waits 250 ms for somebody new, and is then done without", async () => {
    const clock = new ManualClock(Date.now());
    const book = new Book();
    book.person = { language: "ru" };
    book.before = never;
    const { as } = await open(book, clock);
    const asked = as().slash("where");
    await expect.poll(() => book.reads).toBe(1);
    await clock.pass(249);
    expect(workshop?.discord.requests.some(({ route }) => route.includes("/callback"))).toBe(false);
    await clock.pass(1);
    expect((await asked).message?.content).toBe("en EU Regions");
  });

  test("that fails costs nobody their answer", async () => {
    const book = new Book();
    book.before = () => Promise.reject(new Error("the store is away"));
    const { as, log } = await open(book);
    expect((await as("ru").slash("where")).message?.content).toBe("ru RU Регионы");
    expect(log.filter(({ level }) => level >= 40)).toEqual([]);
  });

  test("happens once in a while; what is old is used while it is read again, also when that fails", async () => {
    const clock = new ManualClock(Date.now());
    const book = new Book();
    book.person = { region: "NA" };
    const { as } = await open(book, clock);
    const region = async () => (await as().slash("where")).message?.content.split(" ")[1];
    expect([await region(), await region(), book.reads]).toEqual(["NA", "NA", 1]);
    clock.advance(31_000);
    book.before = () => Promise.reject(new Error("the store is away"));
    expect([await region(), await region(), book.reads]).toEqual(["NA", "NA", 3]);
    book.before = () => Promise.resolve();
    book.person = { region: "SEA" };
    expect([await region(), await region(), book.reads]).toEqual(["NA", "SEA", 4]);
  });

  test("again after a change gives the context that follows from it", async () => {
    const book = new Book();
    const choose = defineCommand({
      name: "choose",
      visibility: "private",
      async run(_input, context) {
        book.person = { language: "ko", region: "NA" };
        const { t, region } = await context.reread();
        return { content: `${region} ${t("regions.title")}` };
      },
    });
    workshop = await openWorkshop([choose, where], undefined, { preferences: book });
    const { as } = workshop;
    expect((await as().slash("where")).message?.content).toBe("en EU Regions");
    expect((await as().slash("choose")).message?.content).toBe("NA 지역");
    expect((await as().slash("where")).message?.content).toBe("ko NA 지역");
  });

  test("an old read that ends after a newer one changes nothing", async () => {
    const clock = new ManualClock(Date.now());
    const book = new Book();
    let endOld: () => void = () => undefined;
    const choose = defineCommand({
      name: "choose",
      visibility: "private",
      async run(_input, context) {
        book.before = () => Promise.resolve();
        book.person = { region: "NA" };
        const { region } = await context.reread();
        endOld();
        await settled();
        return { content: region };
      },
    });
    workshop = await openWorkshop([choose, where], clock, { preferences: book });
    const { as } = workshop;
    book.person = { region: "SEA" };
    book.before = () =>
      new Promise<void>((resolve) => {
        endOld = resolve;
      });
    const asked = as("en-US", "vesper", { dm: true }).slash("choose");
    await expect.poll(() => book.reads).toBe(1);
    await clock.pass(250);
    expect((await asked).message?.content).toBe("NA");
    expect((await as("en-US", "vesper", { dm: true }).slash("where")).message?.content).toBe("en NA Regions");
  });
});
