import { afterAll, beforeAll, expect, test } from "vitest";
import { ITEMS, landmarks } from "@zonewire/sandbox/game";
import { startBot, StillClock, textOf, type Bot } from "./bot.js";

/** Limits and waits of a second and more are over when the test says so, however long the machine takes for the rest. */
class HeldClock extends StillClock {
  readonly #held = new Set<{ readonly due: number; readonly callback: () => void }>();

  override setTimeout(callback: () => void, ms: number): () => void {
    if (ms < 1_000) return super.setTimeout(callback, ms);
    const timer = { due: this.time + ms, callback };
    this.#held.add(timer);
    return () => this.#held.delete(timer);
  }

  pass(ms: number): void {
    this.time += ms;
    const due = [...this.#held].filter((timer) => timer.due <= this.time).sort((a, b) => a.due - b.due);
    for (const timer of due) if (this.#held.delete(timer)) timer.callback();
  }
}

const clock = new HeldClock();
let bot: Bot;
/** What one person was told who asked for sixty prices, and what forty others were told who asked for one each meanwhile. */
let told: string[];
let others: string[];
beforeAll(async () => {
  bot = await startBot({ clock, game: { clock, limitPerMinute: 400 } });
  const { discord } = bot;
  const traded = ITEMS.filter(({ id, lotsPerDay }) => lotsPerDay > 0 && id !== landmarks.items.unlisted);
  const questions = ["RU", "EU"].flatMap((region) => traded.map(({ id }) => ({ item: id, region }))).slice(0, 100);
  const spam = (from: number, to: number) =>
    questions.slice(from, to).map((question) => bot.as().slash("price", question));
  const asked = spam(0, 20);
  others = [];
  for (let at = 0; at < 40; at++) {
    const user = discord.world.addUser(`Player${at}`);
    discord.world.addMember(discord.guilds[0]!, user);
    asked.push(...spam(20 + at, 21 + at));
    const { message } = await discord.as(user).slash("price", questions[60 + at]);
    others.push(textOf(message));
  }
  clock.pass(8_000);
  told = (await Promise.all(asked)).map(({ message }) => textOf(message));
});
afterAll(async () => {
  await bot.close();
});

test("everybody who asks for one price gets it, whatever one person asks for", () => {
  expect(others).toHaveLength(40);
  expect(others.filter((text) => !/\d\u00a0₽/.test(text) || /limit|last minute/.test(text))).toEqual([]);
});

test("who asks for sixty gets some, is told why not the others, and never uses up the limit", () => {
  expect(told.filter((text) => text.includes("You asked for a lot in the last minute"))).not.toEqual([]);
  expect(told.filter((text) => /\d\u00a0₽/.test(text))).not.toEqual([]);
  expect(bot.game.requests.all().filter(({ status }) => status === 429)).toEqual([]);
});

test.each([
  ["craft", landmarks.items.crafted, "SEA"],
  ["barter", landmarks.items.bartered, "NA"],
])("/%s of who asked for too much says so, and when to come again", async (command, item, region) => {
  // What is sold of it is known from somebody else, and what is sold of its parts is not.
  await bot.as("en-US", { person: "mira" }).slash("lots", { item, region });
  const { message, followUps } = await bot.as().slash(command, { item, region });
  const refusal = () => [message, ...followUps].find((said) => textOf(said).includes("You asked for a lot"));
  await bot.discord.until("the refusal", () => refusal() !== undefined);
  expect(textOf(refusal())).toMatch(/in the last minute.*<t:\d+:R>/s);
  expect(refusal()?.visibleTo).toBeDefined();
});
