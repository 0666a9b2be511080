import { afterAll, beforeAll, expect, test } from "vitest";
import { ITEMS, landmarks } from "@zonewire/sandbox/game";
import { startBot, StillClock, textOf, type Bot } from "./bot.js";

const clock = new StillClock();
let bot: Bot;
beforeAll(async () => {
  bot = await startBot({ clock, game: { clock, limitPerMinute: 400 } });
});
afterAll(async () => {
  await bot.close();
});

test(
  "one person asks for sixty prices, and forty others who ask for one each all get theirs",
  { timeout: 180_000 },
  async () => {
    const { discord, game } = bot;
    const traded = ITEMS.filter(({ id, lotsPerDay }) => lotsPerDay > 0 && id !== landmarks.items.unlisted);
    const questions = ["RU", "EU"].flatMap((region) => traded.map(({ id }) => ({ item: id, region }))).slice(0, 100);
    const people = Array.from({ length: 40 }, (_, at) => {
      const user = discord.world.addUser(`Player${at}`);
      discord.world.addMember(discord.guilds[0]!, user);
      return user;
    });
    const spam = (from: number, to: number) =>
      questions.slice(from, to).map((question) => bot.as().slash("price", question));
    const asked = spam(0, 20);
    const others: string[] = [];
    for (const [at, user] of people.entries()) {
      asked.push(...spam(20 + at, 21 + at));
      const { message } = await discord.as(user).slash("price", questions[60 + at]);
      others.push(textOf(message));
    }
    expect(others.filter((text) => !/\d\u00a0₽/.test(text) || /limit|last minute/.test(text))).toEqual([]);
    clock.time += 8_000;
    const told = (await Promise.all(asked)).map(({ message }) => textOf(message));
    expect(told.filter((text) => text.includes("You asked for a lot in the last minute"))).not.toEqual([]);
    expect(told.filter((text) => /\d\u00a0₽/.test(text))).not.toEqual([]);
    expect(game.requests.all().filter(({ status }) => status === 429)).toEqual([]);
  },
);

test.each([
  ["craft", landmarks.items.crafted, "SEA"],
  ["barter", landmarks.items.bartered, "EU"],
])("/%s of who asked for too much says so, and when to come again", async (command, item, region) => {
  const person = bot.as("en-US", { person: "mira" });
  const traded = ITEMS.filter(({ id, lotsPerDay }) => lotsPerDay > 0 && id !== landmarks.items.unlisted);
  const spam = traded.slice(0, 30).map(({ id }) => person.slash("price", { item: id, region }));
  const asked = person.slash(command, { item, region: "NA" });
  clock.time += 8_000;
  const { message, followUps } = await asked;
  const refusal = () => [message, ...followUps].find((said) => textOf(said).includes("You asked for a lot"));
  // Some prices may have been read before: their progress is taken back.
  await bot.discord.until("the refusal", () => refusal() !== undefined);
  expect(textOf(refusal())).toMatch(/in the last minute.*<t:\d+:R>/s);
  expect(refusal()?.visibleTo).toBeDefined();
  await Promise.all(spam);
});
