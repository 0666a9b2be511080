import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { landmarks, type Fault } from "@zonewire/sandbox/game";
import { ERROR, startBot, StillClock, textOf, type Bot } from "./bot.js";

const { items, characters } = landmarks;

describe("what does not exist", () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await startBot();
  });
  afterAll(() => bot.close());

  const CASES: readonly [string, Record<string, string>, string, string][] = [
    ["price", { item: items.unknown }, "Nothing is called", "Ничего с названием"],
    ["price", { item: "no such thing at all" }, "There is no item called", "Не знаю предмета"],
    ["clan info", { clan: "nobody is called so" }, "There is no clan", "Не нашёл"],
    ["clan info", { clan: "00000000-0000-4000-8000-000000000000" }, "The clan you chose", "Выбранного клана нет"],
    ["character profile", { name: "Nobody_Here" }, "no character", "нет персонажа"],
    ["character profile", { name: "../../regions" }, "no character", "нет персонажа"],
    ["character profile", { name: ".." }, "no character", "нет персонажа"],
    ["character profile", { name: characters.hidden, region: "EU" }, "profile is hidden", "профиль скрыт"],
    ["emission", { region: "NEA" }, "do not know the region", "Не знаю региона"],
    ["price", { item: items.popular, region: "NEA" }, "do not know the region", "Не знаю региона"],
    ["clan list", { region: "NEA" }, "do not know the region", "Не знаю региона"],
    ["operations", { region: "NEA" }, "do not know the region", "Не знаю региона"],
    ["character profile", { name: "Nobody_Here", region: "NEA" }, "do not know the region", "Не знаю региона"],
    ["emission", { region: "a/b" }, "do not know the region", "Не знаю региона"],
  ];

  test.each(CASES)("/%s %o has its own polite private answer", async (name, options, english, russian) => {
    for (const [locale, words] of [
      ["en-US", english],
      ["ru", russian],
    ] as const) {
      const outcome = await bot.as(locale).slash(name, options);
      expect(outcome.failure).toBeUndefined();
      expect(outcome.answers).toBe(1);
      expect(outcome.ephemeral).toBe(true);
      expect(textOf(outcome.message)).toContain(words);
    }
  });

  test("what was typed is shown back without taking effect", async () => {
    const outcome = await bot.as().slash("price", { item: "**@everyone** [x](https://evil.example)" });
    expect(textOf(outcome.message)).not.toMatch(/@everyone|(?<!\\)\[x/);
    expect(outcome.message?.mentionEveryone).toBe(false);
  });

  test("none of it is a complaint in the log", () => {
    expect(bot.complaints()).toEqual([]);
    expect(bot.discord.problems).toEqual([]);
  });
});

describe("an API that fails", () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await startBot();
  });
  afterEach(() => {
    bot.game.faults.clear();
  });
  afterAll(() => bot.close());

  const FAULTS: readonly [string, Fault, string, string][] = [
    ["500", { kind: "status", status: 500 }, "API is down", "не работает"],
    ["an HTML page on 502", { kind: "status", status: 502 }, "API is down", "не работает"],
    ["a reset connection", { kind: "reset" }, "API is down", "не работает"],
    ["truncated JSON", { kind: "truncated" }, "do not understand", "непонятное"],
    ["JSON of another shape", { kind: "wrongShape" }, "do not understand", "непонятное"],
    ["a refused key", { kind: "status", status: 401 }, "does not accept this bot's key", "не принимает ключ"],
  ];

  test.each(FAULTS)("%s: one private answer that says what to do", async (_what, fault, english, russian) => {
    bot.game.faults.add(fault, { path: "/character/" });
    for (const [locale, words] of [
      ["en-US", english],
      ["ru", russian],
    ] as const) {
      const outcome = await bot.as(locale).slash("character profile", { name: characters.alt, region: "EU" });
      expect(outcome.failure).toBeUndefined();
      expect(outcome.answers).toBe(1);
      expect(outcome.ephemeral).toBe(true);
      expect(textOf(outcome.message)).toContain(words);
    }
    bot.game.faults.clear();
    await works(bot);
  });

  test("an API that hangs is given up, and works again after its return", async () => {
    bot.game.faults.add({ kind: "hang" });
    const outcome = await bot.as().slash("character profile", { name: characters.markup, region: "EU" });
    expect(outcome.acknowledgement?.kind).toBe("defer");
    expect(outcome.ephemeral).toBe(true);
    expect(textOf(outcome.message)).toContain("does not answer");
    // The public placeholder is gone: nobody else is left with "thinking…".
    expect(
      bot
        .as("en-US", { person: "mira" })
        .messages()
        .filter((message) => message.origin?.interactionId === outcome.interaction.id),
    ).toEqual([]);
    bot.game.faults.clear();
    await works(bot);
  });

  test("a slow API is waited for with a sign of life, and answered once", async () => {
    await works(bot);
    bot.game.faults.add({ kind: "slow", ms: 1_500 }, { path: "/operations/" });
    const outcome = await bot.as().slash("operations", { region: "NA" });
    expect(outcome.acknowledgement?.kind).toBe("defer");
    expect(outcome.answers).toBe(1);
    expect(outcome.ephemeral).toBe(false);
    expect(textOf(outcome.message)).toContain("Operations · NA");
  });

  test("a status card still comes, and says that the API does not answer", async () => {
    bot.game.faults.add({ kind: "status", status: 500 });
    const outcome = await bot.as().slash("status");
    expect(textOf(outcome.message)).toContain("does not answer");
  });

  test("no error line: a failing API is nobody's bug here", () => {
    expect(bot.log.filter(({ level }) => level >= ERROR)).toEqual([]);
    expect(bot.discord.problems).toEqual([]);
  });

  test("no secret stands in the log, which had much to say", () => {
    expect(bot.log.length).toBeGreaterThan(50);
    expect(bot.discord.requests.some(({ path }) => path.includes("/interactions/"))).toBe(true);
    expect(bot.leaks()).toEqual([]);
  });
});

/** Waits until the bot asks the API again, which it does not for a while after failures. */
async function works(bot: Bot): Promise<void> {
  await expect.poll(() => answers(bot), { interval: 50 }).toBe(true);
}

/** Whether an answer of the API comes; another each time, so that no cache answers. */
async function answers(bot: Bot): Promise<boolean> {
  const outcome = await bot
    .as()
    .slash("operations", { region: "SEA", map: "focus", character: `N${Math.floor(Math.random() * 1e9)}` });
  return !outcome.ephemeral;
}

test("a 429 is said privately at once, with the moment of its reset, and nothing more is sent until then", async () => {
  const clock = new StillClock();
  const bot = await startBot({ clock, game: { clock } });
  // In the middle of a second: the client adds a margin to the moment it was told, and the answer counts whole seconds.
  const reset = clock.time + 50_500;
  const headers = { "x-ratelimit-limit": "400", "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(reset) };
  bot.game.faults.add({ kind: "status", status: 429, headers }, { path: "/character/" });
  const first = await bot.as().slash("character profile", { name: characters.alt, region: "EU" });
  const profiles = () => bot.game.requests.all().filter(({ path }) => path.includes("/character/")).length;
  const sent = profiles();
  const second = await bot.as("ru").slash("character profile", { name: characters.markup, region: "EU" });
  expect(textOf(first.message)).toContain(`<t:${Math.ceil(reset / 1000)}:R>`);
  expect(textOf(second.message)).toContain("Лимит запросов");
  expect([first.ephemeral, second.ephemeral]).toEqual([true, true]);
  expect(profiles()).toBe(sent);
  await bot.close();
});

test("a spent budget is said privately, with the moment at which it is renewed", async () => {
  const clock = new StillClock();
  const bot = await startBot({ clock, game: { clock, limitPerMinute: 30 } });
  const headers = { authorization: `Bearer ${bot.game.credentials.appToken}` };
  const probe = await fetch(`${bot.game.apiUrl}/EU/emission`, { headers });
  // Into the next minute of the budget, and not so near its end that waiting for the next would be worth it.
  clock.time = Number(probe.headers.get("x-ratelimit-reset")) + 20_000;
  const outcomes = [];
  for (let count = 0; count < 40; count++) {
    // Each time somebody else: one person alone would be held back before.
    const user = bot.discord.world.addUser(`Player${count}`);
    bot.discord.world.addMember(bot.discord.guilds[0]!, user);
    const player = bot.discord.as(user);
    const outcome = await player.slash("character profile", { name: `Someone${count}`, region: "EU" });
    outcomes.push(textOf(outcome.message));
    expect(outcome.answers).toBe(1);
    expect(outcome.ephemeral).toBe(true);
  }
  expect(outcomes[0]).toContain("no character");
  expect(outcomes.at(-1)).toMatch(/request limit is used up.*<t:\d+:R>/s);
  // Nothing was sent that was known to be refused.
  expect(bot.game.requests.all().filter(({ status }) => status === 429)).toEqual([]);
  await bot.close();
});

describe("a Discord that fails", () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await startBot();
  });
  afterAll(() => bot.close());

  test("a card that Discord refuses becomes a short message with an id, and a line in the log", async () => {
    bot.discord.faults.rest.add({ route: "/callback", status: 400, times: 1 });
    const outcome = await bot.as().slash("regions");
    expect(outcome.answers).toBe(1);
    expect(outcome.ephemeral).toBe(true);
    const id = /\*\*(\w{8})\*\*/.exec(textOf(outcome.message))?.[1];
    expect(bot.log.find((line) => line.errorId === id)?.level).toBe(ERROR);
    expect(bot.leaks()).toEqual([]);
  });

  test.each([429, 500, 503])("%i on an answer is tried again", async (status) => {
    bot.discord.faults.rest.add({ route: "/callback", status, times: 1, retryAfter: 0.05 });
    const outcome = await bot.as().slash("regions");
    expect(outcome.failure).toBeUndefined();
    expect(outcome.answers).toBe(1);
  });
});
