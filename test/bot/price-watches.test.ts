import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { landmarks, type RegionId } from "@zonewire/sandbox/game";
import type { Channel, Post } from "@zonewire/sandbox/discord";
import { labels, ShiftedClock, startBot, textOf, type Bot } from "./bot.js";

const { untraded, artefact, popular } = landmarks.items;
const region: RegionId = "EU";

describe("prices that are watched", { timeout: 60_000 }, () => {
  const clock = new ShiftedClock();
  let bot: Bot;
  let market: Channel;
  beforeAll(async () => {
    bot = await startBot({ clock, game: { clock } });
    const [guild] = bot.discord.guilds;
    if (!guild) throw new Error("there is no server");
    market = bot.discord.world.addChannel(guild, "market");
  });
  afterAll(() => bot.close());

  const watch = (options: Record<string, string | number>, locale = "en-US", person = "vesper") =>
    bot.as(locale, { person }).slash("watch price", { item: untraded, region, ...options });
  const alert = (options: Record<string, string | number>) =>
    bot
      .as("en-US", { person: "warden" })
      .slash("alerts price", { item: untraded, region, channel: market.id, ...options });
  /** What the bot told somebody of prices by direct message. */
  const told = (name: string): Post[] =>
    bot.discord.posts
      .sent()
      .filter(
        ({ channel, content }) => channel.recipients.some(({ username }) => username === name) && content.includes("₽"),
      );
  const inMarket = () => bot.discord.posts.sent(market);
  /** A minute later everything is looked at again, since somebody asks once more for what is watched already. */
  async function looked(): Promise<void> {
    clock.shift += 61_000;
    const looks = () => bot.game.requests.all().filter(({ path }) => path.endsWith(`/${untraded}/lots`)).length;
    const before = looks();
    await watch({ price: "0.01" }, "en-US", "mira");
    await bot.discord.until("a look", () => looks() > before);
  }
  const latest = (posts: readonly Post[]) => {
    const message = posts.at(-1)?.message;
    if (!message) throw new Error("nothing was told");
    return message;
  };

  test("are set up with one command, which says what matches now and how one hears of more", async () => {
    bot.game.addLot(region, untraded, { unitPrice: 900 });
    const { message, ephemeral } = await watch({ price: "1.5k", amount: 2 });
    expect(ephemeral).toBe(true);
    const text = textOf(message);
    expect(text).toContain("at most 1,500\u00a0₽ per unit · 2 or more in a lot");
    expect(text).toContain("No lot matches right now");
    expect(text).toContain("Checked about every 2 minutes");
    expect(text).toContain("Ends after 30 days without a reaction");
    expect(textOf((await watch({ price: "1.5k" })).message)).toContain("1 lot matches right now");
    expect(textOf((await watch({ price: "1.5k" })).message)).toContain("You had this one already");
    const russian = textOf((await watch({ price: "1,5кк", item: popular, expires: 0 }, "ru")).message);
    expect(russian).toContain("не дороже 1\u00a0500\u00a0000\u00a0₽ за штуку");
    expect(russian).toContain("Без срока");
    bot.game.buyAddedLots(region, untraded);
  });

  test("may be a discount, which is told in rubles", async () => {
    const { message } = await watch({ item: popular, price: "−15 %" });
    expect(textOf(message)).toMatch(/at least 15% below the 7-day median[^]*that is [\d,.]+\u00a0₽ or less/);
    const mixed = await watch({ item: artefact, price: "-20%", region: "RU" });
    expect(textOf(mixed.message)).toContain("compared with its own median");
    const ignored = await watch({ item: popular, price: "5k", quality: 5, level: 15 });
    expect(textOf(ignored.message)).toContain("has no quality or level on the auction");
    expect(textOf(ignored.message)).not.toContain("Legendary");
  });

  test.each(["cheap", "+15%", "100%", "-3", "0"])(
    "are not, of a price such as %s: one private line says what to write",
    async (price) => {
      const { message, ephemeral } = await watch({ price });
      expect(ephemeral).toBe(true);
      expect(textOf(message)).toContain("I do not understand the price");
      expect(textOf(message)).toContain("−15%");
    },
  );

  test("are set up from a card, with a form that knows what is on it, and the card stays", async () => {
    for (const [command, options] of [
      ["price", { item: artefact, quality: 0, level: 0 }],
      ["lots", { item: artefact, quality: 0, level: 0, max_price: "1500" }],
    ] as const) {
      const { message } = await bot.as().slash(command, { region, ...options });
      const before = textOf(message);
      for (const person of ["vesper", "mira"]) {
        const { modal } = await bot.as("en-US", { person }).click(message!, "Watch");
        const fields = JSON.stringify(modal);
        if (command === "lots") expect(fields).toContain('"value":"1,500"');
        expect(fields).toMatch(/"label":"⚪ Common","value":"0"[^}]*"default":true/);
        const filled = { price: "7k", quality: "1", level: "any", amount: "", expires: "7" };
        const sent = await bot.as("en-US", { person }).submit(modal!, filled);
        expect(sent.ephemeral).toBe(true);
        expect(textOf(sent.message)).toContain("at most 7,000\u00a0₽ per unit · 🟢 Uncommon");
        expect(textOf(sent.message)).toContain("after 7 days");
        const wrong = await bot.as("en-US", { person }).submit(modal!, { ...filled, amount: "0" });
        expect(textOf(wrong.message)).toContain("whole number from 1 to 100,000");
      }
      expect(textOf(message)).toBe(before);
    }
  });

  test("are told once for each lot that comes, by message and in the channel, over a restart too", async () => {
    await alert({ price: "50" });
    bot.game.addLot(region, untraded, { unitPrice: 40, amount: 3 });
    await looked();
    await bot.discord.until("the alerts", () => told("vesper").length === 1 && inMarket().length === 1);
    expect(told("vesper")[0]?.content).toContain("a lot for 40\u00a0₽ per unit");
    expect(textOf(latest(inMarket()))).toContain("This server’s alert: at most 50\u00a0₽ per unit");
    expect(labels(latest(inMarket()))).toEqual(["Lots", "Snooze 1 h", "Snooze 8 h", "Pause", "Delete"]);
    await looked();
    await bot.restart();
    await looked();
    bot.game.addLot(region, untraded, { unitPrice: 30, copies: 2 });
    bot.game.addLot(region, untraded, { unitPrice: 20, buyout: false });
    await looked();
    await bot.discord.until("the twins", () => inMarket().length === 2 && told("vesper").length === 2);
    expect(inMarket()[1]?.content).toContain("2 lots from 30\u00a0₽");
    expect(told("mira")).toHaveLength(0);
  });

  test("keep quiet while they are snoozed or paused, and tell afterwards what is still there", async () => {
    const alertMessage = latest(inMarket());
    const stranger = await bot.as("ru", { person: "mira" }).click(alertMessage, "Snooze 1 h");
    expect(stranger.ephemeral).toBe(true);
    expect(textOf(stranger.message)).toContain("Управлять сервером");
    const warden = bot.as("en-US", { person: "warden" });
    for (const [button, words] of [
      ["Snooze 8 h", "Snoozed until"],
      ["Pause", "Paused"],
    ] as const) {
      const count = inMarket().length;
      const pressed = await warden.click(alertMessage, button);
      expect(pressed.ephemeral).toBe(true);
      expect(textOf(pressed.message)).toContain(words);
      bot.game.addLot(region, untraded, { unitPrice: 10 + count });
      await looked();
      await bot.discord.until("the private alert", () => told("vesper").length > count);
      expect(inMarket()).toHaveLength(count);
      expect(textOf((await warden.click(pressed.message!, "Resume")).message)).toContain("Running again");
      await bot.discord.until("the alert", () => inMarket().length === count + 1);
    }
    expect(textOf(alertMessage)).toContain("This server’s alert");
    const lots = await bot.as("en-US", { person: "mira" }).click(alertMessage, "Lots");
    expect(lots.ephemeral).toBe(true);
    expect(textOf(lots.message)).toContain("lots · EU");
  });

  test("end when somebody deletes them, who is asked once", async () => {
    const message = latest(told("vesper"));
    const asked = await bot.as("ru").click(message, "Delete");
    expect(textOf(asked.message)).toContain("Удалить это оповещение?");
    expect(textOf((await bot.as("ru").click(asked.message!, "Удалить")).message)).toContain("Удалено");
    expect(textOf((await bot.as("ru").click(message, "Pause")).message)).toContain("больше нет");
    const [mine, theirs] = [told("vesper").length, inMarket().length];
    bot.game.addLot(region, untraded, { unitPrice: 5 });
    await looked();
    await bot.discord.until("the other alert", () => inMarket().length === theirs + 1);
    expect(told("vesper")).toHaveLength(mine);
  });

  test("are as many as the operator allows", async () => {
    const answers: string[] = [];
    for (let price = 1; price <= 26; price += 1)
      answers.push(textOf((await watch({ price: String(price) }, "en-US", "warden")).message));
    expect(answers.slice(0, 25).every((text) => text.includes("Watching"))).toBe(true);
    expect(answers[25]).toContain("25 watches");
  });
});
