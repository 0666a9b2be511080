import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { landmarks } from "@zonewire/sandbox/game";
import { startBot, StillClock, textOf, type Bot } from "./bot.js";

const LOCALES = ["en-US", "ru", "es-ES", "fr", "ko"] as const;
const { items, characters } = landmarks;

/** Commands with options that have an answer, and a word of the answer in each language. */
const CALLS: readonly {
  name: string;
  options: Record<string, string>;
  private?: boolean;
  words: Record<(typeof LOCALES)[number], string>;
}[] = [
  {
    name: "regions",
    options: {},
    words: { "en-US": "Regions", ru: "Регионы", "es-ES": "Regiones", fr: "Régions", ko: "지역" },
  },
  {
    name: "emission",
    options: { region: "EU" },
    words: {
      "en-US": "Emission · EU",
      ru: "Выброс · EU",
      "es-ES": "Erupción · EU",
      fr: "Éruption · EU",
      ko: "분화 · EU",
    },
  },
  {
    name: "price",
    options: { item: items.popular, region: "RU" },
    words: {
      "en-US": "Cheapest now",
      ru: "Минимальная цена",
      "es-ES": "Más barato",
      fr: "Le moins cher",
      ko: "최저가",
    },
  },
  {
    name: "item",
    options: { item: items.artefact, region: "EU" },
    words: {
      "en-US": "Can be sold",
      ru: "Можно продать",
      "es-ES": "Se puede vender",
      fr: "Peut être vendu",
      ko: "판매 가능",
    },
  },
  {
    name: "clan list",
    options: { region: "EU" },
    words: { "en-US": "Clans · EU", ru: "Кланы · EU", "es-ES": "Clanes · EU", fr: "Clans · EU", ko: "클랜 · EU" },
  },
  {
    name: "character profile",
    options: { name: characters.leader, region: "EU" },
    words: {
      "en-US": "Last login",
      ru: "Последний вход",
      "es-ES": "Última conexión",
      fr: "Dernière connexion",
      ko: "마지막 접속",
    },
  },
  {
    name: "operations",
    options: { region: "EU" },
    words: {
      "en-US": "newest first",
      ru: "сначала новые",
      "es-ES": "más recientes",
      fr: "plus récentes",
      ko: "최신순",
    },
  },
  {
    name: "help",
    options: {},
    private: true,
    words: {
      "en-US": "What I can do",
      ru: "Что я умею",
      "es-ES": "Qué puedo hacer",
      fr: "Ce que je sais faire",
      ko: "명령어",
    },
  },
  {
    name: "status",
    options: {},
    private: true,
    words: {
      "en-US": "Requests left",
      ru: "Осталось запросов",
      "es-ES": "Consultas restantes",
      fr: "Requêtes restantes",
      ko: "남은 요청",
    },
  },
  {
    name: "link",
    options: {},
    private: true,
    words: {
      "en-US": "On EXBO’s own page",
      ru: "На странице EXBO",
      "es-ES": "En la página de EXBO",
      fr: "Sur la page d’EXBO",
      ko: "EXBO 페이지에서",
    },
  },
  {
    name: "account",
    options: {},
    private: true,
    words: {
      "en-US": "None is linked yet",
      ru: "Пока ничего не привязано",
      "es-ES": "Aún no hay ninguna",
      fr: "Aucun n’est lié",
      ko: "아직 연결한 계정이 없어요",
    },
  },
  {
    name: "unlink",
    options: {},
    private: true,
    words: {
      "en-US": "have not linked an EXBO",
      ru: "нет привязанных",
      "es-ES": "No has vinculado",
      fr: "n’as lié aucun",
      ko: "연결한 EXBO 계정이 없어요",
    },
  },
  {
    name: "settings me",
    options: {},
    private: true,
    words: {
      "en-US": "Your settings",
      ru: "Ваши настройки",
      "es-ES": "Tus ajustes",
      fr: "Tes réglages",
      ko: "내 설정",
    },
  },
  {
    name: "settings server",
    options: {},
    private: true,
    words: {
      "en-US": "Settings of this server",
      ru: "Настройки этого сервера",
      "es-ES": "Ajustes de este servidor",
      fr: "Réglages de ce serveur",
      ko: "이 서버의 설정",
    },
  },
  {
    name: "privacy show",
    options: {},
    private: true,
    words: {
      "en-US": "What is stored about you",
      ru: "Что о вас хранится",
      "es-ES": "Lo que se guarda de ti",
      fr: "Ce qui est enregistré sur toi",
      ko: "나에 대해 저장된 정보",
    },
  },
];

describe("commands in every language", () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await startBot();
  });
  afterAll(() => bot.close());

  for (const call of CALLS) {
    test.each(LOCALES)(`/${call.name} in %s`, async (locale) => {
      const outcome = await bot.as(locale).slash(call.name, call.options);
      expect(outcome.failure).toBeUndefined();
      expect(outcome.answers).toBe(1);
      expect(outcome.ephemeral).toBe(call.private ?? false);
      expect(textOf(outcome.message)).toContain(call.words[locale]);
      expect(textOf(outcome.message)).not.toMatch(/undefined|NaN|\[object|\{\w+\}/);
    });
  }

  test.each(LOCALES)("/clan info by a suggestion, in %s", async (locale) => {
    const person = bot.as(locale);
    await expect
      .poll(async () => (await person.autocomplete("clan info", "clan", "", { region: "EU" })).length)
      .toBe(25);
    const [choice] = await person.autocomplete("clan info", "clan", "", { region: "EU" });
    const outcome = await person.slash("clan info", { clan: String(choice?.value), region: "EU" });
    expect(outcome.answers).toBe(1);
    expect(outcome.ephemeral).toBe(false);
    expect(textOf(outcome.message)).toContain("<t:");
  });

  test("nothing went wrong on the way", () => {
    expect(bot.discord.problems).toEqual([]);
    expect(bot.complaints()).toEqual([]);
  });
});

describe("what the answers say", () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await startBot();
  });
  afterAll(() => bot.close());

  test("/regions lists the API's regions", async () => {
    const text = textOf((await bot.as().slash("regions")).message);
    for (const region of ["RU", "EU", "NA", "SEA", "EUROPE"]) expect(text).toContain(region);
  });

  test("/emission shows every moment the API gave while one runs", async () => {
    bot.game.startEmission("NA");
    const text = textOf((await bot.as().slash("emission", { region: "NA" })).message);
    expect(text).toContain("An emission is under way");
    expect(text.match(/<t:\d+:R> · <t:\d+:T>/g)).toHaveLength(3);
    expect(text).toContain("The last one ended");
  });

  test("without a region, Russian speakers get RU and others EU", async () => {
    expect(textOf((await bot.as("ru").slash("emission")).message)).toContain("· RU");
    expect(textOf((await bot.as("uk").slash("emission")).message)).toContain("· EU");
    expect(textOf((await bot.as("ko").slash("emission")).message)).toContain("· EU");
  });

  test("a region is taken in any case", async () => {
    expect(textOf((await bot.as().slash("emission", { region: "sea" })).message)).toContain("Emission · SEA");
  });

  test("/price takes a name in any language as well as an id", async () => {
    const person = bot.as("ru");
    const [choice] = await person.autocomplete("price", "item", "", { region: "RU" });
    const name = String(choice?.name);
    const byName = await person.slash("price", { item: name.toUpperCase(), region: "RU" });
    expect(byName.ephemeral).toBe(false);
    expect(textOf(byName.message)).toContain("· RU");
  });

  test("/price of an item that nobody trades says so", async () => {
    const text = textOf((await bot.as().slash("price", { item: items.untraded, region: "EU" })).message);
    expect(text).toContain("Nothing to buy out right now");
    expect(text).toContain("no sales known");
  });

  test("/price of an item that the database lacks still has an answer", async () => {
    const outcome = await bot.as().slash("price", { item: items.unlisted, region: "EU" });
    expect(outcome.ephemeral).toBe(false);
    expect(textOf(outcome.message)).toContain(items.unlisted);
  });

  test("/operations takes an operation by its name in the caller's language as well", async () => {
    const { message } = await bot.as("ru").slash("operations", { region: "EU", map: "фокусировка" });
    const headings = message?.embeds[0]?.fields?.map(({ name }) => name) ?? [];
    expect(headings).toHaveLength(5);
    for (const heading of headings) expect(heading).toContain("Фокусировка");
  });

  test("numbers are exact and grouped in the caller's way", async () => {
    const text = textOf((await bot.as("ru").slash("price", { item: items.popular, region: "RU" })).message);
    expect(text).not.toMatch(/\d[kк]\b/);
    expect(text).toMatch(/\d{1,3}(\u00a0\d{3})+/);
  });

  test("every answer of a simulated game says so, in the reader's language", async () => {
    const { startZonewire } = await import("../../src/zonewire.js");
    const { createLog } = await import("../../src/log.js");
    const second = await startZonewire({
      config: {
        discord: { token: bot.discord.token, apiUrl: bot.discord.restUrl, guildId: bot.discord.guilds[0]?.id },
        game: undefined,
        itemsSource: undefined,
        http: { host: "127.0.0.1", port: 0 },
        logLevel: "silent",
      },
      log: createLog("silent", { terminal: false }),
      version: "0.0.0-test",
      signal: new AbortController().signal,
      onRefused: () => undefined,
    });
    await bot.zonewire.close();
    const outcome = await bot.as("ru").slash("emission");
    expect(outcome.message?.embeds.at(-1)?.footer?.text).toContain("Симуляция");
    await second.close();
  });
});

test("/price says what the lots and sales of the API say, over all pages", async () => {
  const clock = new StillClock();
  const bot = await startBot({ clock, game: { clock } });
  const read = async (path: string): Promise<unknown> => {
    const headers = { authorization: `Bearer ${bot.game.credentials.appToken}` };
    return (await fetch(`${bot.game.apiUrl}/RU/auction/${items.popular}/${path}`, { headers })).json();
  };
  const lots: z.infer<typeof lotsPage>["lots"] = [];
  for (let total = 1; lots.length < total;) {
    const page = lotsPage.parse(await read(`lots?limit=200&offset=${lots.length}`));
    lots.push(...page.lots);
    ({ total } = page);
  }
  const history = z
    .object({ prices: z.array(z.object({ amount: z.number(), price: z.number() })) })
    .parse(await read("history?limit=1"));
  const live = lots.filter(({ endTime, buyoutPrice }) => Date.parse(endTime) > clock.time && buyoutPrice > 0);
  const cheapest = Math.min(...live.map(({ buyoutPrice, amount }) => buyoutPrice / amount));
  const [last] = history.prices.map(({ price, amount }) => price / amount);
  const format = new Intl.NumberFormat("en", { maximumFractionDigits: 2 });
  const text = textOf((await bot.as().slash("price", { item: items.popular, region: "RU" })).message);
  expect(lots.length).toBeGreaterThan(400);
  expect(live.length).toBeLessThan(lots.length);
  expect(text).toContain(`Cheapest now\n**${format.format(cheapest)}\u00a0₽**`);
  expect(text).toContain(`${format.format(live.length)} lots to buy out`);
  expect(text).toMatch(/median \*\*[\d,.]+\u00a0₽\*\*\n.*\n560 sales/);
  expect(text).toContain(`Last sale\n${format.format(Math.round(last!))}\u00a0₽`);
  await bot.close();
});

const lotsPage = z.object({
  total: z.number(),
  lots: z.array(z.object({ amount: z.number(), buyoutPrice: z.number(), endTime: z.string() })),
});
